/**
 * The style of an error, by its source.
 *
 * @module
 */

import { MODEL_ERROR_NAME } from "../../../src/execution/model_failure.ts";
import { REFUSED_NAME } from "../../../src/execution/refused_request.ts";

/** The names of errors that AIPython itself reports in sentences, without a Python traceback. */
const OWN: ReadonlySet<string> = new Set([MODEL_ERROR_NAME, REFUSED_NAME]);

/** Returns the CSS classes of an error's text. Sentences are wrapped; a traceback keeps its lines. */
export function errorClass(ename: string): string {
  return OWN.has(ename) ? "traceback sentences" : "traceback";
}
