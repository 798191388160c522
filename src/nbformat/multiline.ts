/**
 * The text of a notebook file's field, which stands as one string or as a list of lines.
 *
 * @module
 */

import { type FileJson, toPlainJson } from "./json_text.ts";

/** Joins a text. What is missing or null is empty, and what is not text is shown as JSON. */
export function multiline(value: FileJson | undefined): string {
  if (typeof value === "string") return value;
  if (value === undefined || value === null) return "";
  return Array.isArray(value) ? value.map(multiline).join("") : JSON.stringify(toPlainJson(value));
}
