/**
 * A model's text while it arrives: what tool calls and their arguments are read from.
 *
 * @module
 */

/** Reads on as far as the text has arrived: yields whenever it needs more, and returns when it has read what it was after. */
export type Reading<T> = Generator<undefined, T, undefined>;

/**
 * A text that arrives in pieces and is consumed from its front, each character once.
 *
 * What decides is always a character or the end of the text, never the end of a piece: so whatever reads from here reads the same
 * wherever the pieces are cut. A reader that may have to give up calls {@linkcode TextSource.hold} first, and gets all that was
 * consumed since back from {@linkcode TextSource.release}; nothing is read twice.
 */
export class TextSource {
  #text = "";
  #position = 0;
  #ended = false;
  #held: string | undefined;

  /** Whether nothing more arrives. */
  get isEnded(): boolean {
    return this.#ended;
  }

  /** The next character, if it has arrived; `""` otherwise. */
  get current(): string {
    return this.#position < this.#text.length ? this.#text[this.#position] : "";
  }

  /** The character that stands this many characters behind the next one, if it has arrived; `""` otherwise. */
  ahead(count: number): string {
    return this.#text.charAt(this.#position + count);
  }

  /** What was consumed since {@linkcode TextSource.hold}. */
  get held(): string {
    return this.#held ?? "";
  }

  /** Adds a piece at the end. */
  append(piece: string): void {
    this.#text = this.#position === this.#text.length ? piece : this.#text.slice(this.#position) + piece;
    this.#position = 0;
  }

  /** Ends the text: nothing more arrives. */
  end(): void {
    this.#ended = true;
  }

  /** Keeps what is consumed from here on, or goes on keeping it. */
  hold(): void {
    this.#held ??= "";
  }

  /** Stops keeping, and returns what was kept. */
  release(): string {
    const { held } = this;
    this.#held = undefined;
    return held;
  }

  /** Returns the next character without consuming it; `""` at the end. */
  *peek(): Reading<string> {
    while (this.#position === this.#text.length) {
      if (this.#ended) return "";
      yield;
    }
    return this.#text[this.#position];
  }

  /** Whether a mark stands next; `undefined` while that cannot be told. */
  next(mark: string): boolean | undefined {
    const rest = this.#text.slice(this.#position, this.#position + mark.length);
    if (rest === mark) return true;
    return mark.startsWith(rest) && !this.#ended ? undefined : false;
  }

  /**
   * Consumes characters that have arrived.
   *
   * @param length how many; those that have not arrived are left out
   */
  take(length = 1): string {
    const taken = this.#text.slice(this.#position, this.#position + length);
    this.#position += taken.length;
    if (this.#held !== undefined) this.#held += taken;
    return taken;
  }

  /**
   * Consumes what has arrived of a run of characters; more of it may follow.
   *
   * @param pattern a class of characters, once or more, sticky: `/\w+/y`
   */
  run(pattern: RegExp): string {
    pattern.lastIndex = this.#position;
    return pattern.test(this.#text) ? this.take(pattern.lastIndex - this.#position) : "";
  }

  /**
   * Consumes what has arrived of a run of characters, as {@linkcode TextSource.run} does; faster where runs are short.
   *
   * @param belongs whether a character belongs to the run, by its code unit
   */
  runWhile(belongs: (code: number) => boolean): string {
    let end = this.#position;
    while (end < this.#text.length && belongs(this.#text.charCodeAt(end))) end += 1;
    return end === this.#position ? "" : this.take(end - this.#position);
  }

  /**
   * Consumes what matches, if nothing that may still arrive can belong to it.
   *
   * @param pattern a sticky pattern of a few characters
   */
  whole(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#position;
    if (!pattern.test(this.#text) || (pattern.lastIndex === this.#text.length && !this.#ended)) return undefined;
    return this.take(pattern.lastIndex - this.#position);
  }

  /**
   * Consumes a whole run of characters.
   *
   * @param pattern as for {@linkcode TextSource.run}
   */
  *skip(pattern: RegExp): Reading<string> {
    let run = "";
    while (true) {
      run += this.run(pattern);
      if (this.#position < this.#text.length || this.#ended) return run;
      yield;
    }
  }

  /**
   * Finds out which of a few short marks stands next, without consuming it.
   *
   * @param marks the marks; where one begins with another, the longer is preferred
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

  /** Consumes a mark if it stands next. */
  *accept(mark: string): Reading<boolean> {
    while (true) {
      const isNext = this.next(mark);
      if (isNext === true) this.take(mark.length);
      if (isNext !== undefined) return isNext;
      yield;
    }
  }
}
