/**
 * Reads the text of a field in a notebook file, which is a string or a list of lines.
 *
 * @module
 */

import { type FileJson, toPlainJson } from "./json_text.ts";

/** Joins the lines of a text. A missing value or null is empty, and a value of another type becomes JSON. */
export function multiline(value: FileJson | undefined): string {
  if (typeof value === "string") return value;
  if (value === undefined || value === null) return "";
  return Array.isArray(value) ? value.map(multiline).join("") : JSON.stringify(toPlainJson(value));
}
