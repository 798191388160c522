/**
 * Which recorded cells the offline model is not held to, by rule.
 *
 * @module
 */

import { cellDefinitions } from "../../../src/python/cell_definitions.ts";
import { namesUsed } from "../../../src/python/names_used.ts";
import { PERSONA } from "../../../src/python/persona.ts";
import type { GoldenCell } from "../../golden/golden_cells.ts";

/** A reason to leave a cell out, and how to tell. */
type Rule = (cell: GoldenCell) => boolean;

const PACKAGE_IMPORT = new RegExp(
  String.raw`^\s*(?:import|from)\s+(?:${Object.keys(PERSONA.packages).join("|")})\b|^%matplotlib\b`,
  "m",
);
const ARROW_AT_DEFINITION = /^-+> \d+ +def .*: *raise\b/m;

const rules: Readonly<Record<string, Rule>> = {
  "needs a package": ({ code }) => PACKAGE_IMPORT.test(code),
  "was answered by a person": ({ run }) => run?.typed !== undefined,
  "was interrupted by a person": isInterrupted,
  "asks the front end for what no cell can show": ({ payload }) =>
    payload?.some(({ source }) => source !== "page") ?? false,
  "depends on the folder": ({ code, outputs }) =>
    code === "%pwd" || outputs.some((output) => "text" in output && output.text.startsWith("Overwriting ")),
  "was sent as a silent request": ({ run }) => run?.silent === true,
  // A function that is one line and raises is shown alone or with what is around it: recordings of one cell differ.
  "varies": (cell) => ARROW_AT_DEFINITION.test(tracebackOf(cell)),
};

/** The reasons whose cells bind names to what the offline model does not have. */
const SPREADING = new Set(["needs a package", "was answered by a person"]);

/** Whether a person interrupted the cell: it waits for long when it is run again. */
export function isInterrupted({ run }: GoldenCell): boolean {
  return run?.interrupt === true;
}

/** The cells of a session that are left out, by name, each with the reason. Cells that use what such a cell defines are, too. */
export function leftOutOf(cells: readonly GoldenCell[]): Map<string, string> {
  const found = new Map<string, string>();
  const unknown = new Map<string, string>();
  for (const cell of cells) {
    const rule = Object.entries(rules).find(([, applies]) => applies(cell))?.[0];
    const used = [...namesUsed(cell.code)].find((name) => unknown.has(name));
    const reason = rule ?? (used === undefined ? undefined : unknown.get(used));
    if (reason !== undefined) found.set(cell.name, reason);
    for (const name of cellDefinitions(cell.code).flatMap(({ names }) => names)) {
      if (reason !== undefined && SPREADING.has(reason)) unknown.set(name, reason);
      else unknown.delete(name);
    }
  }
  return found;
}

function tracebackOf({ outputs }: GoldenCell): string {
  // deno-lint-ignore no-control-regex
  const plain = (text: string) => text.replace(/\x1b\[[\d;]*m/g, "");
  return outputs.flatMap((output) => output.output_type === "error" ? output.traceback.map(plain) : []).join("\n");
}
