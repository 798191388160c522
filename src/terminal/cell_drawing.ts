/**
 * What can draw a run of cells: for a person at a terminal, or for whatever reads a pipe.
 *
 * @module
 */

import type { CellOutput } from "../execution/cell_output.ts";

/** Draws cells and their outputs in the order in which they come. */
export interface CellDrawing {
  /** Whether something stands on the line on which our own remarks would go on. */
  readonly lineIsOpen: boolean;
  /** Leaves the open line to somebody else, who goes on there and ends it; returns its text, without colours. */
  releaseLine(): string;
  /** Draws a markdown cell. */
  markdown(source: string): void;
  /** Draws a cell's source. */
  input(code: string, executionCount?: number): void;
  /**
   * Draws an output, or the next piece of a stream.
   *
   * @param executionCount the `n` of `Out[n]`
   * @param picture where the output's picture can be seen: the path of a file
   */
  output(output: CellOutput, executionCount?: number, picture?: string): void;
  /** The cell's outputs have been cleared; what stands above the last line can no longer go. */
  clear(): void;
  /** Ends a cell: whatever comes next begins on a line of its own. */
  end(): void;
}
