/**
 * A case of arguments, and the outputs that it expects.
 *
 * @module
 */

import type { CellOutput } from "../../src/execution/cell_output.ts";
import { prettyTraceback } from "../../src/execution/traceback/traceback.ts";

/** A call with arguments whose meaning is plain. */
export interface ArgumentCase {
  /** The unusual property of the arguments. */
  what: string;
  /** The tool's name, as the model writes it. */
  name: string;
  /** The arguments, as the model writes them. */
  args: string;
  /** The cell's outputs. */
  shown: CellOutput[];
  /** Whether they can only be written in a separate call: elsewhere something else ends them. */
  isAlone?: boolean;
}

/** The cell that the calls are made for. */
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

/** An exception, with a traceback as the model wrote it. */
export function raised(ename: string, evalue: string, traceback: string[] = []): CellOutput {
  return { type: "error", ename, evalue, traceback: prettyTraceback({ ...PLACE, ename, evalue, traceback }) };
}
