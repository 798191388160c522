/**
 * Light colours for Python source: comments, strings, numbers, keywords.
 *
 * @module
 */

import type { Style, StyleName } from "./style.ts";

/** The keywords of Python 3, with blanks between them. */
export const KEYWORDS =
  "False None True and as assert async await break class continue def del elif else except finally for from global " +
  "if import in is lambda nonlocal not or pass raise return try while with yield";

const styles: { [group: string]: StyleName } = { comment: "dim", string: "yellow", number: "cyan", keyword: "magenta" };

const TOKEN = new RegExp(
  [
    /(?<comment>#[^\n]*)/,
    /(?<string>(?:\b[rbfutRBFUT]{1,2})?(?:"""[^]*?"""|'''[^]*?'''|"(?:\\[^]|[^"\\\n])*"|'(?:\\[^]|[^'\\\n])*'))/,
    /(?<number>\b\d[\w.]*)/,
    new RegExp(`(?<keyword>\\b(?:${KEYWORDS.replaceAll(" ", "|")})\\b)`),
  ].map(({ source }) => source).join("|"),
  "g",
);

/**
 * Colours Python source. It is a tokenizer's guess: what it does not know stays plain.
 *
 * @param code the source, without control sequences
 */
export function highlightPython(code: string, style: Style): string {
  return code.replace(TOKEN, (token, ...rest) => {
    const groups: { [group: string]: string | undefined } = rest.at(-1);
    const [group] = Object.keys(groups).filter((name) => groups[name] !== undefined);
    return style.paint(styles[group], token);
  });
}
