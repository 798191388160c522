/**
 * How an error is drawn, by who speaks in it.
 *
 * @module
 */

import { MODEL_ERROR_NAME } from "../../../src/execution/model_failure.ts";
import { REFUSED_NAME } from "../../../src/execution/refused_request.ts";

/** The names of errors that are sentences of ours, and not Python's tracebacks. */
const OWN: ReadonlySet<string> = new Set([MODEL_ERROR_NAME, REFUSED_NAME]);

/** The classes of an error's text: sentences are wrapped, a traceback keeps its lines. */
export function errorClass(ename: string): string {
  return OWN.has(ename) ? "traceback sentences" : "traceback";
}
