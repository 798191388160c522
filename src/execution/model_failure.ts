/**
 * How a cell shows that the model failed, in a way that is never mistaken for Python.
 *
 * @module
 */

import type { ModelError } from "../errors.ts";
import type { CellOutput, ErrorOutput } from "./cell_output.ts";
import { hasNote, NOTE_PREFIX } from "./notes.ts";
import { ownError } from "./own_error.ts";

/** The `ename` of outputs that tell of a failed model rather than of Python. */
export const MODEL_ERROR_NAME = "ModelError";

/** How the note on stderr begins that ends a cell whose model gave no usable answer. */
const NOTE = `${NOTE_PREFIX}The model gave no usable answer: `;

/** The output of a cell whose model has failed. */
export function failureOutput({ message, requestId }: ModelError): ErrorOutput {
  return ownError(
    MODEL_ERROR_NAME,
    message,
    "This is not a Python exception: the model that plays IPython gave no usable answer.",
    ...requestId === undefined ? [] : [`The provider's id of the request: ${requestId}`],
  );
}

/**
 * The note on stderr that ends a cell whose model was asked again in vain.
 *
 * @param problem what was wrong last, as a sentence
 */
export function failureNote(problem: string): string {
  return `${NOTE}${problem} It was asked again and did no better. Run the cell again, or use a larger model.\n`;
}

/**
 * What a cell ended with whose output was cut, as `ename: evalue`.
 *
 * @param limit what a cell may show: `1,000,000 characters`
 */
export function cutError(limit: string): string {
  return `OutputCut: more than ${limit}`;
}

/**
 * The note on stderr that ends a cell whose output was cut.
 *
 * @param limit what a cell may show: `1,000,000 characters`
 */
export function cutNote(limit: string): string {
  const raise = limit.endsWith("characters") ? ", or raise --max-output-per-cell (AIPYTHON_MAX_OUTPUT_PER_CELL)" : "";
  return `${NOTE_PREFIX}The output was cut after ${limit}, and the model was stopped. Let the cell output less${raise}.\n`;
}

/**
 * What should not be run after a model failure, because it would fail as well: nothing at all where the key is refused, not even
 * asked for, and the rest of a Run All where the session has spent its tokens.
 */
export function stoppedBy({ kind }: ModelError): "run" | "queue" | undefined {
  if (kind === "refused") return "queue";
  return kind === "session_limit" ? "run" : undefined;
}

/** Whether an output tells of a failed model. A cell that has one is not sent to a model again: it would learn to fail. */
export function isModelFailure(output: CellOutput): boolean {
  return (output.type === "error" && output.ename === MODEL_ERROR_NAME) || hasNote([output], NOTE);
}
