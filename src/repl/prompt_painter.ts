/**
 * Draws the cell that is being typed, over itself at every key.
 *
 * @module
 */

import stringWidth from "string-width";
import type { Style } from "../terminal/style.ts";
import { type CellText, layOutCell } from "./lay_out_cell.ts";

/** Where is drawn. */
export interface PromptScreen {
  /** Takes what is drawn. */
  write(text: string): void;
  /** The size of the terminal now. */
  size(): { rows: number; columns: number };
}

/** Goes to the beginning of the line and erases it and all below (ECMA-48: CHA 1, ED 0). */
const ERASE_BELOW = "\x1b[G\x1b[J";

/** Erases everything and goes to the first line (ECMA-48: ED 2, CUP). */
const ERASE_SCREEN = "\x1b[2J\x1b[H";

/** Draws one cell at a time. */
export class PromptPainter {
  readonly #screen: PromptScreen;
  readonly #style: Style;
  /** What is drawn now, if anything is. */
  #drawn: CellText | undefined;
  #drawnRows: readonly string[] = [];
  /** In which of the drawn rows the cursor stands, and where in it. */
  #cursorRow = 0;
  #cursorColumn = 0;

  /**
   * @param screen where is drawn
   * @param style with colours or without
   */
  constructor(screen: PromptScreen, style: Style) {
    this.#screen = screen;
    this.#style = style;
  }

  /** Draws a cell in the place of what was drawn before; of one that is higher than the terminal, the rows around the cursor. */
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

  /** Draws again what is drawn, in a terminal whose size has changed: those of its rows that are too long now it has wrapped itself. */
  redraw(): void {
    if (this.#drawn === undefined) return;
    const { columns } = this.#screen.size();
    const above = this.#drawnRows.slice(0, this.#cursorRow);
    const wrapped = above.map((row) => Math.max(1, Math.ceil(stringWidth(row) / columns)));
    this.#cursorRow = wrapped.reduce((sum, count) => sum + count, Math.floor(this.#cursorColumn / columns));
    this.draw(this.#drawn);
  }

  /** Erases the terminal; what is drawn next stands at its top. */
  clearScreen(): void {
    this.#screen.write(ERASE_SCREEN);
    this.#cursorRow = 0;
  }

  /** Writes a remark below a cell; the cell can be drawn again below that. */
  note(text: string, cell: CellText): void {
    this.leave(cell);
    this.#screen.write(`${this.#style.paint("dim", text)}\n`);
  }

  /** Leaves a cell as it is and goes to the line below it. */
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
