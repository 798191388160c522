/**
 * Detects the delimiter of a table, and whether its first row is a header.
 *
 * @module
 */

import { readRows } from "./delimited_reader.ts";

/** The delimiters that are tried, most likely first. */
const DELIMITERS = [",", ";", "\t", "|"];

/** The part of a table that is examined, in characters and in rows. */
const SAMPLE_CHARACTERS = 65_536;
const SAMPLE_ROWS = 50;

/** A number as it is written in tables: `-1.5e3`, `1,234.5`, `1.234,5`, `12 %`. */
const NUMBER = /^[-+]?[$€£]?\d[\d.,' ]*(?:e[-+]?\d+)?\s*%?$/i;

/** A date or a time. */
const DATE = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ][\d:.,+Z-]*)?$|^\d{1,2}:\d{2}(?::\d{2})?$/;

/** A year as the name of a column. */
const YEAR = /^(?:1[89]|20)\d\d$/;

export interface TableForm {
  delimiter: string;
  /** Whether the first row names the columns. */
  hasHeader: boolean;
}

/** Examines the beginning of a table. The `preferred` delimiter is used if no other fits better. */
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

/** Returns the share of rows that have as many fields as the first row, or 0 if the first row has only one field. */
function fitOf(rows: readonly string[][]): number {
  const columns = rows[0]?.length ?? 0;
  return columns < 2 ? 0 : rows.filter(({ length }) => length === columns).length / rows.length;
}

/** Whether a row consists of names. Only the first name may be blank. Dates are not names; numbers are names only if they are years. */
function hasHeader([first = []]: readonly string[][]): boolean {
  const names = first.map((field) => field.trim());
  const isName = (name: string, index: number) =>
    (name !== "" || index === 0) && !DATE.test(name) && (!NUMBER.test(name) || (YEAR.test(name) && names.length > 1));
  return names.length > 0 && names.every(isName) && !names.every((name) => YEAR.test(name) || name === "");
}
