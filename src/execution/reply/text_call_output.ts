/**
 * Collects what is read from a model's text: calls, and prose.
 *
 * @module
 */

import type { ModelEvent, ToolDefinition } from "../model.ts";
import { normalizeToolName } from "./normalize_tool_name.ts";
import type { TextSource } from "./text_source.ts";
import type { ToolName } from "./tools.ts";

/** What a model's text is made of. */
export type TextCallEvent = Extract<ModelEvent, { type: "text" | "tool_call" | "tool_call_delta" }>;

/** Where a call's arguments are written, as pieces of JSON text. */
export type ArgumentsWriter = (json: string) => void;

/** Digits of the number in a call's id, which makes it nine characters: some servers take no other ids. */
const ID_DIGITS = 5;

/** The events that have been read and not yet been taken. */
export class TextCallOutput {
  readonly #source: TextSource;
  readonly #code: string;
  readonly #tools: readonly ToolDefinition[];
  #events: TextCallEvent[] = [];
  #next: number;
  #made = 0;
  /** Prose before the first call: an end of thoughts behind it would make it thoughts. */
  #early: string | undefined = "";
  #isClean = true;
  #isBetween = true;
  #lastCharacter = "";

  /** Whether the cell's own code may be what is being read. */
  quotable = false;

  /**
   * Begins without events.
   *
   * @param source what the calls are read from; a call that is made lets go of what is held there
   * @param code the cell's code
   * @param firstIndex the index of the first call
   * @param tools the tools that may be called
   */
  constructor(source: TextSource, code: string, firstIndex: number, tools: readonly ToolDefinition[]) {
    this.#tools = tools;
    this.#source = source;
    this.#code = bareText(code);
    this.#next = firstIndex;
  }

  /** How many calls were made. */
  get made(): number {
    return this.#made;
  }

  /** Whether there was no prose. */
  get isClean(): boolean {
    return this.#isClean;
  }

  /** Whether there was no prose since the last call, or at all. */
  get isBetween(): boolean {
    return this.#isBetween;
  }

  /** The last character of prose. */
  get lastCharacter(): string {
    return this.#lastCharacter;
  }

  /** The tool that a name means, as `normalizeToolName` finds it among those that may be called. */
  toolOf(name: string, argument?: string): ToolName | undefined {
    return normalizeToolName(name, argument, this.#tools);
  }

  /** Adds prose. */
  text(prose: string): void {
    if (prose === "") return;
    this.#isClean = false;
    this.#isBetween = false;
    this.#lastCharacter = prose[prose.length - 1];
    if (this.#early === undefined) this.#emitText(prose);
    else this.#early += prose;
  }

  /** Forgets the prose before the first call: it was thoughts. */
  dropThoughts(): void {
    if (this.#early === undefined) return;
    this.#early = "";
    this.#isClean = true;
    this.#isBetween = true;
  }

  /**
   * Begins a call.
   *
   * @returns what its arguments are written with; `undefined` when it is no call but the cell's own code, repeated
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

  /** Takes the events that there are. */
  take(): TextCallEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  /** Ends the text, and takes the last events. */
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

/** A text without blanks and quotes: a model that repeats code sets them as it likes. */
function bareText(text: string): string {
  return text.replaceAll(/[\s"']+/g, "");
}
