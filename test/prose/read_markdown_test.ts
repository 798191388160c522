/**
 * The parts of a Markdown file that are checked.
 *
 * @module
 */

import assert from "node:assert/strict";
import { readMarkdown } from "../../prose/read_markdown.ts";

const read = (source: string) => readMarkdown(source).map(({ line, text }) => [line, text.trim()]);

Deno.test("readMarkdown() returns paragraphs, headings and tables with their lines", () => {
  assert.deepEqual(read("# Title\n\nTwo lines\nof text.\n\n\n| a | b |\n"), [
    [1, "# Title"],
    [3, "Two lines\nof text."],
    [7, "| a | b |"],
  ]);
});

Deno.test("readMarkdown() leaves out fences, indented blocks, code in backticks and addresses", () => {
  const source = "Before.\n\n```sh\nis told\n```\n\n    is told\n\nThe `is told` of [a page](is_told.md).\n";
  assert.deepEqual(read(source), [[1, "Before."], [9, "The `_______` of [a page](__________)."]]);
});
