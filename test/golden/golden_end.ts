/**
 * The expected outputs after recorded cells have run.
 *
 * @module
 */

import { type GoldenCell, type GoldenOutput, hasError } from "./golden_cells.ts";

/** An output as it is displayed, without ids and positions. */
export type Seen =
  | { type: "stream"; name: string | null; text: string }
  | { type: "error"; ename: string; evalue: string; traceback: string }
  | { type: "execute_result" | "display_data"; data: Record<string, unknown>; executionCount?: number | null };

/** Returns a cell's execution count: that of the recorded result, if any. */
export function executionCountOf(cell: GoldenCell): number {
  const result = cell.outputs.find((output) => output.output_type === "execute_result");
  return result?.execution_count ?? cell.execution_count;
}

/** The outcome of a cell. */
export interface GoldenEnd {
  status: "completed" | "failed";
  /** The outputs that remain after clears and updates. */
  outputs: Seen[];
}

/**
 * Returns the expected outcome of a recorded cell. A cell with an error output has failed. This differs from ipykernel,
 * which reports success if only the display of a value failed.
 */
export function expectedEnd(cell: GoldenCell): GoldenEnd {
  const isDone = cell.status === "ok" && !hasError(cell.outputs);
  return { status: isDone ? "completed" : "failed", outputs: recorded(cell) };
}

/** Returns whether a cell has code. The model is not asked for a cell without code. */
export function hasCode({ code }: GoldenCell): boolean {
  return code.split("\n").some((line) => !/^\s*(?:#|$)/.test(line));
}

/** Returns the outputs of a recorded cell after its own clears and updates. */
function recorded(cell: GoldenCell): Seen[] {
  let left: (Seen & { displayId?: string })[] = [];
  for (const output of cell.outputs) {
    if (output.output_type === "clear_output") left = [];
    else if (output.output_type === "update_display_data") {
      left = left.map((shown) =>
        shown.displayId === output.transient.display_id ? { ...toSeen(output), displayId: shown.displayId } : shown
      );
    } else left.push({ ...toSeen(output), displayId: displayIdOf(output) });
  }
  return left.map(({ displayId: _, ...shown }) => shown as Seen);
}

function displayIdOf(output: GoldenOutput): string | undefined {
  return output.output_type === "display_data" ? output.transient.display_id : undefined;
}

function toSeen(output: Exclude<GoldenOutput, { output_type: "clear_output" }>): Seen {
  switch (output.output_type) {
    case "stream":
      return { type: "stream", name: output.name, text: output.text };
    case "error":
      return { type: "error", ename: output.ename, evalue: output.evalue, traceback: output.traceback.join("\n") };
    case "execute_result":
      return { type: "execute_result", data: output.data, executionCount: output.execution_count };
    default:
      return { type: "display_data", data: output.data };
  }
}
