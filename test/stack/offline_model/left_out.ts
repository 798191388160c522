/**
 * Which recorded cells the offline model is not held to, by rule.
 *
 * @module
 */

import { needsOfCells } from "../../../eval/golden/cell_needs.ts";
import { VARIES_IN_FOLDER } from "../../../eval/golden/left_out.ts";
import { cellDefinitions } from "../../../src/python/cell_definitions.ts";
import { namesUsed } from "../../../src/python/names_used.ts";
import type { GoldenCell } from "../../golden/golden_cells.ts";

/** A reason to leave a cell out, and how to tell. */
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
  // A function that is one line and raises is shown alone or with what is around it: recordings of one cell differ.
  "varies": (cell) => ARROW_AT_DEFINITION.test(tracebackOf(cell)),
};

/** Whether a person interrupted the cell: it waits for long when it is run again. */
export function isInterrupted({ run }: GoldenCell): boolean {
  return run?.interrupt === true;
}

/** The cells of a session that are left out, by name, each with the reason. Cells that use what somebody typed are, too. */
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
