/**
 * Joins the records of cells with the settings whose secrets they must not have.
 *
 * @module
 */

import type { CellTracing } from "../execution/trace/cell_recorder.ts";
import type { CellTrace, TracedCell } from "../execution/trace/cell_trace.ts";
import { createRedactor } from "./redactor.ts";
import { secretsOf } from "./secrets_of.ts";
import type { CommandSettings } from "./settings.ts";

/**
 * Has cells recorded.
 *
 * @param take takes each record; it must not throw
 * @param settings what their secrets are is hidden
 * @param cell which cell of a notebook it is. Default: none of a notebook
 */
export function traceInto(
  take: (trace: CellTrace) => void,
  settings: Partial<CommandSettings>,
  cell?: TracedCell,
): CellTracing {
  const own = secretsOf(settings);
  return { take, cell, redactor: (secrets) => createRedactor([...own, ...secrets]) };
}
