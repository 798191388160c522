/**
 * Draws the cell that is being typed, and redraws it at every key.
 *
 * @module
 */

import stringWidth from "string-width";
import type { Style } from "../terminal/style.ts";
import { type CellText, layOutCell } from "./lay_out_cell.ts";

export interface PromptScreen {
  write(text: string): void;
  /** Returns the current size of the terminal, in characters. */
  size(): { rows: number; columns: number };
}

/** Moves to the beginning of the line and erases from there to the end of the screen (ECMA-48: CHA 1, ED 0). */
const ERASE_BELOW = "\x1b[G\x1b[J";

/** Erases the screen and moves to its first line (ECMA-48: ED 2, CUP). */
const ERASE_SCREEN = "\x1b[2J\x1b[H";

/** Draws one cell at a time. */
export class PromptPainter {
  readonly #screen: PromptScreen;
  readonly #style: Style;
  /** The cell that is on the screen, if there is one. */
  #drawn: CellText | undefined;
  #drawnRows: readonly string[] = [];
  /** The position of the cursor in the drawn rows, from 0. */
  #cursorRow = 0;
  #cursorColumn = 0;

  constructor(screen: PromptScreen, style: Style) {
    this.#screen = screen;
    this.#style = style;
  }

  /** Draws a cell over the previous one. If it is higher than the terminal, only the rows around the cursor are drawn. */
  draw(cell: CellText): void {
    const { rows: height, columns } = this.#screen.size();
    const { rows, cursor } = layOutCell(cell, columns, this.#style);
    const first = Math.max(0, Math.min(cursor.row - Math.floor(height / 2), rows.length - height));
    const visible = rows.slice(first, first + height);
    this.#drawn = cell;
    const erasure = this.#erasure();
    this.#drawnRows = visible;
    this.#cursorRow = cursor.row - first;
    this.#cursorColumn = cursor.column;
    const up = visible.length - 1 - this.#cursorRow;
    const goToCursor = `${up > 0 ? `\x1b[${up}A` : ""}\x1b[${cursor.column + 1}G`;
    this.#screen.write(erasure + visible.join("\n") + goToCursor);
  }

  /** Redraws the cell after the terminal's size has changed. The terminal has wrapped the rows that are too long for the new width. */
  redraw(): void {
    if (this.#drawn === undefined) return;
    const { columns } = this.#screen.size();
    const above = this.#drawnRows.slice(0, this.#cursorRow);
    const wrapped = above.map((row) => Math.max(1, Math.ceil(stringWidth(row) / columns)));
    this.#cursorRow = wrapped.reduce((sum, count) => sum + count, Math.floor(this.#cursorColumn / columns));
    this.draw(this.#drawn);
  }

  /** Erases the screen. The next cell is drawn at its top. */
  clearScreen(): void {
    this.#screen.write(ERASE_SCREEN);
    this.#cursorRow = 0;
  }

  /** Writes a remark below a cell. The cell can be drawn again below the remark. */
  note(text: string, cell: CellText): void {
    this.leave(cell);
    this.#screen.write(`${this.#style.paint("dim", text)}\n`);
  }

  /** Draws a cell a last time, and moves to the line below it. */
  leave(cell: CellText): void {
    const { rows } = layOutCell(
      { ...cell, cursor: cell.text.length, footer: undefined },
      this.#screen.size().columns,
      this.#style,
    );
    this.#screen.write(`${this.#erasure()}${rows.join("\n")}\n`);
    this.#drawn = undefined;
    this.#cursorRow = 0;
  }

  #erasure(): string {
    return (this.#cursorRow > 0 ? `\x1b[${this.#cursorRow}A` : "") + ERASE_BELOW;
  }
}
