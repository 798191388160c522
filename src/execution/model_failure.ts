/**
 * Shows in a cell that the model failed. The output cannot be mistaken for one of Python.
 *
 * @module
 */

import type { ModelError } from "../errors.ts";
import type { CellOutput, ErrorOutput } from "./cell_output.ts";
import { hasNote, NOTE_PREFIX } from "./notes.ts";
import { ownError } from "./own_error.ts";

/** The `ename` of outputs that report a failed model and not a Python exception. */
export const MODEL_ERROR_NAME = "ModelError";

/** The beginning of the note on stderr if the model gave no usable answer. */
const NOTE = `${NOTE_PREFIX}The model gave no usable answer: `;

/** Creates the output of a cell whose model failed. */
export function failureOutput({ message, requestId }: ModelError): ErrorOutput {
  return ownError(
    MODEL_ERROR_NAME,
    message,
    "This is not a Python exception: the model that plays IPython gave no usable answer.",
    ...requestId === undefined ? [] : [`The provider's id of the request: ${requestId}`],
  );
}

/** Creates the note on stderr for a cell whose model was asked again without success. `problem` is the last one, as a sentence. */
export function failureNote(problem: string): string {
  return `${NOTE}${problem} Asking it again did not help. Run the cell again, or use a larger model.\n`;
}

/** Returns the error of a cell whose output was cut after a limit such as `1,000,000 characters`, as `ename: evalue`. */
export function cutError(limit: string): string {
  return `OutputCut: more than ${limit}`;
}

/** Creates the note on stderr for a cell whose output was cut after a limit such as `1,000,000 characters`. */
export function cutNote(limit: string): string {
  const raise = limit.endsWith("characters") ? ", or raise --max-output-per-cell (AIPYTHON_MAX_OUTPUT_PER_CELL)" : "";
  return `${NOTE_PREFIX}The output was cut after ${limit}, and the model was stopped. Let the cell output less${raise}.\n`;
}

/**
 * Returns which waiting cells should not run after a model failure because they would fail too. If the key is refused, this is the
 * whole queue; if the session has reached its limit, it is the rest of a Run All.
 */
export function stoppedBy({ kind }: ModelError): "run" | "queue" | undefined {
  if (kind === "refused") return "queue";
  return kind === "session_limit" ? "run" : undefined;
}

/** Whether an output reports a failed model. Such cells are not sent to a model, because it would imitate the failure. */
export function isModelFailure(output: CellOutput): boolean {
  return (output.type === "error" && output.ename === MODEL_ERROR_NAME) || hasNote([output], NOTE);
}
