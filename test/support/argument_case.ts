/**
 * A case of a tool call's arguments, with the expected outputs.
 *
 * @module
 */

import type { CellOutput } from "../../src/execution/cell_output.ts";
import { prettyTraceback } from "../../src/execution/traceback/traceback.ts";

/** A tool call whose arguments are unusual but unambiguous. */
export interface ArgumentCase {
  /** The unusual property of the arguments. It completes a title. */
  what: string;
  /** The tool's name, as the model writes it. */
  name: string;
  /** The arguments, as the model writes them. */
  args: string;
  /** The cell's outputs. */
  shown: CellOutput[];
  /** Whether the arguments are valid only in a separate call. Within a text of calls, other text would end them. */
  isAlone?: boolean;
}

/** The cell for which the calls are made. */
const PLACE = { executionCount: 1, code: "cell()" };

export const stream = (text: string, name: "stdout" | "stderr" = "stdout"): CellOutput => ({
  type: "stream",
  name,
  text,
});
export const result = (text: string): CellOutput => ({ type: "execute_result", data: { "text/plain": text } });
export const shows = (what: string, name: string, args: string, ...shown: CellOutput[]): ArgumentCase => ({
  what,
  name,
  args,
  shown,
});
export const alone = (what: string, name: string, args: string, ...shown: CellOutput[]): ArgumentCase => ({
  ...shows(what, name, args, ...shown),
  isAlone: true,
});

/**
 * Returns an error output with IPython's traceback for an exception.
 *
 * @param traceback the traceback as the model wrote it
 */
export function raised(ename: string, evalue: string, traceback: string[] = []): CellOutput {
  return { type: "error", ename, evalue, traceback: prettyTraceback({ ...PLACE, ename, evalue, traceback }) };
}
