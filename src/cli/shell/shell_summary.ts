/**
 * Describes how far cells are, what they have cost, and how they ended.
 *
 * @module
 */

import { formatDollars } from "../../execution/price.ts";
import type { SessionUsage } from "../../execution/usage_meter.ts";
import type { NotebookRun } from "../../shell/notebook_run.ts";
import { withoutControls } from "../../terminal/control_filter.ts";
import { counted } from "../../terminal/counted.ts";

/** How far the cells of a shell are. */
export interface ShellState {
  /** The cells that are to run, have run and have failed. */
  run: Pick<NotebookRun, "total" | "done" | "failures"> & Partial<Pick<NotebookRun, "isInterrupted">>;
  /** What they have cost. */
  usage: SessionUsage;
  /** The time since the start, in milliseconds. */
  elapsedMs: number;
}

/** Describes a running cell on a line: `cell 3 of 12, 4.2 s, 1,234 tokens, $0.0004`. */
export function describeProgress({ run, usage, elapsedMs }: ShellState): string {
  return `cell ${Math.min(run.done + 1, run.total)} of ${run.total}, ${seconds(elapsedMs)}, ${spent(usage)}`;
}

/** Describes how far cells are between two of them, on a line: `cell 3 of 12 has ended, 4.2 s, 1,234 tokens, $0.0004`. */
export function describeDone({ run, usage, elapsedMs }: ShellState): string {
  return `cell ${run.done} of ${run.total} has ended, ${seconds(elapsedMs)}, ${spent(usage)}`;
}

/**
 * Describes the cells that failed, each on a line: `In [3] failed: ZeroDivisionError: division by zero`. Cells in a row that failed for
 * the same reason share a line: `In [3] to In [5] failed: ...`.
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

/** Describes cells that have ended on a line: `3 of 5 cells, 1 failed, 4.2 s, 1,234 tokens, $0.0004, simulated by gpt-4o-mini`. */
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

/** `1,234 tokens`, and `1,234 tokens, $0.0004` where the price is known. */
function spent({ input, output, cost }: SessionUsage): string {
  const tokens = counted(input + output, "token");
  return cost === undefined ? tokens : `${tokens}, ${formatDollars(cost)}`;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
