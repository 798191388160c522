/**
 * The text of one answer, which arrives in pieces, as a whole, or as both.
 *
 * @module
 */

import type { ModelEvent } from "../../execution/model.ts";

/** The parts of an answer's messages. */
export class StreamedTexts {
  readonly #received = new Map<string, string>();

  /**
   * A piece of a part.
   *
   * @param key names the part
   * @param piece what has arrived; anything but text is passed over
   */
  *piece(key: string, piece: unknown): Generator<ModelEvent> {
    if (typeof piece !== "string" || piece === "") return;
    this.#received.set(key, (this.#received.get(key) ?? "") + piece);
    yield { type: "text", delta: piece };
  }

  /**
   * A part as a whole, of which only what has not arrived is told. Some gateways count parts wrong: what equals another part has arrived.
   *
   * @param key names the part
   * @param whole the part's text; anything else is passed over
   */
  *whole(key: string, whole: unknown): Generator<ModelEvent> {
    if (typeof whole !== "string" || [...this.#received.values()].includes(whole)) return;
    yield* this.piece(key, restOf(whole, this.#received.get(key)));
  }
}

/** What of a whole has not arrived in pieces; nothing if the pieces were others. */
export function restOf(whole: string, received = ""): string {
  return whole.startsWith(received) ? whole.slice(received.length) : "";
}
