/**
 * Lists where two recordings differ in more than what varies between two runs of one kernel.
 *
 * ```sh
 * deno run -A eval/record/differences.ts OLD.json NEW.json
 * ```
 *
 * @module
 */

import type { GoldenCell, GoldenOutput } from "../../test/golden/golden_cells.ts";
import { goldenSet } from "../golden/golden_set.ts";
import { whyLeftOut } from "../golden/left_out.ts";
import { maskVarying } from "../mask_varying.ts";
import { scoreCell } from "../score_cell.ts";

/**
 * Compares two recordings cell by cell: what is scored, tracebacks, counts and status.
 *
 * @returns a line for each cell that differs; cells that are left out of the score are skipped
 */
export function differences(old: readonly GoldenCell[], fresh: readonly GoldenCell[]): string[] {
  const freshCells = new Map(fresh.map((cell) => [cell.name, cell]));
  const freshSet = new Map(goldenSet({ fresh }).cells.map((cell) => [cell.name, cell]));
  const scored = new Map(goldenSet({ old }).cells.map((cell) => [cell.name, cell]));
  return old.filter((cell) => whyLeftOut(cell) === undefined).flatMap((cell) => {
    const { name } = cell;
    const other = freshCells.get(name);
    if (other === undefined) return [`${name}: missing`];
    const { parts } = scoreCell(scored.get(name)!.accepted, freshSet.get(name)!.accepted[0], false);
    const found = Object.entries(parts).filter(([, match]) => match !== "exact").map(([part]) => part);
    if (cell.code !== other.code) found.push("code");
    if (cell.status !== other.status) found.push("status");
    if (cell.execution_count !== other.execution_count) found.push("execution_count");
    if (traceback(cell.outputs) !== traceback(other.outputs)) found.push("traceback");
    return found.length === 0 ? [] : [`${name}: ${found.join(", ")}`];
  });
}

function traceback(outputs: readonly GoldenOutput[]): string {
  return outputs.map((output) => output.output_type === "error" ? maskVarying(output.traceback.join("\n")) : "").join(
    "",
  );
}

if (import.meta.main) {
  const [old, fresh] = Deno.args.map((path): GoldenCell[] => JSON.parse(Deno.readTextFileSync(path)).cells);
  const found = differences(old, fresh);
  const text = found.length === 0 ? "no differences" : found.join("\n");
  Deno.stdout.writeSync(new TextEncoder().encode(`${text}\n`));
  Deno.exit(found.length === 0 ? 0 : 1);
}
