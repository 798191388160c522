/**
 * A progress line below the output. Hide it before other text is written.
 *
 * @module
 */

import { withoutControls } from "./control_filter.ts";

/** Moves to the beginning of the line and erases it (ECMA-48: CR, EL 2). */
export const ERASE_LINE = "\r\x1b[2K";

/** A line of a terminal that is overwritten by each update. */
export class ProgressLine {
  readonly #write: (text: string) => void;
  readonly #columns: () => number;
  #shown = "";

  /** @param columns returns the terminal's width, in columns */
  constructor(write: (text: string) => void, columns: () => number) {
    this.#write = write;
    this.#columns = columns;
  }

  /** Replaces the shown text. If none is shown, the cursor must be at the beginning of a line. */
  show(text: string): void {
    // With a character in the last column, the terminal may wrap to a next line, which could not be erased.
    const line = withoutControls(text).replace(/\s/g, " ").slice(0, Math.max(0, this.#columns() - 1));
    if (line === this.#shown) return;
    this.#write(ERASE_LINE + line);
    this.#shown = line;
  }

  hide(): void {
    if (this.#shown === "") return;
    this.#write(ERASE_LINE);
    this.#shown = "";
  }
}
