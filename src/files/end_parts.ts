/**
 * Keeps the first and the last parts of a text in a single pass.
 *
 * @module
 */

interface Span {
  from: number;
  to: number;
}

export class EndParts {
  readonly #text: string;
  readonly #most: number;
  readonly #head: Span[] = [];
  #tail: Span[] = [];
  #count = 0;

  /** @param most the number of parts that are kept at each end */
  constructor(text: string, most: number) {
    this.#text = text;
    this.#most = most;
  }

  /** Adds a part. Parts must be added in the order of their offsets. */
  add(from: number, to: number): void {
    this.#count += 1;
    if (this.#head.length < this.#most) {
      this.#head.push({ from, to });
      return;
    }
    this.#tail.push({ from, to });
    if (this.#tail.length >= 2 * this.#most + 2) this.#tail = this.#tail.slice(-this.#most);
  }

  /** The number of parts that were added. */
  get count(): number {
    return this.#count;
  }

  get head(): string[] {
    return this.#head.map((span) => this.#textOf(span));
  }

  /** The last parts that are not among the first. */
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
 * @param keep returns whether a line is added. Default: all are
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
