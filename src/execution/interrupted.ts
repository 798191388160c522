/**
 * Creates the output of an interrupted cell.
 *
 * @module
 */

import { withoutPrompts } from "../python/cell_source.ts";
import type { CellOutput, ErrorOutput } from "./cell_output.ts";
import { prettyTraceback } from "./traceback/traceback.ts";

/** The `ename` of the exception that ends an interrupted cell. */
const NAME = "KeyboardInterrupt";

export interface InterruptedCell {
  /** The `n` of `In [n]`. */
  executionCount: number;
  /** The cell's code as it was typed. */
  code: string;
}

/**
 * Creates the exception of an interrupted cell, with IPython's traceback. It is not known which line was running. The traceback
 * therefore shows a line only if the cell has a single one; otherwise, it names just the cell.
 */
export function keyboardInterrupt({ executionCount, code: typed }: InterruptedCell): ErrorOutput {
  const code = withoutPrompts(typed);
  const line = onlyLine(code);
  const frame = line === undefined ? `Cell In[${executionCount}]` : `  File "<cell>", line ${line}, in <module>`;
  const exception = { ename: NAME, evalue: "", traceback: [frame, NAME], executionCount, code };
  return { type: "error", ename: NAME, evalue: "", traceback: prettyTraceback(exception) };
}

/** Whether a cell already ended with an exception. Nothing may follow an exception, so it cannot be interrupted any more. */
export function hasRaised(outputs: readonly Pick<CellOutput, "type">[]): boolean {
  return outputs.some(({ type }) => type === "error");
}

/**
 * Returns the number, from 1, of a cell's only line of code, ignoring blank lines and comments. Returns `undefined` if there are
 * several.
 */
function onlyLine(code: string): number | undefined {
  const lines = code.split(/\r?\n/).flatMap((line, index) => /^\s*(?:#|$)/.test(line) ? [] : [index + 1]);
  return lines.length === 1 ? lines[0] : undefined;
}
