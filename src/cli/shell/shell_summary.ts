/**
 * Formats the progress, the cost and the result of cells as lines for the terminal.
 *
 * @module
 */

import { formatDollars } from "../../execution/price.ts";
import type { SessionUsage } from "../../execution/usage_meter.ts";
import type { NotebookRun } from "../../shell/notebook_run.ts";
import { withoutControls } from "../../terminal/control_filter.ts";
import { counted } from "../../terminal/counted.ts";

export interface ShellState {
  /** The number of cells to run and of cells that have run, and the failures. */
  run: Pick<NotebookRun, "total" | "done" | "failures"> & Partial<Pick<NotebookRun, "isInterrupted">>;
  /** The tokens and the cost so far. */
  usage: SessionUsage;
  /** The time since the start, in milliseconds. */
  elapsedMs: number;
}

/** Describes a running cell in one line: `cell 3 of 12, 4.2 s, 1,234 tokens, $0.0004`. */
export function describeProgress({ run, usage, elapsedMs }: ShellState): string {
  return `cell ${Math.min(run.done + 1, run.total)} of ${run.total}, ${seconds(elapsedMs)}, ${spent(usage)}`;
}

/** Describes the progress between two cells in one line: `cell 3 of 12 has ended, 4.2 s, 1,234 tokens, $0.0004`. */
export function describeDone({ run, usage, elapsedMs }: ShellState): string {
  return `cell ${run.done} of ${run.total} has ended, ${seconds(elapsedMs)}, ${spent(usage)}`;
}

/**
 * Describes each cell that failed in a line: `In [3] failed: ZeroDivisionError: division by zero`. Consecutive cells that failed for the
 * same reason share a line: `In [3] to In [5] failed: ...`.
 */
export function describeFailures({ failures }: Pick<NotebookRun, "failures">): string[] {
  const groups: { first: number; last: number; reason: string }[] = [];
  for (const { executionCount, error } of failures) {
    const [reason] = withoutControls(error).split(/\r\n?|\n/, 1);
    const group = groups.at(-1);
    if (group?.reason === reason && group.last === executionCount - 1) group.last = executionCount;
    else groups.push({ first: executionCount, last: executionCount, reason });
  }
  return groups.map(({ first, last, reason }) => {
    const cells = first === last ? `In [${first}]` : `In [${first}] to In [${last}]`;
    return `${cells} failed: ${reason}`;
  });
}

/** Describes a finished run in one line: `3 of 5 cells, 1 failed, 4.2 s, 1,234 tokens, $0.0004, simulated by gpt-4o-mini`. */
export function describeEnd({ run, usage, elapsedMs }: ShellState, model: string): string {
  const count = run.done === run.total ? `${run.total}` : `${run.done} of ${run.total}`;
  return [
    `${count} cell${run.total === 1 ? "" : "s"}`,
    ...run.failures.length > 0 ? [`${run.failures.length} failed`] : [],
    ...run.isInterrupted ? ["interrupted"] : [],
    seconds(elapsedMs),
    spent(usage),
    `simulated by ${withoutControls(model)}`,
  ].join(", ");
}

/** Formats `1,234 tokens`, or `1,234 tokens, $0.0004` if the price is known. */
function spent({ input, output, cost }: SessionUsage): string {
  const tokens = counted(input + output, "token");
  return cost === undefined ? tokens : `${tokens}, ${formatDollars(cost)}`;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
