/**
 * Lays out the text of a cell that is being typed in the rows of a terminal.
 *
 * @module
 */

import stringWidth from "string-width";
import { highlightPython } from "../python/highlight_python.ts";
import { codePalette } from "../terminal/code_palette.ts";
import type { Style } from "../terminal/style.ts";
import { characters } from "./characters.ts";

export interface CellText {
  /** The text, without control sequences. */
  text: string;
  /** The offset of the cursor in the text. */
  cursor: number;
  /** The prompt before the first line: `In [1]: `. */
  prompt: string;
  /** A row below the last line. Default: none. */
  footer?: string;
  /** Whether the text is plain text, not Python. Default: false. */
  isPlain?: boolean;
}

export interface CellLayout {
  /** The rows with their colours, none wider than the terminal. */
  rows: string[];
  /** The position of the cursor, from 0. */
  cursor: { row: number; column: number };
}

/** The text that is shown for a tab. */
const TAB = "    ";

// deno-lint-ignore no-control-regex -- the pattern matches colours
const SGR = /(\x1b\[[0-9;]*m)/;

/** Lays out a cell as IPython does, with `   ...: ` before each line except the first. */
export function layOutCell(
  { text, cursor, prompt, footer, isPlain = false }: CellText,
  columns: number,
  style: Style,
): CellLayout {
  const continuation = "...: ".padStart(prompt.length);
  const rows: string[] = [];
  const at = { row: 0, column: 0 };
  let row = "";
  let column = 0;
  let offset = 0;
  const wrap = () => {
    rows.push(row);
    row = "";
    column = 0;
  };
  const markCursor = (length = 1) => {
    if (cursor < offset || cursor >= offset + length) return;
    if (column === columns) wrap();
    Object.assign(at, { row: rows.length, column });
  };
  (isPlain ? text : highlightPython(text, codePalette(style))).split("\n").forEach((line, index) => {
    if (index > 0) {
      offset += 1;
      wrap();
    }
    row += index === 0 ? style.paint("green", prompt) : style.paint("dim", continuation);
    column = prompt.length;
    for (const piece of line.split(SGR)) {
      if (SGR.test(piece)) {
        row += piece;
        continue;
      }
      for (const { segment } of characters.segment(piece)) {
        const shown = segment === "\t" ? TAB : segment;
        const width = widthOf(shown);
        markCursor(segment.length);
        if (column + width > columns) wrap();
        row += shown;
        column += width;
        offset += segment.length;
      }
    }
    markCursor();
  });
  rows.push(row);
  if (footer !== undefined) rows.push(style.paint("dim", lastColumns(footer, columns)));
  return { rows, cursor: at };
}

/** Returns the end of a text, as much as fits in a row. */
function lastColumns(text: string, columns: number): string {
  const shown = [...characters.segment(text)].map(({ segment }) => segment);
  let width = shown.reduce((sum, character) => sum + widthOf(character), 0);
  while (width > columns) width -= widthOf(shown.shift()!);
  return shown.join("");
}

/** Returns the width of a character, in columns. For ASCII, it is known without a search in Unicode's tables. */
function widthOf(character: string): number {
  return /^[ -~]+$/.test(character) ? character.length : stringWidth(character);
}
