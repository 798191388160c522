/**
 * The interface for drawing cells, with one implementation for a terminal and one for a pipe.
 *
 * @module
 */

import type { CellOutput } from "../execution/cell_output.ts";

/** Draws cells and their outputs in the order in which they arrive. */
export interface CellDrawing {
  /** Whether the line on which messages of the program would continue is not empty. */
  readonly lineIsOpen: boolean;
  /** Releases the open line to the caller, who continues it and ends it. Returns its text, without colours. */
  releaseLine(): string;
  markdown(source: string): void;
  /** Draws a cell's source. */
  input(code: string, executionCount?: number): void;
  /**
   * Draws an output, or the next piece of a stream.
   *
   * @param executionCount the `n` of `Out[n]`
   * @param picture the path of the file with the output's picture
   */
  output(output: CellOutput, executionCount?: number, picture?: string): void;
  /** Clears the cell's outputs, as far as possible: lines above the last one cannot be erased. */
  clear(): void;
  /** Ends a cell, so that the next text begins on a new line. */
  end(): void;
}
