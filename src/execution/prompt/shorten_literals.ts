/**
 * Shortens a cell's code by removing the middles of large literals and of text that is not Python.
 *
 * @module
 */

import { cellMagicBody, normalizeCell } from "../../python/cell_source.ts";
import { type Cut, literalCuts } from "../../python/literal_cuts.ts";
import { readPython } from "../../python/read_python.ts";
import { shorten } from "./shorten.ts";

/** Code that does not parse may keep this many times the limit of a literal. */
const BROKEN_FACTOR = 4;

/**
 * Shortens a cell's literals and comments. The first and the last items are kept, with a marker between them: `[1, 2, [... 4,994
 * items, 24,310 characters left out ...], 4999]`. All other Python code is kept. The body of a cell magic such as `%%writefile`,
 * and code that does not parse, is cut in the middle. Takes time linear in the length of the code.
 *
 * @param code the cell's code as it was typed
 * @param limit the number of characters that a literal may keep
 * @returns the same code if nothing is cut
 */
export function shortenLiterals(code: string, limit: number): string {
  if (code.length <= limit) return code;
  const cell = normalizeCell(code);
  const body = cellMagicBody(cell);
  const bodyStart = body === undefined ? 0 : cell.indexOf("\n") + 1;
  if (body === "" && bodyStart > 0) return cell.slice(0, bodyStart) + shorten(cell.slice(bodyStart), limit);
  const python = body ?? cell;
  const { code: source, tree, parses } = readPython(python);
  const cuts = literalCuts(tree, source, limit);
  const cut = cuts.length === 0 ? code : cell.slice(0, bodyStart) + applyCuts(python, placeCuts(cuts, source, python));
  return parses ? cut : shorten(cut, BROKEN_FACTOR * limit);
}

function applyCuts(text: string, cuts: readonly Cut[]): string {
  let shortened = "";
  let done = 0;
  for (const { from, to, marker } of cuts) {
    shortened += text.slice(done, from) + marker;
    done = to;
  }
  return shortened + text.slice(done);
}

/** Moves cuts from the code with replaced magics to the original cell. If a line was replaced in part, its end is unchanged. */
function placeCuts(cuts: readonly Cut[], source: string, cell: string): Cut[] {
  if (source === cell) return [...cuts];
  const [ends, cellEnds] = [lineEnds(source), lineEnds(cell)];
  let line = 0;
  const place = (index: number): number => {
    while (ends[line] < index) line += 1;
    return cellEnds[line] - (ends[line] - index);
  };
  return cuts.map(({ from, to, marker }) => ({ from: place(from), to: place(to), marker }));
}

function lineEnds(text: string): number[] {
  let end = -1;
  return text.split("\n").map((line) => end += line.length + 1);
}
