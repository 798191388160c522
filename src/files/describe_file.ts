/**
 * Describes a file for a model: its type, and its first and last lines.
 *
 * @module
 */

import { binaryType } from "./binary_type.ts";
import { describeJson, describeJsonLines, describeLines } from "./describe_json.ts";
import { describeTable, type TextDescription } from "./describe_table.ts";
import { escapeInvisible, excerptOf, wholeText } from "./excerpt.ts";
import { formatFileSize } from "./file_size.ts";
import { hasByteOrderMark, readFileText } from "./file_text.ts";
import { isHighSurrogate } from "../surrogate_pair.ts";

export interface DescribedFile {
  /** Its extension determines the kind of text. */
  name: string;
  /** The media type, used if the extension is not known. Default: unknown. */
  mimeType?: string;
  bytes: Uint8Array;
}

/** The default length of a description, in characters. */
export const DEFAULT_FILE_CHARACTERS = 8_000;

/** The length of the shortest possible row, in characters: its mark and its line end. */
const LEAST_ROW = 3;

/** Kinds of text by extension and by media type. */
const KINDS: Readonly<Record<string, TextKind>> = {
  csv: "CSV",
  tsv: "TSV",
  tab: "TSV",
  json: "JSON",
  jsonl: "JSON lines",
  ndjson: "JSON lines",
  "text/csv": "CSV",
  "application/csv": "CSV",
  "text/tab-separated-values": "TSV",
  "application/json": "JSON",
  "application/jsonl": "JSON lines",
  "application/x-ndjson": "JSON lines",
};

type TextKind = "CSV" | "TSV" | "JSON" | "JSON lines" | "text";

/**
 * Describes a file: its size and kind, and for a text also its columns and rows, its keys or its lines, and anything unusual about
 * its encoding. The lines of the text follow, each with a mark in front: all of them if they fit, otherwise the first and the last
 * ones. The content of a binary file is not shown.
 *
 * Accepts any bytes, never throws, and takes time linear in their number.
 *
 * @param maxCharacters the length that the description may have; with 0, the file is not described and the result is empty
 * @returns one line of facts without the file's name, then lines of the file
 */
export function describeFile({ name, mimeType, bytes }: DescribedFile, maxCharacters: number): string {
  const size = formatFileSize(bytes.length);
  const extension = /\.([^./\\]+)$/.exec(name)?.[1].toLowerCase() ?? "";
  if (bytes.length === 0) return cut(`${size}, empty`, maxCharacters);
  const binary = hasByteOrderMark(bytes) ? undefined : binaryType(bytes, extension);
  if (binary !== undefined) return cut(`${size}, ${binary}; its content is not shown`, maxCharacters);
  const { text, notes } = readFileText(bytes);
  const most = Math.ceil(maxCharacters / LEAST_ROW);
  const { facts, ends } = describeText(text, KINDS[extension] ?? KINDS[mimeType ?? ""] ?? "text", most);
  const all = escapeInvisible([size, ...facts, ...notes].join(", "));
  const room = (ending: string) => maxCharacters - all.length - ending.length - 1;
  const whole = wholeText(text, room(WHOLE));
  if (whole !== undefined) return `${all}${WHOLE}\n${whole}`;
  const excerpt = excerptOf(ends, room(EXCERPT));
  return excerpt === "" ? cut(`${all}${NOTHING}`, maxCharacters) : `${all}${EXCERPT}\n${excerpt}`;
}

/** The end of the line of facts, depending on what follows it. */
const WHOLE = "; all of it:";
const EXCERPT = "; its beginning and its end:";
const NOTHING = "; its content is not shown";

function describeText(text: string, kind: TextKind, most: number): TextDescription {
  switch (kind) {
    case "CSV":
    case "TSV":
      return describeTable(text, kind, most);
    case "JSON":
      return describeJson(text, most) ?? describeJsonLines(text, most) ?? unlike("JSON", text, most);
    case "JSON lines":
      return describeJsonLines(text, most) ?? describeJson(text, most) ?? unlike("JSON lines", text, most);
    case "text":
      return named("text", describeLines(text, most));
  }
}

function unlike(kind: string, text: string, most: number): TextDescription {
  return named(`text that is not ${kind}`, describeLines(text, most));
}

function named(kind: string, { facts, ends }: TextDescription): TextDescription {
  return { facts: [kind, ...facts], ends };
}

function cut(line: string, maxCharacters: number): string {
  if (line.length <= maxCharacters) return line;
  const end = isHighSurrogate(line.charCodeAt(maxCharacters - 1)) ? maxCharacters - 1 : maxCharacters;
  return line.slice(0, Math.max(0, end));
}
