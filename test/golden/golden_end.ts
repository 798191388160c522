/**
 * The outputs that a person sees after the recording's cells have run.
 *
 * @module
 */

import { type GoldenCell, type GoldenOutput, hasError } from "./golden_cells.ts";

/** An output as a person sees it: what is drawn, without ids and positions. */
export type Seen =
  | { type: "stream"; name: string | null; text: string }
  | { type: "error"; ename: string; evalue: string; traceback: string }
  | { type: "execute_result" | "display_data"; data: Record<string, unknown>; executionCount?: number | null };

/** The count that a cell runs with: that of the recorded result, where there is one. */
export function executionCountOf(cell: GoldenCell): number {
  const result = cell.outputs.find((output) => output.output_type === "execute_result");
  return result?.execution_count ?? cell.execution_count;
}

/** The end of a cell. */
export interface GoldenEnd {
  status: "completed" | "failed";
  /** The outputs that remain. */
  outputs: Seen[];
}

/**
 * The expected end of a recorded cell. A cell with an error has failed, although ipykernel calls one whose value cannot be shown a success.
 */
export function expectedEnd(cell: GoldenCell): GoldenEnd {
  const isDone = cell.status === "ok" && !hasError(cell.outputs);
  return { status: isDone ? "completed" : "failed", outputs: recorded(cell) };
}

/** Whether a cell has code; no model is asked for one that has none. */
export function hasCode({ code }: GoldenCell): boolean {
  return code.split("\n").some((line) => !/^\s*(?:#|$)/.test(line));
}

/** The outputs that remain of a recorded cell, after its own clears and updates. */
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
