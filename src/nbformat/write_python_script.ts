/**
 * Writes a notebook as a Python file in the percent format, which Jupytext, VS Code, Spyder and PyCharm read: a cell begins at `# %%`, and
 * text is in comments. Outputs, counts, ids and attachments are not written.
 *
 * @module
 */

import { readCellMarker } from "./cell_markers.ts";
import { type JsonObject, toPlainJson } from "./json_text.ts";
import type { FileCell } from "./notebook_file.ts";

/** The keys of metadata that are written as `key=value`. */
const SIMPLE_KEY = /^[A-Za-z_][\w.-]*$/;

/** The beginning of each line of the note at the start of an exported file. Readers skip these lines. */
export const EXPORT_NOTE = "# AIPython: ";

/**
 * Writes the cells. {@linkcode readPythonScript} reads the same cells again, except that blank lines around a cell are trimmed, and that
 * a comment in code that looks like a marker begins a cell.
 *
 * @param note the note at the start of the file, for example the name of the model. Default: none
 */
export function writePythonScript(cells: readonly FileCell[], note = ""): string {
  const head = note === "" ? [] : [note.split("\n").map((line) => `${EXPORT_NOTE}${line}\n`).join("")];
  return [...head, ...cells.map(writeCell)].join("\n");
}

function writeCell({ type, source, metadata }: FileCell): string {
  const marker = ["# %%", ...type === "code" ? [] : [`[${type}]`], ...writeMetadata(metadata)].join(" ");
  const text = source.replace(/\r\n?/g, "\n");
  const body = type === "code" ? text : writeText(text);
  return body === "" ? `${marker}\n` : `${marker}\n${body}\n`;
}

function writeMetadata(metadata: JsonObject): string[] {
  const entries = Object.entries(metadata).map(([key, value]) => [key, JSON.stringify(toPlainJson(value))]);
  if (!entries.every(([key]) => SIMPLE_KEY.test(key))) return [JSON.stringify(toPlainJson(metadata))];
  return entries.map(([key, value]) => `${key}=${value}`);
}

/** Formats text as comments. If a line would be read as a marker, it uses a long string, or a backslash if that would end early. */
function writeText(text: string): string {
  const comments = text.split("\n").map((line) => line === "" ? "#" : `# ${line}`);
  if (comments.every((line) => readCellMarker(line)?.family !== "percent")) return comments.join("\n");
  const quotes = ['"""', "'''"].find((quotes) => !text.includes(quotes));
  if (quotes !== undefined) return `r${quotes}\n${text}\n${quotes}`;
  return comments.map((line) => readCellMarker(line) === undefined ? line : line.replace(/[%<[+-]/, "\\$&")).join("\n");
}
