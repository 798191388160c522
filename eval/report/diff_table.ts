/**
 * Draws two texts side by side and marks the differences.
 *
 * @module
 */

import { counted } from "../../src/terminal/counted.ts";
import { count } from "./figures.ts";
import { type Html, markup } from "./markup.ts";
import { diffLines, type DiffRow } from "./line_diff.ts";

/** The most lines of a difference that are not folded. */
const LINES_OPEN = 24;

/** How much of a text is compared, in UTF-16 units: a browser must still be able to open the page. */
const LONGEST_TEXT = 20_000;

/** The sides are below each other on a narrow screen. */
export function diffTable(expected: string, actual: string): Html {
  if (expected === actual) return markup`<p class="note">They differ in colours or control characters only.</p>`;
  const rows = diffLines(expected.slice(0, LONGEST_TEXT), actual.slice(0, LONGEST_TEXT));
  const table = markup`<table class="diff">
<thead><tr><th scope="col">Expected${nothing(expected)}</th><th scope="col">Actual${nothing(actual)}</th></tr></thead>
<tbody>${rows.map(row)}</tbody>
</table>${cutNote(Math.max(expected.length, actual.length))}`;
  if (rows.length <= LINES_OPEN) return table;
  const different = rows.filter(({ expected, actual }) => expected !== actual).length;
  return markup`<details><summary>${counted(rows.length, "line")}, ${count(different)} of them not as expected</summary>
${table}</details>`;
}

function nothing(text: string): Html | undefined {
  return text === "" ? markup` <span class="note">nothing</span>` : undefined;
}

function cutNote(longest: number): Html | undefined {
  if (longest <= LONGEST_TEXT) return undefined;
  return markup`<p class="note">Only the first ${count(LONGEST_TEXT)} of ${
    counted(longest, "character")
  } are shown.</p>`;
}

function row({ expected, actual }: DiffRow): Html {
  if (expected !== undefined && expected === actual) {
    return markup`<tr class="same"><td>${bare(expected)}</td><td>${bare(actual)}</td></tr>`;
  }
  if (expected === undefined) return markup`<tr><td></td><td class="ins"><ins>${bare(actual!)}</ins></td></tr>`;
  if (actual === undefined) return markup`<tr><td class="del"><del>${bare(expected)}</del></td><td></td></tr>`;
  const [left, right] = markDifference(expected, actual);
  return markup`<tr><td class="del"><del>${left}</del></td><td class="ins"><ins>${right}</ins></td></tr>`;
}

/** Marks two lines between their common beginning and their common end. */
function markDifference(expected: string, actual: string): [Html, Html] {
  const left = [...expected];
  const right = [...actual];
  const shorter = Math.min(left.length, right.length);
  let head = 0;
  while (head < shorter && left[head] === right[head]) head++;
  let tail = 0;
  while (tail < shorter - head && left.at(-1 - tail) === right.at(-1 - tail)) tail++;
  const marked = (line: string[]) => {
    const inner = line.slice(head, line.length - tail).join("");
    const mark = inner === "" ? undefined : markup`<mark>${visible(inner)}</mark>`;
    const end = line.slice(line.length - tail).join("");
    return markup`${visible(line.slice(0, head).join(""))}${mark}${bare(end)}`;
  };
  return [marked(left), marked(right)];
}

/** Removes the newline at the end of a line. */
function bare(line: string): string {
  return visible(line.replace(/\n$/, ""));
}

/** Makes line ends visible. */
function visible(text: string): string {
  return text.replaceAll("\r", "␍").replaceAll("\n", "⏎");
}
