/**
 * Recognizes a question that is an error: the app's "Fix Code with AI" makes an AI cell whose text is the error output of a cell as JSON.
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

/** An error as it stands in a question. */
export type ErrorReport = Pick<ErrorOutput, "ename" | "evalue" | "traceback">;

/**
 * Reads an error out of a question: JSON with `ename` and `evalue`, which is all of its text or a fenced block in it.
 *
 * @returns `undefined` where there is none
 */
export function readErrorReport(question: string): ErrorReport | undefined {
  return [question, ...fencedBlocks(question)].map(parseError).find((error) => error !== undefined);
}

/**
 * Finds the cell whose error it is: the nearest above that shows it, or else the one right above, whose error may have been cleared.
 *
 * @param above the cells above the question, those that are hidden from the AI too
 * @returns `undefined` where no such cell may be shown
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
 * Says what is wanted of such a question.
 *
 * @param report the error
 * @param failing the cell whose error it is, if it may be shown
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

/** What is wanted where the runtime itself has failed, which it shows as an error, too. */
const NOT_OF_PYTHON =
  "The question is not an error of Python's: the runtime has not run the cell, and its code need not be wrong. " +
  "Say in a sentence or two what happened and what the message advises, and change no code.";

function isOwnError({ ename }: ErrorReport): boolean {
  return ename === MODEL_ERROR_NAME || ename === REFUSED_NAME;
}

function parseError(text: string): ErrorReport | undefined {
  const value = parse(text.trim());
  // An error that was stored as text is written as JSON once more.
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
