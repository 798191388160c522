/**
 * Steps through earlier cells with the arrow keys.
 *
 * @module
 */

/** Recalls earlier cells while one cell is typed. It skips cells that do not begin with the text before the cursor. */
export class Recall {
  readonly #cells: readonly string[];
  #position: number;
  /** The text at the prompt before the first step back. */
  #draft = "";
  #prefix = "";
  #shown: string | undefined;

  /** @param cells the earlier cells, oldest first */
  constructor(cells: readonly string[]) {
    this.#cells = cells;
    this.#position = cells.length;
  }

  /**
   * Steps back to an older cell.
   *
   * @param text the text at the prompt
   * @param before the part of it before the cursor
   * @returns the cell; `undefined` if there is no older one
   */
  older(text: string, before: string): string | undefined {
    if (text !== this.#shown) this.#begin(text, before);
    for (let position = this.#position - 1; position >= 0; position--) {
      const cell = this.#cells[position];
      if (cell.startsWith(this.#prefix) && cell !== text) return this.#show(position, cell);
    }
    return undefined;
  }

  /**
   * Steps forward to a newer cell, and in the end to the text that was typed.
   *
   * @returns the cell; `undefined` if there is no newer one
   */
  newer(text: string): string | undefined {
    if (text !== this.#shown || this.#position === this.#cells.length) return undefined;
    for (let position = this.#position + 1; position < this.#cells.length; position++) {
      const cell = this.#cells[position];
      if (cell.startsWith(this.#prefix) && cell !== text) return this.#show(position, cell);
    }
    return this.#show(this.#cells.length, this.#draft);
  }

  #begin(text: string, before: string): void {
    this.#position = this.#cells.length;
    this.#draft = text;
    this.#prefix = before;
  }

  #show(position: number, cell: string): string {
    this.#position = position;
    this.#shown = cell;
    return cell;
  }
}
