/**
 * Recognizes questions that consist of an error. The app's "Fix Code with AI" creates an AI cell whose text is the error output of
 * a cell as JSON.
 *
 * @module
 */

import type { ErrorOutput } from "../execution/cell_output.ts";
import { MODEL_ERROR_NAME } from "../execution/model_failure.ts";
import { REFUSED_NAME } from "../execution/refused_request.ts";
import { plainTraceback } from "../execution/traceback/traceback.ts";
import { isPlainObject } from "../media/json_value.ts";
import { fenced, fencedBlocks } from "./fenced.ts";
import type { NotebookCell } from "./notebook_cell.ts";

/** The error in a question. */
export type ErrorReport = Pick<ErrorOutput, "ename" | "evalue" | "traceback">;

/**
 * Parses the error in a question: JSON with `ename` and `evalue`, as the whole text or in a fenced block.
 *
 * @returns `undefined` if there is no error
 */
export function readErrorReport(question: string): ErrorReport | undefined {
  return [question, ...fencedBlocks(question)].map(parseError).find((error) => error !== undefined);
}

/**
 * Finds the cell that raised an error: the nearest cell above that shows the error, or else the cell directly above, whose output
 * may have been cleared.
 *
 * @param above the cells above the question, including those that are hidden from the AI
 * @returns `undefined` if there is no such cell, or it is hidden
 */
export function findFailingCell(report: ErrorReport, above: readonly NotebookCell[]): NotebookCell | undefined {
  const cells = above.filter(({ cellType, isHidden }) => cellType === "code" && !isHidden).reverse();
  const shows = (same: (error: ErrorOutput) => boolean) =>
    cells.find(({ outputs }) => outputs.some((output) => output.type === "error" && same(output)));
  const isSame = ({ ename, evalue }: ErrorReport) => ename === report.ename && evalue === report.evalue;
  const traceback = plainTraceback(report.traceback).join("\n");
  const isAlike = (error: ErrorReport) => isSame(error) && plainTraceback(error.traceback).join("\n") === traceback;
  const last = above.at(-1);
  return shows(isAlike) ?? shows(isSame) ?? (last !== undefined && cells[0] === last ? last : undefined);
}

/**
 * Returns the instruction for a question that is an error.
 *
 * @param failing the cell that raised it, if it is known and not hidden
 */
export function fixInstruction(report: ErrorReport, failing: NotebookCell | undefined): string {
  if (isOwnError(report)) return NOT_OF_PYTHON;
  const number = failing?.executionCount === undefined ? "" : `, In [${failing.executionCount}]`;
  const cell = failing === undefined
    ? "The cell that raised it is not among the cells above: go by the error."
    : `It was raised by this cell${number}:\n${fenced(failing.source, "python")}`;
  return `The question is the error of a cell, which the person wants to have fixed. ${cell}\n` +
    "Say in a sentence or two what is wrong and what to change. Then give the whole corrected code of the cell in one fenced block " +
    "of Python, and nothing after it.";
}

/** The instruction for an error of the runtime, which is shown like a Python error. */
const NOT_OF_PYTHON =
  "The question is not an error of Python's: the runtime has not run the cell, and its code need not be wrong. " +
  "Say in a sentence or two what happened and what the message advises, and change no code.";

function isOwnError({ ename }: ErrorReport): boolean {
  return ename === MODEL_ERROR_NAME || ename === REFUSED_NAME;
}

function parseError(text: string): ErrorReport | undefined {
  const value = parse(text.trim());
  // An error that was stored as text is encoded as JSON twice.
  const error = typeof value === "string" ? parse(value) : value;
  if (!isPlainObject(error)) return undefined;
  const { ename, evalue, traceback } = error;
  if (typeof ename !== "string" || typeof evalue !== "string" || ename === "") return undefined;
  const lines = Array.isArray(traceback) ? traceback : typeof traceback === "string" ? [traceback] : [];
  return { ename, evalue, traceback: lines.filter((line) => typeof line === "string") };
}

function parse(text: string): unknown {
  if (!/^["{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
