/**
 * Folds a long text to its beginning and its end, where it grows.
 *
 * @module
 */

import { type AnsiPiece, plainText } from "./ansi_lines.ts";

/** The number of lines above which a text is folded. */
const FOLDED_OVER_LINES = 60;

/** The number of lines shown at each end. */
const SHOWN_LINES = 20;

/** The number of characters above which a text is folded. A single line of them would fill many screens. */
const FOLDED_OVER_CHARACTERS = 12_000;

/** The most characters shown at each end. */
const SHOWN_CHARACTERS = 2_000;

export interface FoldedLines {
  head: AnsiPiece[][];
  tail: AnsiPiece[][];
  middle: string;
  /** Says how much text is hidden: `4,960 more lines`. */
  hidden: string;
}

/** Returns `undefined` for a text that is short enough. */
export function foldLines(lines: readonly AnsiPiece[][]): FoldedLines | undefined {
  const total = charactersIn(lines);
  if (lines.length <= FOLDED_OVER_LINES && total <= FOLDED_OVER_CHARACTERS) return undefined;
  const isOfManyLines = lines.length > 2 * SHOWN_LINES;
  const half = Math.ceil(lines.length / 2);
  const head = cut(isOfManyLines ? lines.slice(0, SHOWN_LINES) : lines.slice(0, half), "start");
  // Both ends of a single line are shown.
  const rest = isOfManyLines ? lines.slice(-SHOWN_LINES) : lines.slice(lines.length === 1 ? 0 : half);
  const tail = cut(rest, "end");
  const hiddenLines = lines.length - head.length - tail.length;
  const hiddenCharacters = total - charactersIn(head) - charactersIn(tail);
  const hidden = hiddenLines > 0
    ? `${hiddenLines.toLocaleString("en")} more lines`
    : `${hiddenCharacters.toLocaleString("en")} more characters`;
  const text = plainText(lines);
  const middle = text.slice(plainText(head).length, text.length - plainText(tail).length).replaceAll(/^\n|\n$/g, "");
  return { head, tail, middle, hidden };
}

/** Keeps as many characters as may be shown, counted from one end. */
function cut(lines: readonly AnsiPiece[][], end: "start" | "end"): AnsiPiece[][] {
  let left = SHOWN_CHARACTERS;
  const kept: AnsiPiece[][] = [];
  const inOrder = <Item>(items: readonly Item[]) => end === "start" ? items : items.toReversed();
  for (const line of inOrder(lines)) {
    if (left <= 0) break;
    const pieces: AnsiPiece[] = [];
    for (const piece of inOrder(line)) {
      if (left <= 0) break;
      const text = end === "start" ? piece.text.slice(0, left) : piece.text.slice(-left);
      pieces.push({ ...piece, text });
      left -= text.length;
    }
    kept.push([...inOrder(pieces)]);
    left--;
  }
  return [...inOrder(kept)];
}

function charactersIn(lines: readonly AnsiPiece[][]): number {
  return lines.flat().reduce((sum, { text }) => sum + text.length, 0);
}
