/**
 * LaTeX as markdown with formulas, for viewers that draw formulas in markdown alone.
 *
 * @module
 */

/**
 * An escaped character, an inline formula, or a formula on lines of its own, whichever comes first. A formula between brackets ends
 * where another begins, and an environment within 2,000 characters, so that a text of mere beginnings is read in linear time.
 */
const FORMULA = new RegExp(
  [
    String.raw`\\[\\$]`,
    String.raw`\$\$(?<dollars>[^]*?)\$\$`,
    String.raw`\$(?:\\[^]|[^\\$])+\$`,
    String.raw`\\\((?<inline>(?:\\\\|(?!\\[()])[^])*)\\\)`,
    String.raw`\\\[(?<brackets>(?:\\\\|(?!\\[[\]])[^])*)\\\]`,
    String.raw`(?<environment>\\begin\{(?<name>\w+\*?)\}[^]{0,2000}?\\end\{\k<name>\})`,
  ].join("|"),
  "g",
);

/** What tells a text with formulas in it from a formula. */
const DELIMITER = /(?<!\\)(?:\\\\)*(?:\$|\\[([])/;

/**
 * Writes LaTeX as markdown: inline formulas between `$`, others between lines of `$$`, as remark-math and Jupyter read them. On a
 * line with its formula, `$$` is an inline formula for remark-math.
 *
 * @param latex a formula with or without delimiters, an environment, or a text with formulas in it
 */
export function latexAsMarkdown(latex: string): string {
  if (!DELIMITER.test(latex)) return ownLines(latex);
  return latex.replace(FORMULA, (match, ...rest) => {
    const { dollars, inline, brackets, environment } = rest.at(-1) as Record<string, string | undefined>;
    const formula = dollars ?? brackets ?? environment;
    if (formula !== undefined) return `\n${ownLines(formula)}\n`;
    return inline === undefined ? match : `$${inline.trim()}$`;
  }).trim();
}

function ownLines(formula: string): string {
  return `$$\n${formula.trim()}\n$$`;
}
