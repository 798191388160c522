/**
 * Reads tables of delimited text: CSV as RFC 4180 has it, with any delimiter and any line ends.
 *
 * @module
 */

/** A row: its place in the text and its fields. */
export interface DelimitedRow {
  /** Where it begins. */
  from: number;
  /** Where it ends, without its line end. */
  to: number;
  /** The line on which it begins, from 1. */
  line: number;
  /** How many fields it has. */
  count: number;
  /** Their texts without quotes; only of rows that were asked for with them. */
  fields: string[];
  /** Whether a quote in it is never closed, so that it goes on to the end of the text. */
  isOpen: boolean;
}

/**
 * Goes through the rows of a text, in linear time. A quote counts where it begins a field; `""` in such a field is a quote. Lines
 * without any character are no rows.
 *
 * @param text the table
 * @param delimiter one character
 * @param withFields how many rows have their fields read. Default: none
 */
export function* readRows(text: string, delimiter: string, withFields = 0): Generator<DelimitedRow> {
  let line = 1;
  for (let at = 0, rows = 0; at < text.length;) {
    const row: DelimitedRow = { from: at, to: at, line, count: 1, fields: [], isOpen: false };
    const wantsFields = rows < withFields;
    for (let start = at;; start = at) {
      if (text[at] === '"') {
        const end = endOfQuoted(text, at);
        row.isOpen ||= end === undefined;
        const to = end ?? text.length;
        line += countLineEnds(text, at, to);
        at = to;
      }
      while (at < text.length && text[at] !== delimiter && text[at] !== "\n" && text[at] !== "\r") at += 1;
      if (wantsFields) row.fields.push(fieldOf(text.slice(start, at)));
      if (text[at] !== delimiter) break;
      row.count += 1;
      at += 1;
    }
    row.to = at;
    at += text[at] === "\r" && text[at + 1] === "\n" ? 2 : 1;
    line += 1;
    if (row.to === row.from) continue;
    rows += 1;
    yield row;
  }
}

/** Where a quoted field has ended, behind its quote; `undefined` if it has not. */
function endOfQuoted(text: string, start: number): number | undefined {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at + 1;
  }
  return undefined;
}

function countLineEnds(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at++) {
    if (text[at] === "\n" || (text[at] === "\r" && text[at + 1] !== "\n")) count += 1;
  }
  return count;
}

function fieldOf(source: string): string {
  const quoted = /^"((?:[^"]|"")*)"/.exec(source);
  return quoted === null ? source : quoted[1].replaceAll('""', '"') + source.slice(quoted[0].length);
}
