/**
 * Questions about objects (`obj?`), whose answers front ends show in a pager.
 *
 * @module
 */

import { normalizeCell } from "../../python/cell_source.ts";
import type { JsonObject } from "../message.ts";

/** A cell that consists only of `obj?`, `obj??` or `?obj`. */
const QUESTION = /^(?:[%\w*.[\]-]+\?\??|\?\??[%\w*.[\]-]+)$/;

/** IPython's answer if there is no such object, which is not shown in the pager. */
const NOT_FOUND = /^Object `[^`\n]*` not found\.\s*$/;

/** Whether a cell only asks about an object. */
export function isQuestion(code: string): boolean {
  return QUESTION.test(normalizeCell(code).trim());
}

/** Whether an answer says that there is no such object. */
export function saysNotFound(answer: string): boolean {
  return NOT_FOUND.test(answer);
}

/** The payload of a reply that shows text in the pager. */
export function pagePayload(text: string): JsonObject {
  return { source: "page", data: { "text/plain": text.trimEnd() }, start: 0 };
}
