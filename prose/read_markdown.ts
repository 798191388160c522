/**
 * Reads the prose of Markdown files.
 *
 * @module
 */

import { blankInlineCode, type ProseItem } from "./prose_item.ts";

/** Returns the paragraphs of a Markdown file, without its code blocks; code between backticks is blanked. */
export function readMarkdown(source: string): ProseItem[] {
  const prose = source
    .replace(/^( *)(```+|~~~+)[^]*?^\1\2 *$/gm, (block) => block.replace(/[^\n]/g, ""))
    .replace(/^(?: {4}|\t)(?![-*\d]).*/gm, "")
    .replace(/(?<=\]\()[^)\s]+/g, (address) => "_".repeat(address.length));
  const items: ProseItem[] = [];
  let line = 1;
  for (const part of prose.split(/(\n(?:[ \t]*\n)+)/)) {
    if (part.trim() !== "") items.push({ kind: "markdown", line, text: blankInlineCode(part) });
    line += part.split("\n").length - 1;
  }
  return items;
}
