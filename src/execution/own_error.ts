/**
 * Error outputs in which the agent itself speaks, rather than Python.
 *
 * @module
 */

import type { ErrorOutput } from "./cell_output.ts";

/**
 * Makes an error output that shows its message wherever nothing but the traceback is drawn, as in terminals and in Jupyter.
 *
 * @param ename who speaks: `ModelError`
 * @param message what happened, as a sentence
 * @param more lines that follow it
 */
export function ownError(ename: string, message: string, ...more: string[]): ErrorOutput {
  return { type: "error", ename, evalue: message, traceback: [`${ename}: ${message}`, ...more] };
}
