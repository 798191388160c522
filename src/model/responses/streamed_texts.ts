/**
 * Reads the text of one answer, which arrives in pieces, as a whole, or both.
 *
 * @module
 */

import type { ModelEvent } from "../../execution/model.ts";

/** How many of the last parts a whole text is compared with. Gateways that count parts wrong are off by one or two. */
const COMPARED_PARTS = 100;

export class StreamedTexts {
  readonly #received = new Map<string, string>();
  /** The keys of the last parts. */
  readonly #last: string[] = [];

  /**
   * Reads a piece of a part.
   *
   * @param piece a piece of its text; other values are skipped
   */
  *piece(key: string, piece: unknown): Generator<ModelEvent> {
    if (typeof piece !== "string" || piece === "") return;
    if (!this.#received.has(key)) this.#last.push(key);
    if (this.#last.length > COMPARED_PARTS) this.#last.shift();
    this.#received.set(key, (this.#received.get(key) ?? "") + piece);
    yield { type: "text", delta: piece };
  }

  /**
   * Reads a part as a whole, and yields only the text that has not arrived yet. Some gateways count parts wrong, so a text that equals
   * another part is treated as that part.
   *
   * @param whole the part's text; other values are skipped
   */
  *whole(key: string, whole: unknown): Generator<ModelEvent> {
    if (typeof whole !== "string" || this.#last.some((key) => this.#received.get(key) === whole)) return;
    yield* this.piece(key, restOf(whole, this.#received.get(key)));
  }
}

/** Returns the rest of a whole text that has not arrived in pieces; an empty text if the pieces do not match. */
export function restOf(whole: string, received = ""): string {
  return whole.startsWith(received) ? whole.slice(received.length) : "";
}
