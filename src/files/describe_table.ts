/**
 * Describes a table of delimited text.
 *
 * @module
 */

import type { TextEnds } from "./excerpt.ts";
import { readRows } from "./delimited_reader.ts";
import { EndParts } from "./end_parts.ts";
import { formatCount } from "./file_size.ts";
import { tableForm } from "./table_form.ts";

/** Facts about a text, and its first and last lines. */
export interface TextDescription {
  /** The facts, in the order in which they are shown. */
  facts: string[];
  /** The first and last lines or rows; a header is the first row. */
  ends: TextEnds;
}

/** The names of delimiters that differ from the usual one of the file's kind. */
const DELIMITER_NAMES: Readonly<Record<string, string>> = { "\t": "tabs", ",": "commas" };

/**
 * Describes a table by its delimiter, its header and its number of rows.
 *
 * @param kind also determines the usual delimiter
 * @param most the number of first and of last rows that are kept
 */
export function describeTable(text: string, kind: "CSV" | "TSV", most: number): TextDescription {
  const usual = kind === "CSV" ? "," : "\t";
  const { delimiter, hasHeader } = tableForm(text, usual);
  const parts = new EndParts(text, most);
  let columns = 0;
  let uneven = "";
  let open = "";
  for (const { from, to, line, count, isOpen } of readRows(text, delimiter)) {
    if (columns === 0) columns = count;
    if (count > columns && uneven === "") uneven = `line ${line} has ${formatCount(count, "field")}`;
    if (isOpen) open = `a quote in the row on line ${line} is never closed`;
    parts.add(from, to);
  }
  const { head, tail, count } = parts;
  const rows = formatCount(hasHeader ? count - 1 : count, "row");
  const separated = delimiter === usual ? "" : ` separated by ${DELIMITER_NAMES[delimiter] ?? delimiter}`;
  const facts = [
    kind + separated,
    formatCount(columns, "column"),
    hasHeader ? `${rows} below the header` : `${rows}, no header`,
    ...[uneven, open].filter((fact) => fact !== ""),
  ];
  return { facts, ends: { head, tail, count, noun: "row" } };
}
