/**
 * Limits of texts: those that are converted at once, and HTML that is too large for a page.
 *
 * @module
 */

import assert from "node:assert/strict";
import { excessOf } from "../../page/output/html_bounds.ts";
import { isLight } from "../../page/output/is_light.ts";
import { toHtml } from "../../page/output/to_html.ts";

const markdown = (source: string) => ({ kind: "markdown", source }) as const;

Deno.test("ordinary Markdown is converted at once", () => {
  const texts = [
    "# Title\n\nA *word*, **two**, and $\\frac{a}{b} = \\sqrt{x_1^2}$.\n\n- one\n  - two\n    1. three\n\n> quoted\n> > twice",
    "| a | b |\n| - | - |\n" + "| 1 | 2 |\n".repeat(200),
    "```python\n" + "print('*' * 3, __name__)\n".repeat(20) + "```",
    "--------------------------------------------------------------------------------",
    "A paragraph of prose.\n\n".repeat(300),
  ];
  for (const text of texts) assert.ok(isLight(markdown(text)), text.slice(0, 60));
});

Deno.test("a text that may take long is converted in the worker", () => {
  const texts = {
    quotes: ">".repeat(3_000) + "x",
    "quotes with spaces": "> ".repeat(60) + "x",
    lists: "- ".repeat(60) + "x",
    "numbered lists": "1. ".repeat(60) + "x",
    braces: "$" + "{".repeat(60) + "x" + "}".repeat(60) + "$",
    emphasis: "*a **a ".repeat(300),
    underscores: "_a __a ".repeat(300),
    strikes: "~a ~~a ".repeat(300),
    roots: "$" + "\\sqrt".repeat(400) + "x$",
    definitions: "$\\def\\a{xx}\\a$",
    length: "x".repeat(9_000),
  };
  for (const [name, text] of Object.entries(texts)) assert.ok(!isLight(markdown(text)), name);
});

Deno.test("HTML of ordinary Markdown is within the limits", () => {
  const texts = [
    "<details><summary>More</summary>\n\n<p>One<p>Two<br>\n<img src=\"a.png\" alt='a > b'>\n\n</details>",
    "# T\n\n" + "A *word* and $\\frac{x^2}{\\sqrt{y}}$.\n\n".repeat(1_000),
    "| a | b |\n| - | - |\n" + "| 1 | 2 |\n".repeat(2_000),
  ];
  for (const text of texts) assert.equal(excessOf(toHtml(markdown(text))), undefined, text.slice(0, 60));
});

Deno.test("HTML that a browser would nest or multiply is refused", () => {
  const many = (text: string) => text.repeat(3_000);
  const fonts = Array.from({ length: 200 }, (_, n) => `<font size=${n}>`).join("");
  const texts = {
    open: many("<b>"),
    closed: many("<div>") + many("</div>"),
    "closed by others": many("<b></i>"),
    "closed in a comment": many("<b><!-- </b> -->"),
    "closed in an attribute": many('<b title="> </b>">'),
    "closed in an odd attribute": many('<b x"y z="> </b>">'),
    "closed by itself": many("<b/>"),
    reopened: `<div>${fonts}</div>${many("<p>x")}`,
    "many elements": "<i></i>".repeat(300_000),
    long: "x".repeat(2_000_001),
  };
  for (const [name, html] of Object.entries(texts)) assert.notEqual(excessOf(html), undefined, name);
});

Deno.test("checking the limits of a million characters takes less than 10 seconds", () => {
  const begun = performance.now();
  for (const piece of ["<", "<a ", "<a x=", "</", "<!--", '<a "', "<a  ", "\n> ", "\n\n \t", "{", "\\", "*"]) {
    const text = piece.repeat(1_000_000 / piece.length);
    excessOf(text);
    excessOf(`<a ${text}>`);
    isLight(markdown(text.slice(0, 8_000)));
  }
  const took = performance.now() - begun;
  assert.ok(took < 10_000, `${took} ms`);
});
