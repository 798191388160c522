/**
 * Detects an empty JSON object in a text that arrives in pieces.
 *
 * @module
 */

/** Reads pieces of a text, up to the first character that is not part of an empty object. */
export class EmptyObject {
  #state: "blank" | "opened" | "closed" | "other" = "blank";

  /** Whether there is only white space. */
  get isBlank(): boolean {
    return this.#state === "blank";
  }

  /** Whether the text is an empty object, or may still become one. */
  get isPossible(): boolean {
    return this.#state !== "other";
  }

  write(piece: string): void {
    for (let index = 0; index < piece.length && this.isPossible; index++) {
      const character = piece[index];
      if (/\s/.test(character)) continue;
      const isOpened = this.#state === "blank" && character === "{";
      const isClosed = this.#state === "opened" && character === "}";
      this.#state = isOpened ? "opened" : isClosed ? "closed" : "other";
    }
  }
}
