/**
 * Keeps the first and the last parts of a text that is read once.
 *
 * @module
 */

/** Where a part begins and ends. */
interface Span {
  from: number;
  to: number;
}

/** Parts that are counted, of which the first and the last are kept. */
export class EndParts {
  readonly #text: string;
  readonly #most: number;
  readonly #head: Span[] = [];
  #tail: Span[] = [];
  #count = 0;

  /**
   * @param text what they are parts of
   * @param most how many are kept at each end
   */
  constructor(text: string, most: number) {
    this.#text = text;
    this.#most = most;
  }

  /** Adds a part; those that come later begin later. */
  add(from: number, to: number): void {
    this.#count += 1;
    if (this.#head.length < this.#most) {
      this.#head.push({ from, to });
      return;
    }
    this.#tail.push({ from, to });
    if (this.#tail.length >= 2 * this.#most + 2) this.#tail = this.#tail.slice(-this.#most);
  }

  /** How many parts there are. */
  get count(): number {
    return this.#count;
  }

  /** The first ones. */
  get head(): string[] {
    return this.#head.map((span) => this.#textOf(span));
  }

  /** The last ones that are not among the first. */
  get tail(): string[] {
    return this.#tail.slice(-this.#most).map((span) => this.#textOf(span));
  }

  #textOf({ from, to }: Span): string {
    return this.#text.slice(from, to);
  }
}

/**
 * Adds the lines of a text.
 *
 * @param keep which of them; all, unless given
 */
export function addLines(parts: EndParts, text: string, keep: (line: string) => boolean = () => true): void {
  const ends = /\r\n|\r|\n/g;
  for (let from = 0; from < text.length;) {
    const end = ends.exec(text);
    const to = end?.index ?? text.length;
    if (keep(text.slice(from, to))) parts.add(from, to);
    from = end === null ? text.length : ends.lastIndex;
  }
}
