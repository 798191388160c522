/**
 * The text of one answer, which arrives in pieces, as a whole, or as both.
 *
 * @module
 */

import type { ModelEvent } from "../../execution/model.ts";

/** With how many of the last parts a text is compared that may be one of them: those that count wrong do so by one or two. */
const COMPARED_PARTS = 100;

/** The parts of an answer's messages. */
export class StreamedTexts {
  readonly #received = new Map<string, string>();
  /** The keys of the last parts. */
  readonly #last: string[] = [];

  /**
   * Reads a piece of a part.
   *
   * @param key names the part
   * @param piece a piece of its text; anything else is passed over
   */
  *piece(key: string, piece: unknown): Generator<ModelEvent> {
    if (typeof piece !== "string" || piece === "") return;
    if (!this.#received.has(key)) this.#last.push(key);
    if (this.#last.length > COMPARED_PARTS) this.#last.shift();
    this.#received.set(key, (this.#received.get(key) ?? "") + piece);
    yield { type: "text", delta: piece };
  }

  /**
   * Reads a part as a whole, and passes on only what has not arrived before. Some gateways count parts wrong, so a text that equals
   * another part is taken for that part.
   *
   * @param key names the part
   * @param whole the part's text; anything else is passed over
   */
  *whole(key: string, whole: unknown): Generator<ModelEvent> {
    if (typeof whole !== "string" || this.#last.some((key) => this.#received.get(key) === whole)) return;
    yield* this.piece(key, restOf(whole, this.#received.get(key)));
  }
}

/** What of a whole has not arrived in pieces; nothing if the pieces were others. */
export function restOf(whole: string, received = ""): string {
  return whole.startsWith(received) ? whole.slice(received.length) : "";
}
