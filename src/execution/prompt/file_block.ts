/**
 * How files stand in a turn: before the cell that names them, each on a line of its own that says what it is, and its lines below,
 * behind marks.
 *
 * @module
 */

import { escapeInvisible, GAP_MARK, LINE_MARK } from "../../files/excerpt.ts";
import type { CellFile } from "../cell_file.ts";

/** The longest name that is written, in characters. The code has it in full. */
const MAX_NAME = 200;

/** The files at the beginning of a text, as the source of a regular expression: nothing, or whole lines. */
export const FILE_BLOCKS = String.raw`(?:File "[^\n]*\n(?:(?:\| |\[\.\.\. )[^\n]*\n)*)*`;

const AT_BEGINNING = new RegExp(`^${FILE_BLOCKS}`);

/** The first line of a file. */
const FIRST_LINE = /^File ("(?:[^"\\]|\\.)*"): (.*)$/;

/**
 * Writes files as whole lines; the empty text for none. Whatever is in a description, no line of it can be taken for a cell's prompt,
 * for another file or for what else a turn begins with.
 */
export function formatFiles(files: readonly CellFile[]): string {
  return files.map((file) => {
    const block = blocks.get(file) ?? formatFile(file);
    blocks.set(file, block);
    return block;
  }).join("");
}

/** The files that have been written: every request writes those of all earlier cells. */
const blocks = new WeakMap<CellFile, string>();

function formatFile({ name, description }: CellFile): string {
  const [facts, ...lines] = description.split(/\r\n|\r|\n/).map(escapeInvisible);
  return [`File ${quote(name)}: ${facts}`, ...lines.map(mark)].join("\n") + "\n";
}

/** Takes the files off the beginning of a text that {@linkcode formatFiles} was put before. */
export function withoutFiles(text: string): string {
  return text.replace(AT_BEGINNING, "");
}

/** Reads the files at the beginning of a text that {@linkcode formatFiles} was put before. */
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
