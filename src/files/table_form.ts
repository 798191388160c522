/**
 * Finds out how a table of delimited text is written: its delimiter, and whether its first row is a header.
 *
 * @module
 */

import { readRows } from "./delimited_reader.ts";

/** The delimiters that are tried, the likelier first. */
const DELIMITERS = [",", ";", "\t", "|"];

/** How much of a table is looked at, in characters and in rows. */
const SAMPLE_CHARACTERS = 65_536;
const SAMPLE_ROWS = 50;

/** A number as tables have it: `-1.5e3`, `1,234.5`, `1.234,5`, `12 %`. */
const NUMBER = /^[-+]?[$€£]?\d[\d.,' ]*(?:e[-+]?\d+)?\s*%?$/i;

/** A date or a time. */
const DATE = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ][\d:.,+Z-]*)?$|^\d{1,2}:\d{2}(?::\d{2})?$/;

/** What a column of one year each may be called. */
const YEAR = /^(?:1[89]|20)\d\d$/;

/** How a table is written. */
export interface TableForm {
  delimiter: string;
  /** Whether the first row names the columns. */
  hasHeader: boolean;
}

/**
 * Looks at the beginning of a table.
 *
 * @param text the table
 * @param preferred the delimiter that counts where another fits no better
 */
export function tableForm(text: string, preferred: string): TableForm {
  const sample = text.slice(0, SAMPLE_CHARACTERS);
  const tried = [preferred, ...DELIMITERS.filter((each) => each !== preferred)].map((delimiter) => {
    const rows = sampleRows(sample, delimiter, sample.length < text.length);
    return { delimiter, rows, fit: fitOf(rows) };
  });
  const { delimiter, rows } = tried.reduce((best, each) => each.fit > best.fit ? each : best);
  return { delimiter, hasHeader: hasHeader(rows) };
}

function sampleRows(sample: string, delimiter: string, isCut: boolean): string[][] {
  const rows: string[][] = [];
  for (const { fields } of readRows(sample, delimiter, SAMPLE_ROWS)) {
    rows.push(fields);
    if (rows.length === SAMPLE_ROWS) return rows;
  }
  return isCut && rows.length > 1 ? rows.slice(0, -1) : rows;
}

/** The share of rows that have as many fields as the first one; 0 where that has one field. */
function fitOf(rows: readonly string[][]): number {
  const columns = rows[0]?.length ?? 0;
  return columns < 2 ? 0 : rows.filter(({ length }) => length === columns).length / rows.length;
}

/** A row of names: no blank or twice the same but for the first, no date, and no number but for years. */
function hasHeader([first = []]: readonly string[][]): boolean {
  const names = first.map((field) => field.trim());
  const isName = (name: string, index: number) =>
    (name !== "" || index === 0) && !DATE.test(name) && (!NUMBER.test(name) || (YEAR.test(name) && names.length > 1));
  return names.length > 0 && names.every(isName) && !names.every((name) => YEAR.test(name) || name === "");
}
