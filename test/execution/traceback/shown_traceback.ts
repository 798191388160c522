/**
 * Tracebacks that ipykernel printed, and functions that show other tracebacks.
 *
 * @module
 */

import { prettyTraceback, type ReportedException } from "../../../src/execution/traceback/traceback.ts";
import { goldenSessions } from "../../golden/golden_cells.ts";

/** A recorded exception, and the cell that raised it. */
export interface GoldenError {
  name: string;
  ename: string;
  evalue: string;
  traceback: string[];
  executionCount: number;
  code: string;
}

/** All exceptions that were recorded from ipykernel. */
export const goldenErrors: GoldenError[] = Object.values(goldenSessions).flat().flatMap((cell) =>
  cell.outputs.flatMap((output) =>
    output.output_type === "error"
      ? [{
        name: cell.name,
        ename: output.ename,
        evalue: output.evalue,
        traceback: output.traceback,
        executionCount: cell.execution_count,
        code: cell.code,
      }]
      : []
  )
);

/** Removes the colour sequences from a text. */
// deno-lint-ignore no-control-regex -- matches the escape character
export const withoutColors = (text: string) => text.replace(/\x1b\[[0-9;]*m/g, "");

/** The line above a traceback. */
export const RULE = "-".repeat(75);

/** Returns a traceback as the notebook receives it. Default: `ValueError: x` in cell 7. */
export function pretty(exception: Partial<ReportedException>): string[] {
  return prettyTraceback({ ename: "ValueError", evalue: "x", traceback: [], executionCount: 7, ...exception });
}

/** Returns the lines of a traceback without colours. */
export function shown(exception: Partial<ReportedException>): string[] {
  return withoutColors(pretty(exception).join("\n")).split("\n");
}

/** Returns the line below the rule. */
export function header(ename: string): string {
  return ename + "Traceback (most recent call last)".padStart(75 - ename.length);
}
