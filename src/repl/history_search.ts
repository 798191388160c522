/**
 * Searches the earlier cells for what is being typed, as Ctrl-R and Ctrl-S do.
 *
 * @module
 */

import { characterStart } from "./characters.ts";

/** Where a search goes: to older cells or to newer ones. */
export type SearchDirection = "backward" | "forward";

/** Where a text was found. */
interface Match {
  /** The cell's place in the history. */
  cell: number;
  /** The text's offset in the cell. */
  offset: number;
}

/** One search through the history. */
export class HistorySearch {
  readonly #cells: readonly string[];
  #direction: SearchDirection;
  #text = "";
  #match: Match | undefined;
  /** Whether the text was not found any more; the last match stays. */
  #hasFailed = false;

  /**
   * @param cells the earlier cells, oldest first
   * @param direction where the search goes first
   */
  constructor(cells: readonly string[], direction: SearchDirection) {
    this.#cells = cells;
    this.#direction = direction;
  }

  /** What is searched for. */
  get text(): string {
    return this.#text;
  }

  /** The cell that was found, and the offset of the text in it; absent before anything is found. */
  get found(): { cell: string; offset: number } | undefined {
    return this.#match && { cell: this.#cells[this.#match.cell], offset: this.#match.offset };
  }

  /** The search on a line, in IPython's words. */
  get description(): string {
    return `${this.#hasFailed ? "Failing " : ""}I-search ${this.#direction}: ${this.#text}`;
  }

  /** Adds to the text; the match stays while it fits. */
  type(text: string): void {
    this.#text += text;
    this.#find(this.#match?.cell ?? this.#beginning);
  }

  /** Removes the last character of the text, and begins anew with what is left. */
  erase(): void {
    this.#text = this.#text.slice(0, characterStart(this.#text, this.#text.length));
    this.#match = undefined;
    this.#hasFailed = false;
    if (this.#text !== "") this.#find(this.#beginning);
  }

  /**
   * Goes on to the next cell with the text in it; a cell that is shown already is passed over.
   *
   * @param direction where to
   * @param last what is searched for where nothing was typed yet
   */
  again(direction: SearchDirection, last: string): void {
    this.#direction = direction;
    if (this.#text === "") return last === "" ? undefined : this.type(last);
    const cell = this.#match?.cell ?? this.#beginning - this.#step;
    this.#find(cell + this.#step, this.found?.cell);
  }

  get #step(): 1 | -1 {
    return this.#direction === "backward" ? -1 : 1;
  }

  get #beginning(): number {
    return this.#direction === "backward" ? this.#cells.length - 1 : 0;
  }

  #find(from: number, passedOver?: string): void {
    for (let cell = from; cell >= 0 && cell < this.#cells.length; cell += this.#step) {
      const offset = this.#cells[cell].lastIndexOf(this.#text);
      if (offset === -1 || this.#cells[cell] === passedOver) continue;
      this.#match = { cell, offset };
      this.#hasFailed = false;
      return;
    }
    this.#hasFailed = true;
  }
}
