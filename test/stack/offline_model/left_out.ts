/**
 * The recorded cells that the offline model need not reproduce, and the rules that select them.
 *
 * @module
 */

import { needsOfCells } from "../../../eval/golden/cell_needs.ts";
import { VARIES_IN_FOLDER } from "../../../eval/golden/left_out.ts";
import { cellDefinitions } from "../../../src/python/cell_definitions.ts";
import { namesUsed } from "../../../src/python/names_used.ts";
import type { GoldenCell } from "../../golden/golden_cells.ts";

/** Decides whether a cell is left out. */
type Rule = (cell: GoldenCell) => boolean;

const ARROW_AT_DEFINITION = /^-+> \d+ +def .*: *raise\b/m;

const rules: Readonly<Record<string, Rule>> = {
  "was answered by a person": ({ run }) => run?.typed !== undefined,
  "was interrupted by a person": isInterrupted,
  "asks the front end for what no cell can show": ({ payload }) =>
    payload?.some(({ source }) => source !== "page") ?? false,
  "depends on the folder": ({ varies_in, outputs }) =>
    varies_in === VARIES_IN_FOLDER ||
    outputs.some((output) => "text" in output && output.text.startsWith("Overwriting ")),
  "was sent as a silent request": ({ run }) => run?.silent === true,
  // Recordings of one cell differ in the lines that they show around a one-line function that raises.
  "varies": (cell) => ARROW_AT_DEFINITION.test(tracebackOf(cell)),
};

/** Whether a person interrupted the cell. Such a cell would run for a long time. */
export function isInterrupted({ run }: GoldenCell): boolean {
  return run?.interrupt === true;
}

/** Returns the cells of a session that are left out, by name, with the reason. Cells that use typed text are left out, too. */
export function leftOutOf(cells: readonly GoldenCell[]): Map<string, string> {
  const found = new Map<string, string>();
  const typed = new Set<string>();
  const needs = needsOfCells(cells.map(({ code }) => code));
  for (const [index, cell] of cells.entries()) {
    const [need] = needs[index].filter((each) => each !== "shell");
    const reason = need === undefined
      ? Object.entries(rules).find(([, applies]) => applies(cell))?.[0]
      : `needs ${need}`;
    const usesTyped = cell.run?.typed !== undefined || !typed.isDisjointFrom(namesUsed(cell.code));
    if (reason !== undefined || usesTyped) found.set(cell.name, reason ?? "uses what a person typed");
    for (const name of cellDefinitions(cell.code).flatMap(({ names }) => names)) {
      if (usesTyped) typed.add(name);
      else typed.delete(name);
    }
  }
  return found;
}

function tracebackOf({ outputs }: GoldenCell): string {
  // deno-lint-ignore no-control-regex
  const plain = (text: string) => text.replace(/\x1b\[[\d;]*m/g, "");
  return outputs.flatMap((output) => output.output_type === "error" ? output.traceback.map(plain) : []).join("\n");
}
