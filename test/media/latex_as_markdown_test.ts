/**
 * Conversion to Markdown of LaTeX as IPython's `Math` and `Latex`, SymPy and models write it.
 *
 * @module
 */

import assert from "node:assert/strict";
import { latexAsMarkdown } from "../../src/media/latex_as_markdown.ts";

const cases: [what: string, latex: string, markdown: string][] = [
  ["an inline formula unchanged", String.raw`$\displaystyle x^2$`, String.raw`$\displaystyle x^2$`],
  ["a text with inline formulas unchanged", "Let $x$ and $y$ be given.", "Let $x$ and $y$ be given."],
  ["a formula between $$ on separate lines", "$$x^2$$", "$$\nx^2\n$$"],
  ["a formula of several lines between $$ on separate lines", "$$a\n= b$$\n", "$$\na\n= b\n$$"],
  ["a formula that is already on separate lines unchanged", "$$\nx\n$$", "$$\nx\n$$"],
  ["a formula without delimiters between $$", "x^2", "$$\nx^2\n$$"],
  [
    "an environment between $$",
    String.raw`\begin{align}a&=b\\[1ex]c&=d\end{align}`,
    "$$\n\\begin{align}a&=b\\\\[1ex]c&=d\\end{align}\n$$",
  ],
  [
    "a formula that contains an environment between $$",
    String.raw`A = \begin{pmatrix}1\end{pmatrix}`,
    "$$\nA = \\begin{pmatrix}1\\end{pmatrix}\n$$",
  ],
  ["a formula with an escaped dollar sign between $$", String.raw`\text{costs \$5}`, "$$\n\\text{costs \\$5}\n$$"],
  [
    "a formula in \\(...\\) between $",
    String.raw`for all \( x \) of \(\mathbb{R}\)`,
    String.raw`for all $x$ of $\mathbb{R}$`,
  ],
  ["a formula in \\[...\\] between $$", String.raw`\[ x^2 \]`, "$$\nx^2\n$$"],
  ["a formula in \\[...\\] within a text between $$", String.raw`Then \[x\] holds.`, "Then \n$$\nx\n$$\n holds."],
  [
    "an environment within a text between $$",
    String.raw`With $x$: \begin{equation*}y\end{equation*}`,
    "With $x$: \n$$\n\\begin{equation*}y\\end{equation*}\n$$",
  ],
  [
    "an environment in \\[...\\] between $$",
    String.raw`\[\begin{matrix}1\end{matrix}\]`,
    "$$\n\\begin{matrix}1\\end{matrix}\n$$",
  ],
  [
    "brackets within an inline formula unchanged",
    String.raw`$\left[x\right] \\[1ex] \$$`,
    String.raw`$\left[x\right] \\[1ex] \$$`,
  ],
  ["line breaks with a height outside formulas unchanged", String.raw`$x$ \\[1ex] y`, String.raw`$x$ \\[1ex] y`],
];

for (const [what, latex, markdown] of cases) {
  Deno.test(`latexAsMarkdown() writes ${what}`, () => assert.equal(latexAsMarkdown(latex), markdown));
}

Deno.test("latexAsMarkdown() reads 100 KB of unfinished formulas quickly", () => {
  for (const beginning of ["\\(", "\\[", "$$ $", "\\begin{a}", "\\\\", "$\\(\\["]) {
    const startedAt = performance.now();
    latexAsMarkdown(`$x$ ${beginning.repeat(100_000 / beginning.length)}`);
    const ms = performance.now() - startedAt;
    assert.ok(ms < 5_000, `${beginning}: ${ms} ms`);
  }
});
