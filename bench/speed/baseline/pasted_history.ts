/**
 * The baseline's conversation: a system prompt with the whole history, and the cell.
 *
 * @module
 */

import type { CellOutput } from "../../../src/execution/cell_output.ts";
import type { HistoryEntry } from "../../../src/execution/history_entry.ts";
import { TOOLS } from "../../../src/execution/reply/tools.ts";

/** The number of earlier cells that are pasted: as many as the agent keeps whole. */
const CELLS_PASTED = 20;

const RULES =
  `You are an IPython kernel. You are given Python code and act as if you ran it. Use the tools to produce the
outputs that IPython would produce: stdout for what is printed, stderr for warnings, execute_result for the value of the last
expression, display for rich content, error for an exception with its traceback. Never explain anything. Keep the state of
all variables, functions and imports of the earlier cells in mind.`;

export const baselineTools = TOOLS.map((tool) => ({ type: "function", function: tool }));

/** Returns the first messages for a cell. */
export function pastedHistory(history: readonly HistoryEntry[], code: string) {
  const pasted = history.slice(-CELLS_PASTED).map(({ executionCount, code, outputs }) =>
    [`In [${executionCount}]:`, code, ...outputs.map(shown)].join("\n")
  );
  const content = `${RULES}\n\nThe session so far:\n\n${pasted.join("\n\n")}`;
  return [{ role: "system", content }, { role: "user", content: code }];
}

function shown(output: CellOutput): string {
  if (output.type === "stream") return output.text;
  if (output.type === "error") return output.traceback.join("\n");
  return JSON.stringify(output.data);
}
