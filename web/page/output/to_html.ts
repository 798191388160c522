/**
 * Converts Markdown and formulas to HTML that is not safe yet. It needs no DOM, so both the page and its worker can do it.
 *
 * @module
 */

import katex, { type KatexOptions } from "katex";
import { Marked } from "marked";
import katexExtension from "marked-katex-extension";

export interface Markup {
  kind: "markdown" | "latex";
  source: string;
}

/** MathML needs neither styles nor fonts, and a screen reader can read it. Lengths are capped at 50 em, about a page. */
const FORMULAS: KatexOptions = { output: "mathml", throwOnError: false, maxSize: 50, maxExpand: 1_000 };

const marked = new Marked(katexExtension({ ...FORMULAS, nonStandard: true }), { gfm: true });

/** The delimiters that IPython puts around a formula. */
const DELIMITERS = /^\s*\$\$?|\$\$?\s*$|^\s*\\\[|\\\]\s*$/g;

/**
 * Converts a text to unsafe HTML.
 *
 * @throws {RangeError} if the text is nested more deeply than the stack allows
 */
export function toHtml({ kind, source }: Markup): string {
  if (kind === "markdown") return marked.parse(source, { async: false });
  const formula = source.replace(DELIMITERS, "").replace(/^\s*\\displaystyle/, "");
  return katex.renderToString(formula, { ...FORMULAS, displayMode: true });
}
