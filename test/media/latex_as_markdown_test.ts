/**
 * LaTeX as IPython's `Math` and `Latex`, SymPy and models write it, as markdown.
 *
 * @module
 */

import assert from "node:assert/strict";
import { latexAsMarkdown } from "../../src/media/latex_as_markdown.ts";

const cases: [what: string, latex: string, markdown: string][] = [
  ["an inline formula as it is", String.raw`$\displaystyle x^2$`, String.raw`$\displaystyle x^2$`],
  ["a text with formulas as it is", "Let $x$ and $y$ be given.", "Let $x$ and $y$ be given."],
  ["a formula between $$ on lines of its own", "$$x^2$$", "$$\nx^2\n$$"],
  ["one of several lines", "$$a\n= b$$\n", "$$\na\n= b\n$$"],
  ["one that has lines of its own as it is", "$$\nx\n$$", "$$\nx\n$$"],
  ["a bare formula", "x^2", "$$\nx^2\n$$"],
  [
    "an environment",
    String.raw`\begin{align}a&=b\\[1ex]c&=d\end{align}`,
    "$$\n\\begin{align}a&=b\\\\[1ex]c&=d\\end{align}\n$$",
  ],
  [
    "a bare formula with an environment in it",
    String.raw`A = \begin{pmatrix}1\end{pmatrix}`,
    "$$\nA = \\begin{pmatrix}1\\end{pmatrix}\n$$",
  ],
  ["a bare formula with a dollar sign", String.raw`\text{costs \$5}`, "$$\n\\text{costs \\$5}\n$$"],
  ["parentheses", String.raw`for all \( x \) of \(\mathbb{R}\)`, String.raw`for all $x$ of $\mathbb{R}$`],
  ["brackets", String.raw`\[ x^2 \]`, "$$\nx^2\n$$"],
  ["brackets in a text", String.raw`Then \[x\] holds.`, "Then \n$$\nx\n$$\n holds."],
  [
    "an environment in a text",
    String.raw`With $x$: \begin{equation*}y\end{equation*}`,
    "With $x$: \n$$\n\\begin{equation*}y\\end{equation*}\n$$",
  ],
  [
    "an environment within brackets",
    String.raw`\[\begin{matrix}1\end{matrix}\]`,
    "$$\n\\begin{matrix}1\\end{matrix}\n$$",
  ],
  [
    "brackets within an inline formula",
    String.raw`$\left[x\right] \\[1ex] \$$`,
    String.raw`$\left[x\right] \\[1ex] \$$`,
  ],
  ["line breaks with their height outside of formulas", String.raw`$x$ \\[1ex] y`, String.raw`$x$ \\[1ex] y`],
];

for (const [what, latex, markdown] of cases) {
  Deno.test(`latexAsMarkdown() writes ${what}`, () => assert.equal(latexAsMarkdown(latex), markdown));
}

Deno.test("latexAsMarkdown() reads 100 KB of mere beginnings in little time", () => {
  for (const beginning of ["\\(", "\\[", "$$ $", "\\begin{a}", "\\\\", "$\\(\\["]) {
    const startedAt = performance.now();
    latexAsMarkdown(`$x$ ${beginning.repeat(100_000 / beginning.length)}`);
    const ms = performance.now() - startedAt;
    assert.ok(ms < 5_000, `${beginning}: ${ms} ms`);
  }
});
