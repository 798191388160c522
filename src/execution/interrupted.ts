/**
 * What is shown of a cell that was interrupted.
 *
 * @module
 */

import { withoutPrompts } from "../python/cell_source.ts";
import type { CellOutput, ErrorOutput } from "./cell_output.ts";
import { prettyTraceback } from "./traceback/traceback.ts";

/** The `ename` of the exception that ends an interrupted cell. */
const NAME = "KeyboardInterrupt";

/** A cell that was interrupted. */
export interface InterruptedCell {
  /** The `n` of `In [n]`. */
  executionCount: number;
  /** The cell's code, as it was typed. */
  code: string;
}

/**
 * Makes the exception that ends an interrupted cell, with IPython's traceback. Nobody knows which line was running, so the traceback
 * points at one only where the cell has no other, and names no more than the cell otherwise.
 */
export function keyboardInterrupt({ executionCount, code: typed }: InterruptedCell): ErrorOutput {
  const code = withoutPrompts(typed);
  const line = onlyLine(code);
  const frame = line === undefined ? `Cell In[${executionCount}]` : `  File "<cell>", line ${line}, in <module>`;
  const exception = { ename: NAME, evalue: "", traceback: [frame, NAME], executionCount, code };
  return { type: "error", ename: NAME, evalue: "", traceback: prettyTraceback(exception) };
}

/** Whether an exception has ended a cell before it could be interrupted: nothing comes after an exception. */
export function hasRaised(outputs: readonly Pick<CellOutput, "type">[]): boolean {
  return outputs.some(({ type }) => type === "error");
}

/** The number, from 1, of a cell's only line of code, blank lines and comments left out; `undefined` if it has several. */
function onlyLine(code: string): number | undefined {
  const lines = code.split(/\r?\n/).flatMap((line, index) => /^\s*(?:#|$)/.test(line) ? [] : [index + 1]);
  return lines.length === 1 ? lines[0] : undefined;
}
