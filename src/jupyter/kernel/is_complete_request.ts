/**
 * Answers an `is_complete_request`.
 *
 * @module
 */

import { cellMagicBody, normalizeCell } from "../../python/cell_source.ts";
import { readPython } from "../../python/read_python.ts";
import { isComplete } from "../../repl/is_complete.ts";
import type { JsonObject } from "../message.ts";
import type { RequestContent } from "./request_content.ts";

/**
 * Finds out whether code can be run. Front ends also run `invalid` code, so that its `SyntaxError` is shown.
 *
 * @throws {ContentError} if the request is not valid
 */
export function isCompleteRequest(content: RequestContent): JsonObject {
  const code = content.text("code");
  const answer = isComplete(code);
  if (!answer.complete) return { status: "incomplete", indent: " ".repeat(answer.indent) };
  return { status: isReadable(code) ? "complete" : "invalid" };
}

function isReadable(code: string): boolean {
  const cell = normalizeCell(code);
  return cellMagicBody(cell) !== undefined || readPython(cell).parses;
}
