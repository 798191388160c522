/**
 * Collects the parts of a reply while it arrives, up to a limit.
 *
 * @module
 */

import type { ModelEvent } from "../model.ts";
import { MAX_TRACED_TEXT, type TracedPart } from "./cell_trace.ts";

/**
 * The number of characters that are kept beyond the limit until secrets are hidden. A secret that begins before the limit is then
 * complete. The number is larger than the length of any API key that is escaped three times.
 */
const MARGIN = 8_192;

const MAX_KEPT = MAX_TRACED_TEXT + MARGIN;

/** The size of a part besides its text, so that a reply of empty calls also reaches the limit. */
const PART_COST = 16;

export class ReplyText {
  readonly #parts: TracedPart[] = [];
  readonly #calls = new Map<number, TracedPart & { type: "call" }>();
  /** The parts whose end was cut off. */
  readonly #cut = new Set<TracedPart>();
  #kept = 0;
  #characters = 0;

  /** The number of characters that have arrived. */
  get characters(): number {
    return this.#characters;
  }

  /** Adds a piece of the model's thoughts. */
  think(delta: string): void {
    this.#addText("thoughts", delta);
  }

  /** Adds an event of the answer. Other events are ignored. */
  take(event: ModelEvent): void {
    if (event.type === "text") this.#addText("text", event.delta);
    if (event.type === "tool_call") {
      const call = { type: "call" as const, name: "", arguments: "" };
      if (this.#addPart(call)) this.#calls.set(event.index, call);
      call.name = this.#keep(event.name, call);
    }
    if (event.type === "tool_call_delta") {
      const call = this.#calls.get(event.index);
      const piece = this.#keep(event.delta, call);
      if (call !== undefined) call.arguments += piece;
    }
  }

  /** Returns the parts, without secrets, in at most `room` characters. */
  end(redact: (text: string) => string, room = MAX_TRACED_TEXT): { parts: TracedPart[]; isCut: boolean } {
    const parts: TracedPart[] = [];
    let left = Math.min(room, MAX_TRACED_TEXT);
    let isCut = this.#kept >= MAX_KEPT;
    const keep = (raw: string, part: TracedPart) => {
      const text = this.#cut.has(part) ? withoutEnd(redact(raw)) : redact(raw);
      const kept = text.slice(0, Math.max(left, 0));
      isCut ||= kept.length < text.length;
      left -= kept.length;
      return kept;
    };
    for (const part of this.#parts) {
      left -= PART_COST;
      isCut ||= left <= 0;
      if (left <= 0) break;
      if (part.type !== "call") parts.push({ ...part, text: keep(part.text, part) });
      else parts.push({ ...part, name: keep(part.name, part), arguments: keep(part.arguments, part) });
    }
    return { parts, isCut };
  }

  #addText(type: "text" | "thoughts", delta: string): void {
    const last = this.#parts.at(-1);
    const part = last?.type === type ? last : { type, text: "" };
    if (part !== last && (delta === "" || !this.#addPart(part))) this.#characters += delta.length;
    else part.text += this.#keep(delta, part);
  }

  #addPart(part: TracedPart): boolean {
    if (this.#kept >= MAX_KEPT) return false;
    this.#kept += PART_COST;
    this.#parts.push(part);
    return true;
  }

  /** Counts a piece of a part. Returns the text that is kept. */
  #keep(piece: string, part: TracedPart | undefined): string {
    this.#characters += piece.length;
    const kept = piece.slice(0, Math.max(MAX_KEPT - this.#kept, 0));
    this.#kept += kept.length;
    if (kept.length < piece.length && part !== undefined) this.#cut.add(part);
    return kept;
  }
}

/** Removes the end of a text that was cut, because it may be the beginning of a secret. */
function withoutEnd(text: string): string {
  return text.slice(0, Math.max(text.length - MARGIN, 0));
}
