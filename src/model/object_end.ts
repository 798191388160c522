/**
 * Finds the end of a JSON value in a text that arrives in pieces.
 *
 * @module
 */

/** The character of a code fence, which some models write around a value. A language follows, up to the end of the line. */
const FENCE = "`";

/** The characters that open a value that has to be closed. */
const OPENERS = new Set(["{", "[", '"', "'"]);

/**
 * Scans pieces of JSON, in linear time, for the end of an object, a list or a string.
 *
 * It counts brackets outside of strings and checks nothing else. A code fence may precede the value. Strings in single quotes, which
 * some models write instead of JSON, count as strings.
 */
export class ObjectEnd {
  #state: "blank" | "inside" | "closed" | "none" = "blank";
  #depth = 0;
  #quote = "";
  #isEscaped = false;
  #isInFence = false;

  get isClosed(): boolean {
    return this.#state === "closed";
  }

  /** Whether the value has begun and is not closed yet. */
  get isOpen(): boolean {
    return this.#state === "inside";
  }

  /** Reads the next piece. Returns how many of its characters belong to the value: all, or those up to the end of the value. */
  write(piece: string): number {
    if (this.isClosed || this.#state === "none") return this.isClosed ? 0 : piece.length;
    for (let index = 0; index < piece.length; index++) {
      if (this.#quote === "") this.#readStructure(piece[index]);
      else this.#readString(piece[index]);
      if (this.isClosed) return index + 1;
    }
    return piece.length;
  }

  #readStructure(character: string): void {
    if (this.#state === "blank") {
      if (character === FENCE) this.#isInFence = true;
      else if (this.#isInFence && !OPENERS.has(character)) this.#isInFence = character !== "\n";
      else if (!/\s/.test(character)) this.#state = OPENERS.has(character) ? "inside" : "none";
      if (!this.isOpen) return;
    }
    if (character === '"' || character === "'") this.#quote = character;
    else if (character === "{" || character === "[") this.#depth += 1;
    else if (character === "}" || character === "]") this.#close(-1);
  }

  #readString(character: string): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (character === "\\") this.#isEscaped = true;
    else if (character === this.#quote) {
      this.#quote = "";
      this.#close(0);
    }
  }

  #close(change: number): void {
    this.#depth += change;
    if (this.#depth <= 0) this.#state = "closed";
  }
}
