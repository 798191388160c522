/**
 * Converts LaTeX to Markdown with formulas, for viewers that render formulas only in Markdown.
 *
 * @module
 */

/**
 * An escaped character, an inline formula or a display formula. A formula in brackets ends where another one begins, and an
 * environment has at most 2,000 characters. Therefore a text with many unclosed formulas is still read in linear time.
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

/** A formula delimiter. A text without one is a formula as a whole. */
const DELIMITER = /(?<!\\)(?:\\\\)*(?:\$|\\[([])/;

/**
 * Converts LaTeX to Markdown: inline formulas between `$`, display formulas between lines of `$$`, as remark-math and Jupyter
 * expect them. remark-math would treat `$$` on the same line as inline.
 *
 * @param latex a formula with or without delimiters, an environment, or a text that contains formulas
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
