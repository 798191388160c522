/**
 * Collects the calls and the prose that are read from a model's text.
 *
 * @module
 */

import type { ModelEvent, ToolDefinition } from "../model.ts";
import { normalizeToolName } from "./normalize_tool_name.ts";
import type { TextSource } from "./text_source.ts";
import type { ToolName } from "./tools.ts";

/** The parts of a model's text. */
export type TextCallEvent = Extract<ModelEvent, { type: "text" | "tool_call" | "tool_call_delta" }>;

/** Receives the arguments of a call, as pieces of JSON text. */
export type ArgumentsWriter = (json: string) => void;

/** The number of digits in the id of a call. The id then has nine characters, because some servers accept no others. */
const ID_DIGITS = 5;

/** Collects events until they are taken. */
export class TextCallOutput {
  readonly #source: TextSource;
  readonly #code: string;
  readonly #tools: readonly ToolDefinition[];
  #events: TextCallEvent[] = [];
  #next: number;
  #made = 0;
  /** The prose before the first call. It becomes thoughts if an end mark of thoughts follows it. */
  #early: string | undefined = "";
  #isClean = true;
  #isBetween = true;
  #lastCharacter = "";

  /** Whether the text that is being read may be a quotation of the cell's own code. */
  quotable = false;

  /**
   * @param source the text to read; making a call releases the text that is held there
   * @param firstIndex the index of the first call
   */
  constructor(source: TextSource, code: string, firstIndex: number, tools: readonly ToolDefinition[]) {
    this.#tools = tools;
    this.#source = source;
    this.#code = bareText(code);
    this.#next = firstIndex;
  }

  /** The number of calls. */
  get made(): number {
    return this.#made;
  }

  /** Whether there was no prose. */
  get isClean(): boolean {
    return this.#isClean;
  }

  /** Whether there was no prose since the last call, or no prose at all. */
  get isBetween(): boolean {
    return this.#isBetween;
  }

  /** The last character of the prose. */
  get lastCharacter(): string {
    return this.#lastCharacter;
  }

  /** Returns the tool that a name means, as found by `normalizeToolName`. */
  toolOf(name: string, argument?: string): ToolName | undefined {
    return normalizeToolName(name, argument, this.#tools);
  }

  text(prose: string): void {
    if (prose === "") return;
    this.#isClean = false;
    this.#isBetween = false;
    this.#lastCharacter = prose[prose.length - 1];
    if (this.#early === undefined) this.#emitText(prose);
    else this.#early += prose;
  }

  /** Discards the prose before the first call, because it was thoughts. */
  dropThoughts(): void {
    if (this.#early === undefined) return;
    this.#early = "";
    this.#isClean = true;
    this.#isBetween = true;
  }

  /**
   * Begins a call.
   *
   * @returns the writer of its arguments, or `undefined` if the text is not a call but a quotation of the cell's own code
   */
  open(tool: ToolName): ArgumentsWriter | undefined {
    if (this.quotable && this.#code.includes(bareText(this.#source.held))) return undefined;
    this.#source.release();
    this.#settle();
    const index = this.#next++;
    this.#made += 1;
    this.#isBetween = true;
    const id = `text${String(index % 10 ** ID_DIGITS).padStart(ID_DIGITS, "0")}`;
    this.#events.push({ type: "tool_call", index, id, name: tool });
    return (json) => this.#emitArguments(index, json);
  }

  /** Returns and removes the collected events. */
  take(): TextCallEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  /** Ends the text and returns the last events. */
  end(): TextCallEvent[] {
    this.#settle();
    return this.take();
  }

  #settle(): void {
    const early = this.#early ?? "";
    this.#early = undefined;
    if (early !== "") this.#emitText(early);
  }

  #emitText(delta: string): void {
    const last = this.#events.at(-1);
    if (last?.type === "text") last.delta += delta;
    else this.#events.push({ type: "text", delta });
  }

  #emitArguments(index: number, delta: string): void {
    const last = this.#events.at(-1);
    if (last?.type === "tool_call_delta" && last.index === index) last.delta += delta;
    else this.#events.push({ type: "tool_call_delta", index, delta });
  }
}

/** Removes white space and quotes, because a model that quotes code may change them. */
function bareText(text: string): string {
  return text.replaceAll(/[\s"']+/g, "");
}
