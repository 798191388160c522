/**
 * Error outputs in which the agent itself speaks, rather than Python.
 *
 * @module
 */

import type { ErrorOutput } from "./cell_output.ts";

/**
 * Makes an error output that shows its message once, whoever draws it. The message stands in the traceback alone: terminals and Jupyter
 * draw nothing else, and the notebook app draws `ename: evalue` above the traceback where neither is empty.
 *
 * @param ename who speaks: `ModelError`
 * @param message what happened, as a sentence
 * @param more lines that follow it
 */
export function ownError(ename: string, message: string, ...more: string[]): ErrorOutput {
  return { type: "error", ename, evalue: "", traceback: [`${ename}: ${message}`, ...more] };
}

/** The message of an error output of {@linkcode ownError}. Older notebooks have it as `evalue`. */
export function ownMessage({ ename, evalue, traceback: [line = ""] }: ErrorOutput): string {
  return evalue === "" ? line.slice(`${ename}: `.length) : evalue;
}
