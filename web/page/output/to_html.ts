/**
 * Turns markdown and formulas into HTML, which is not yet safe. Needs no DOM: the page and its worker both do it.
 *
 * @module
 */

import katex, { type KatexOptions } from "katex";
import { Marked } from "marked";
import katexExtension from "marked-katex-extension";

/** A text that is drawn as HTML. */
export interface Markup {
  kind: "markdown" | "latex";
  source: string;
}

/** MathML needs neither styles nor fonts, and a screen reader can read it. Lengths are capped at 50 em, about a page. */
const FORMULAS: KatexOptions = { output: "mathml", throwOnError: false, maxSize: 50, maxExpand: 1_000 };

const marked = new Marked(katexExtension({ ...FORMULAS, nonStandard: true }), { gfm: true });

/** What IPython puts around a formula. */
const DELIMITERS = /^\s*\$\$?|\$\$?\s*$|^\s*\\\[|\\\]\s*$/g;

/**
 * Turns a text into HTML.
 *
 * @throws `RangeError` when it is nested more deeply than the stack allows
 */
export function toHtml({ kind, source }: Markup): string {
  if (kind === "markdown") return marked.parse(source, { async: false });
  const formula = source.replace(DELIMITERS, "").replace(/^\s*\\displaystyle/, "");
  return katex.renderToString(formula, { ...FORMULAS, displayMode: true });
}
