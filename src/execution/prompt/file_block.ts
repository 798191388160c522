/**
 * Formats files as part of a message. They precede the cell that names them. The first line of each contains the facts, and the
 * lines of the file follow with marks in front.
 *
 * @module
 */

import { escapeInvisible, GAP_MARK, LINE_MARK } from "../../files/excerpt.ts";
import type { CellFile } from "../cell_file.ts";

/** The number of characters of a name that are written. The code contains the full name. */
const MAX_NAME = 200;

/** The files at the beginning of a text, as the source of a regular expression. It matches whole lines or nothing. */
export const FILE_BLOCKS = String.raw`(?:File "[^\n]*\n(?:(?:\| |\[\.\.\. )[^\n]*\n)*)*`;

const AT_BEGINNING = new RegExp(`^${FILE_BLOCKS}`);

/** The first line of a file. */
const FIRST_LINE = /^File ("(?:[^"\\]|\\.)*"): (.*)$/;

/**
 * Formats files as whole lines, or as the empty text if there are none. No line of a description can be mistaken for a cell's
 * prompt, for another file, or for another part of the message.
 */
export function formatFiles(files: readonly CellFile[]): string {
  return files.map((file) => {
    const block = blocks.get(file) ?? formatFile(file);
    blocks.set(file, block);
    return block;
  }).join("");
}

/** The formatted files, cached because every request contains those of all earlier cells. */
const blocks = new WeakMap<CellFile, string>();

function formatFile({ name, description }: CellFile): string {
  const [facts, ...lines] = description.split(/\r\n|\r|\n/).map(escapeInvisible);
  return [`File ${quote(name)}: ${facts}`, ...lines.map(mark)].join("\n") + "\n";
}

/** Removes the files that {@linkcode formatFiles} wrote at the beginning of a text. */
export function withoutFiles(text: string): string {
  return text.replace(AT_BEGINNING, "");
}

/** Parses the files that {@linkcode formatFiles} wrote at the beginning of a text. */
export function readFiles(text: string): Pick<CellFile, "name" | "description">[] {
  const files: { name: string; description: string }[] = [];
  for (const line of AT_BEGINNING.exec(text)![0].split("\n").slice(0, -1)) {
    const first = FIRST_LINE.exec(line);
    if (first !== null) files.push({ name: JSON.parse(first[1]), description: first[2] });
    else if (files.length > 0) files[files.length - 1].description += `\n${line}`;
  }
  return files;
}

function quote(name: string): string {
  return escapeInvisible(JSON.stringify(name.length > MAX_NAME ? `${name.slice(0, MAX_NAME)}...` : name));
}

function mark(line: string): string {
  return line.startsWith(LINE_MARK) || line.startsWith(GAP_MARK) ? line : LINE_MARK + line;
}
