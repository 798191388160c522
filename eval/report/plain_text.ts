/**
 * Formats tables and paragraphs for a terminal of 80 columns.
 *
 * @module
 */

import { withoutControls } from "../../src/terminal/control_filter.ts";

/** The widest line, in columns. */
export const COLUMNS = 80;

/** The narrowest first column. */
const SHORTEST_LABEL = 8;

const GAP = "  ";

/** Makes a foreign name safe to print: on one line, without control characters. */
export function safeName(name: string): string {
  return withoutControls(name).replace(/\s+/g, " ").trim();
}

/**
 * Formats a table: the first column aligned left, and shortened if the table is too wide; the others aligned right.
 *
 * @param rows of equal length, the heading first
 */
export function textTable(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => width(row[column]))));
  const others = widths.slice(1).reduce((total, next) => total + GAP.length + next, 0);
  widths[0] = Math.min(widths[0], Math.max(SHORTEST_LABEL, COLUMNS - others));
  const line = ([label, ...figures]: readonly string[]) =>
    [cut(label, widths[0]), ...figures.map((figure, index) => padStart(figure, widths[index + 1]))].join(GAP);
  return rows.map((row) => line(row).trimEnd() + "\n").join("");
}

/** Breaks text between words into lines of at most {@linkcode COLUMNS} columns; later lines are indented by two. */
export function paragraph(text: string): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && width(line) + 1 + width(word) > COLUMNS) {
      lines.push(line);
      line = `  ${word}`;
    } else {
      line += line === "" ? word : ` ${word}`;
    }
  }
  return [...lines, line].join("\n") + "\n";
}

function cut(text: string, columns: number): string {
  const characters = [...text];
  if (characters.length > columns) return characters.slice(0, columns - 1).join("") + "…";
  return text + " ".repeat(columns - characters.length);
}

function padStart(text: string, columns: number): string {
  return " ".repeat(columns - width(text)) + text;
}

function width(text: string): number {
  return [...text].length;
}
