/**
 * A model's text while it arrives, from which tool calls and their arguments are read.
 *
 * @module
 */

/** A generator that reads as far as the text has arrived. It yields when it needs more text and returns when it is done. */
export type Reading<T> = Generator<undefined, T, undefined>;

/**
 * A text that arrives in pieces. It is consumed from the front, each character once.
 *
 * Decisions depend only on characters and the end of the text, never on the end of a piece. The result is therefore independent of
 * how the text is split. A reader that may have to backtrack calls {@linkcode TextSource.hold} first. {@linkcode
 * TextSource.release} then returns everything that was consumed since, so nothing is read twice.
 */
export class TextSource {
  #text = "";
  #position = 0;
  #ended = false;
  #held: string | undefined;

  /** Whether the text is complete. */
  get isEnded(): boolean {
    return this.#ended;
  }

  /** The next character, or `""` if it has not arrived. */
  get current(): string {
    return this.#position < this.#text.length ? this.#text[this.#position] : "";
  }

  /** Returns the character at this distance after the next one, or `""` if it has not arrived. */
  ahead(count: number): string {
    return this.#text.charAt(this.#position + count);
  }

  /** The text that was consumed since {@linkcode TextSource.hold}. */
  get held(): string {
    return this.#held ?? "";
  }

  append(piece: string): void {
    this.#text = this.#position === this.#text.length ? piece : this.#text.slice(this.#position) + piece;
    this.#position = 0;
  }

  /** Marks the text as complete. */
  end(): void {
    this.#ended = true;
  }

  /** Starts to keep the consumed text, unless it is already kept. */
  hold(): void {
    this.#held ??= "";
  }

  /** Stops keeping the consumed text and returns it. */
  release(): string {
    const { held } = this;
    this.#held = undefined;
    return held;
  }

  /** Returns the next character without consuming it, or `""` at the end. */
  *peek(): Reading<string> {
    while (this.#position === this.#text.length) {
      if (this.#ended) return "";
      yield;
    }
    return this.#text[this.#position];
  }

  /** Whether the next characters are a mark. Returns `undefined` while too few characters have arrived. */
  next(mark: string): boolean | undefined {
    const rest = this.#text.slice(this.#position, this.#position + mark.length);
    if (rest === mark) return true;
    return mark.startsWith(rest) && !this.#ended ? undefined : false;
  }

  /** Consumes at most `length` characters that have arrived. */
  take(length = 1): string {
    const taken = this.#text.slice(this.#position, this.#position + length);
    this.#position += taken.length;
    if (this.#held !== undefined) this.#held += taken;
    return taken;
  }

  /**
   * Consumes the part of a run of characters that has arrived. More of the run may follow.
   *
   * @param pattern a sticky pattern that repeats a character class: `/\w+/y`
   */
  run(pattern: RegExp): string {
    pattern.lastIndex = this.#position;
    return pattern.test(this.#text) ? this.take(pattern.lastIndex - this.#position) : "";
  }

  /**
   * Consumes the part of a run of characters that has arrived, like {@linkcode TextSource.run}. It is faster for short runs.
   *
   * @param belongs returns whether a code unit belongs to the run
   */
  runWhile(belongs: (code: number) => boolean): string {
    let end = this.#position;
    while (end < this.#text.length && belongs(this.#text.charCodeAt(end))) end += 1;
    return end === this.#position ? "" : this.take(end - this.#position);
  }

  /** Consumes a match of a sticky pattern for a few characters, if no further text can extend it. */
  whole(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#position;
    if (!pattern.test(this.#text) || (pattern.lastIndex === this.#text.length && !this.#ended)) return undefined;
    return this.take(pattern.lastIndex - this.#position);
  }

  /** Consumes a complete run of characters. The pattern is as for {@linkcode TextSource.run}. */
  *skip(pattern: RegExp): Reading<string> {
    let run = "";
    while (true) {
      run += this.run(pattern);
      if (this.#position < this.#text.length || this.#ended) return run;
      yield;
    }
  }

  /**
   * Returns which of several short marks comes next, without consuming it.
   *
   * @param marks the marks; if one is a prefix of another, the longer one is preferred
   */
  *match(marks: readonly string[]): Reading<string | undefined> {
    while (true) {
      const rest = this.#text.slice(this.#position);
      const [found] = marks.filter((mark) => rest.startsWith(mark)).sort((a, b) => b.length - a.length);
      const mayFollow = marks.some((mark) => mark.length > rest.length && mark.startsWith(rest));
      if (!mayFollow || this.#ended) return found;
      yield;
    }
  }

  /** Consumes a mark if it comes next. Returns whether it does. */
  *accept(mark: string): Reading<boolean> {
    while (true) {
      const isNext = this.next(mark);
      if (isNext === true) this.take(mark.length);
      if (isNext !== undefined) return isNext;
      yield;
    }
  }
}
