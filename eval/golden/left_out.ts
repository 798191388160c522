/**
 * Decides which recorded cells are not asked for, and which left no trace in the session.
 *
 * @module
 */

import { analyseCell } from "../../src/python/analyse_cell.ts";
import type { GoldenCell } from "../../test/golden/golden_cells.ts";

/** A recording's reason to skip a cell whose output names its kernel's folder. */
export const VARIES_IN_FOLDER = "the folder that the kernel was started in";

/** Returns the reason a cell is not asked for; `undefined` if it is asked for. */
export function whyLeftOut({ code, run = {}, varies_in }: GoldenCell): string | undefined {
  if (analyseCell(code).isEmpty) return "has no code: the agent answers without asking the model";
  if (run.silent) return "was run silently, which a notebook never does";
  if (run.interrupt) return "was interrupted: the agent answers an interrupt without asking the model";
  if (run.typed !== undefined) return "needs typed input, which is not possible here";
  if (varies_in === VARIES_IN_FOLDER) return `shows ${VARIES_IN_FOLDER}, which no earlier cell shows`;
  return undefined;
}

/** Whether the history of later cells contains a cell. */
export function isInHistory({ code, run = {} }: GoldenCell): boolean {
  return code.trim() !== "" && run.store_history !== false && !run.interrupt;
}
