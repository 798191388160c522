/**
 * Reads tables of delimited text: CSV as in RFC 4180, but with any delimiter and any line ends.
 *
 * @module
 */

export interface DelimitedRow {
  /** The offset of its first character. */
  from: number;
  /** The offset behind its last character, without the line end. */
  to: number;
  /** The number of the line on which it begins. The first line is 1. */
  line: number;
  /** The number of fields. */
  count: number;
  /** The fields without quotes. Empty for rows after the first `withFields` rows. */
  fields: string[];
  /** Whether a quoted field is never closed. The row then extends to the end of the text. */
  isOpen: boolean;
}

/**
 * Yields the rows of a text, in linear time. A quote has a meaning only at the beginning of a field; within such a field, `""` is
 * one quote. Empty lines are skipped.
 *
 * @param delimiter one character
 * @param withFields the number of rows whose fields are read. Default: 0
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

/** Returns the offset behind the closing quote, or `undefined` if there is none. */
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
