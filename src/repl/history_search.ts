/**
 * Searches the earlier cells for a text, for Ctrl-R and Ctrl-S.
 *
 * @module
 */

import { characterStart } from "./characters.ts";

/** The direction of a search: to older or to newer cells. */
export type SearchDirection = "backward" | "forward";

interface Match {
  /** The index of the cell in the history. */
  cell: number;
  /** The text's offset in the cell. */
  offset: number;
}

export class HistorySearch {
  readonly #cells: readonly string[];
  #direction: SearchDirection;
  #text = "";
  #match: Match | undefined;
  /** Whether the last search found nothing. The previous match stays. */
  #hasFailed = false;

  /** @param cells the earlier cells, oldest first */
  constructor(cells: readonly string[], direction: SearchDirection) {
    this.#cells = cells;
    this.#direction = direction;
  }

  /** The text that is searched for. */
  get text(): string {
    return this.#text;
  }

  /** The matching cell and the offset of the text in it; `undefined` until there is a match. */
  get found(): { cell: string; offset: number } | undefined {
    return this.#match && { cell: this.#cells[this.#match.cell], offset: this.#match.offset };
  }

  /** A line that describes the search, in IPython's words. */
  get description(): string {
    return `${this.#hasFailed ? "Failing " : ""}I-search ${this.#direction}: ${this.#text}`;
  }

  /** Appends to the text. The match stays as long as it contains the text. */
  type(text: string): void {
    this.#text += text;
    this.#find(this.#match?.cell ?? this.#beginning);
  }

  /** Removes the last character of the text, and restarts the search. */
  erase(): void {
    this.#text = this.#text.slice(0, characterStart(this.#text, this.#text.length));
    this.#match = undefined;
    this.#hasFailed = false;
    if (this.#text !== "") this.#find(this.#beginning);
  }

  /**
   * Continues to the next cell that contains the text. A cell equal to the current match is skipped.
   *
   * @param direction the new direction
   * @param last the text to search for if nothing was typed yet
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

  #find(from: number, skipped?: string): void {
    for (let cell = from; cell >= 0 && cell < this.#cells.length; cell += this.#step) {
      const offset = this.#cells[cell].lastIndexOf(this.#text);
      if (offset === -1 || this.#cells[cell] === skipped) continue;
      this.#match = { cell, offset };
      this.#hasFailed = false;
      return;
    }
    this.#hasFailed = true;
  }
}
