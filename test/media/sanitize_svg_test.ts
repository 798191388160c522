/**
 * SVG as models write it, and as those would who want to run code in somebody's notebook.
 *
 * @module
 */

import assert from "node:assert/strict";
import { sanitizeSvg } from "../../src/media/sanitize_svg.ts";
import { SvgError } from "../../src/media/svg_error.ts";

const XMLNS = 'xmlns="http://www.w3.org/2000/svg"';
const ELSEWHERE = "references to other places";

/** What is left of the content of an `<svg>`. */
function inside(content: string, attributes = "") {
  const { svg, removed } = sanitizeSvg(`<svg ${XMLNS}${attributes}>${content}</svg>`);
  return { left: svg.replace(`<svg ${XMLNS}>`, "").replace(/<\/svg>$/, "").replace(`<svg ${XMLNS}/>`, ""), removed };
}

Deno.test("sanitizeSvg() returns a plain drawing as it was written", () => {
  const svg = `<svg ${XMLNS} width="460.8pt" height="345.6pt" viewBox="0 0 460.8 345.6" version="1.1">\n` +
    ` <defs><style type="text/css">*{stroke-linejoin: round}</style><clipPath id="a"><rect width="1" height="2"/></clipPath></defs>\n` +
    ` <g id="figure_1" clip-path="url(#a)" style="fill: url('#b')"><use href="#c" x="1"/>` +
    `<text xml:space="preserve" transform="rotate(-90)">1 &lt; 2 &amp; π</text></g>\n` +
    ` <image href="data:image/png;base64,iVBORw0KGgo="/><feGaussianBlur stdDeviation="2"/></svg>`;
  assert.deepEqual(sanitizeSvg(svg), { svg, removed: [] });
});

Deno.test("sanitizeSvg() gives an SVG its namespace, and takes declarations, comments and metadata away without a word", () => {
  const { svg, removed } = sanitizeSvg(
    '\n<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/x.dtd">\n<!-- made -->' +
      '<svg xmlns:xlink="http://www.w3.org/1999/xlink" inkscape:version="1"><metadata><rdf:RDF/></metadata>' +
      '<sodipodi:namedview/><?php x ?><use xlink:href="#a"/></svg>\n',
  );
  assert.deepEqual({ svg, removed }, { svg: `<svg ${XMLNS}><use href="#a"/></svg>`, removed: [] });
});

Deno.test("sanitizeSvg() takes the prefix from an SVG that has one", () => {
  const { svg } = sanitizeSvg(
    '<svg:svg xmlns:svg="http://www.w3.org/2000/svg"><svg:g><svg:rect x="1"/></svg:g></svg:svg>',
  );
  assert.equal(svg, `<svg ${XMLNS}><g><rect x="1"/></g></svg>`);
});

Deno.test("sanitizeSvg() escapes what a model forgot to escape in labels", () => {
  assert.deepEqual(inside("<text>R&D: a < b && 5 <6 &nbsp;&deg; &bogus; &#960;</text>"), {
    left: "<text>R&amp;D: a &lt; b &amp;&amp; 5 &lt;6 \u00a0° &amp;bogus; π</text>",
    removed: [],
  });
});

const attacks: [content: string, left: string, removed: string[]][] = [
  ["<script>x()</script><g/>", "<g/>", ["<script>"]],
  ["<svg:script>x()</svg:script>", "", []],
  ["<SCRIPT>x()</SCRIPT>", "", ["<SCRIPT>"]],
  ["<foreignObject><p>x</p></foreignObject>", "", ["<foreignObject>"]],
  ['<iframe src="https://x"/>', "", ["<iframe>"]],
  ['<rect onclick="x()" ONLOAD="x()" ev:onbegin="x()" x="1"/>', '<rect x="1"/>', ["event handlers"]],
  ['<a href="javascript:x()"><text>t</text></a>', "<a><text>t</text></a>", [ELSEWHERE]],
  ['<a xlink:href=" https://x">t</a>', "<a>t</a>", [ELSEWHERE]],
  ['<image href="https://x/a.png"/>', "<image/>", [ELSEWHERE]],
  ['<use href="other.svg#a"/>', "<use/>", [ELSEWHERE]],
  ['<image href="data:text/html,x"/>', "<image/>", [ELSEWHERE]],
  ['<image src="https://x/a.png"/>', "<image/>", []],
  ['<set attributeName="onclick" to="x()"/>', "", ["<set> of onclick"]],
  ['<a href="#a"><animate attributeName="xlink:href" to="javascript:x()"/></a>', '<a href="#a"/>', [
    "<animate> of xlink:href",
  ]],
  ['<animate attributeName="x" to="1"/>', '<animate attributeName="x" to="1"/>', []],
  ['<rect fill="url(https://x#a)" stroke="url(#b)"/>', '<rect fill="none" stroke="url(#b)"/>', [ELSEWHERE]],
  ["<rect style=\"fill:red;mask:url('//x')\"/>", '<rect style="fill:red;mask:none"/>', [ELSEWHERE]],
  ['<rect style="fill:url(https://x"/>', '<rect style="fill:none"/>', [ELSEWHERE]],
  ['<rect style="fill:\\75rl(https://x)"/>', '<rect style=""/>', [ELSEWHERE]],
  ["<style>@import 'https://x';</style>", "<style/>", [ELSEWHERE]],
  ["<style>g &gt; a { fill: url(x.svg#a) }</style>", "<style>g &gt; a { fill: none }</style>", [ELSEWHERE]],
  ["<style><![CDATA[a > b {}]]></style>", "<style>a &gt; b {}</style>", []],
  [
    "<text><![CDATA[</text><script>x()</script>]]></text>",
    "<text>&lt;/text&gt;&lt;script&gt;x()&lt;/script&gt;</text>",
    [],
  ],
  ["<!--> <img src='x' onerror='x()'> --><g/>", "<g/>", []],
  ['<title><img src="x" onerror="x()"/></title>', "<title/>", ["<img>"]],
];

for (const [content, left, removed] of attacks) {
  Deno.test(`sanitizeSvg() leaves of ${content} only ${left || "nothing"}`, () => {
    assert.deepEqual(inside(content), { left, removed });
  });
}

const refused: [what: string, source: string, message: RegExp][] = [
  ["text", "plot", /^it is not well-formed XML: /],
  ["nothing", "", /^it is not well-formed XML: /],
  ["an SVG that breaks off", "<svg><g>", /^it is not well-formed XML: Missing end tag for element g/],
  ["HTML", "<html><body/></html>", /^its root is <html>, not <svg>$/],
  ["an SVG of 300 levels", `<svg>${"<g>".repeat(300)}${"</g>".repeat(300)}</svg>`, /more than 200 levels deep/],
  ["an SVG of 50,000 levels", `<svg>${"<g>".repeat(50_000)}${"</g>".repeat(50_000)}</svg>`, /nested too deeply/],
];

for (const [what, source, message] of refused) {
  Deno.test(`sanitizeSvg() refuses ${what}`, () => {
    assert.throws(() => sanitizeSvg(source), (error) => error instanceof SvgError && message.test(error.message));
  });
}
