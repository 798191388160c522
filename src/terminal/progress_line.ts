/**
 * A line that says how far things are, at the end of what has been written, and that goes before anything else is written.
 *
 * @module
 */

import { withoutControls } from "./control_filter.ts";

/** Goes to the beginning of the line and erases it (ECMA-48: CR, EL 2). */
export const ERASE_LINE = "\r\x1b[2K";

/** A line of a terminal that is written over again and again. */
export class ProgressLine {
  readonly #write: (text: string) => void;
  readonly #columns: () => number;
  #shown = "";

  /**
   * @param write takes what is drawn
   * @param columns tells the terminal's width
   */
  constructor(write: (text: string) => void, columns: () => number) {
    this.#write = write;
    this.#columns = columns;
  }

  /** Shows a text in the place of the one before. The cursor must stand at the beginning of a line, unless one is shown. */
  show(text: string): void {
    // In the last column a terminal would begin the next line, and that could no longer be erased.
    const line = withoutControls(text).replace(/\s/g, " ").slice(0, Math.max(0, this.#columns() - 1));
    if (line === this.#shown) return;
    this.#write(ERASE_LINE + line);
    this.#shown = line;
  }

  /** Takes the line away. */
  hide(): void {
    if (this.#shown === "") return;
    this.#write(ERASE_LINE);
    this.#shown = "";
  }
}
