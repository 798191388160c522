/**
 * Answers an `inspect_request`: describes the session's functions and classes from their source, and asks the model about other names.
 *
 * @module
 */

import { unlessAborted } from "../../async/unless_aborted.ts";
import { cellDefinitions, type Definition } from "../../python/cell_definitions.ts";
import type { KnownNames } from "../../repl/completion/known_names.ts";
import type { InteractiveShell } from "../../shell/interactive_shell.ts";
import type { JsonObject } from "../message.ts";
import { indexOfPosition } from "./code_points.ts";
import { describeDefinition } from "./describe_definition.ts";
import { nameAtCursor } from "./name_at_cursor.ts";
import { saysNotFound } from "./pager.ts";
import type { RequestContent } from "./request_content.ts";
import type { ServedShell } from "./served_shell.ts";

/** The number of the model's answers that are cached. */
const MAX_ANSWERS = 200;

export interface InspectorOptions {
  shell: ServedShell;
  /** Returns the session's names. The model is not asked about other names: that would cost tokens without a useful answer. */
  names(): KnownNames;
}

export class Inspector {
  readonly #options: InspectorOptions;
  /** The last function or class definition of each name. */
  readonly #definitions = new Map<string, Definition>();
  /** The model's answers, by question; empty if it has found nothing. */
  readonly #answers = new Map<string, string>();

  constructor(options: InspectorOptions) {
    this.#options = options;
  }

  /** Learns the definitions of a cell that has run, and discards outdated answers. */
  learn(code: string): void {
    for (const definition of cellDefinitions(code)) {
      for (const name of definition.names) {
        for (const question of this.#answers.keys()) {
          if (nameOf(question) === name) this.#answers.delete(question);
        }
        const isShown = definition.kind === "function" || definition.kind === "class";
        if (isShown && definition.names.length === 1) this.#definitions.set(name, definition);
        else if (definition.kind !== "change" && definition.kind !== "call") this.#definitions.delete(name);
      }
    }
  }

  /** Forgets everything, because the session was reset. */
  forget(): void {
    this.#definitions.clear();
    this.#answers.clear();
  }

  /**
   * Answers a request.
   *
   * @throws {ContentError} if the request is not valid
   * @throws the signal's reason, if it is interrupted
   */
  async inspect(content: RequestContent, signal: AbortSignal): Promise<JsonObject> {
    const code = content.text("code");
    const position = content.integer("cursor_pos") ?? Infinity;
    const withSource = (content.integer("detail_level") ?? 0) > 0;
    const name = nameAtCursor(code, indexOfPosition(code, position));
    const text = name === undefined ? "" : await this.#describe(name, withSource, signal);
    const data: JsonObject = text === "" ? {} : { "text/plain": text };
    return { status: "ok", found: text !== "", data, metadata: {} };
  }

  async #describe(name: string, withSource: boolean, signal: AbortSignal): Promise<string> {
    const definition = this.#definitions.get(name);
    if (definition !== undefined) return describeDefinition(definition, withSource);
    if (!new Set(this.#options.names().names).has(nameOf(name))) return "";
    const question = `${name}${withSource ? "??" : "?"}`;
    const known = this.#answers.get(question);
    if (known !== undefined) return known;
    const { shell } = await unlessAborted(this.#options.shell.open(), signal);
    const answer = await ask(shell, question, signal);
    if (answer === undefined) return "";
    this.#answers.set(question, answer);
    if (this.#answers.size > MAX_ANSWERS) this.#answers.delete(this.#answers.keys().next().value!);
    return answer;
  }
}

/** Asks the model. Returns `undefined` if that failed. */
async function ask(shell: InteractiveShell, question: string, signal: AbortSignal): Promise<string | undefined> {
  const { status, outputs } = await shell.runCell(question, { isSilent: true, signal });
  if (status !== "success") return undefined;
  const text = outputs.map((output) => output.type === "stream" ? output.text : "").join("").trim();
  return saysNotFound(text) ? "" : text;
}

/** The first name of a question: `np` of `np.array?`. */
function nameOf(question: string): string {
  return question.split(/[.?]/)[0];
}
