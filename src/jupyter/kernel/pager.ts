/**
 * Questions about objects, whose answers front ends show in a pager.
 *
 * @module
 */

import { normalizeCell } from "../../python/cell_source.ts";
import type { JsonObject } from "../message.ts";

/** A cell that is nothing but `obj?`, `obj??` or `?obj`. */
const QUESTION = /^(?:[%\w*.[\]-]+\?\??|\?\??[%\w*.[\]-]+)$/;

/** What IPython prints where there is no such object; that is not shown in the pager. */
const NOT_FOUND = /^Object `[^`\n]*` not found\.\s*$/;

/** Whether a cell asks about an object and does nothing else. */
export function isQuestion(code: string): boolean {
  return QUESTION.test(normalizeCell(code).trim());
}

/** Whether an answer says that there is no such object. */
export function saysNotFound(answer: string): boolean {
  return NOT_FOUND.test(answer);
}

/** The payload of a reply that shows a text in the pager. */
export function pagePayload(text: string): JsonObject {
  return { source: "page", data: { "text/plain": text.trimEnd() }, start: 0 };
}
