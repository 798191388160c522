/**
 * Creates error outputs in which the agent itself reports something, and not Python.
 *
 * @module
 */

import type { ErrorOutput } from "./cell_output.ts";

/**
 * Creates an error output. Its traceback contains the message, because terminals and Jupyter show only the traceback.
 *
 * @param ename the kind of error: `ModelError`
 * @param message the error message, as a sentence
 * @param more further lines of the traceback
 */
export function ownError(ename: string, message: string, ...more: string[]): ErrorOutput {
  return { type: "error", ename, evalue: message, traceback: [`${ename}: ${message}`, ...more] };
}
