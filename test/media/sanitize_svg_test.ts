/**
 * SVG as models write it, and as attackers would write it to run code in a notebook.
 *
 * @module
 */

import assert from "node:assert/strict";
import { sanitizeSvg } from "../../src/media/sanitize_svg.ts";
import { SvgError } from "../../src/media/svg_error.ts";

const XMLNS = 'xmlns="http://www.w3.org/2000/svg"';
const ELSEWHERE = "references to other places";

/** Returns the sanitized content of an `<svg>`. */
function inside(content: string, attributes = "") {
  const { svg, removed } = sanitizeSvg(`<svg ${XMLNS}${attributes}>${content}</svg>`);
  return { left: svg.replace(`<svg ${XMLNS}>`, "").replace(/<\/svg>$/, "").replace(`<svg ${XMLNS}/>`, ""), removed };
}

Deno.test("sanitizeSvg() returns a harmless drawing unchanged", () => {
  const svg = `<svg ${XMLNS} width="460.8pt" height="345.6pt" viewBox="0 0 460.8 345.6" version="1.1">\n` +
    ` <defs><style type="text/css">*{stroke-linejoin: round}</style><clipPath id="a"><rect width="1" height="2"/></clipPath></defs>\n` +
    ` <g id="figure_1" clip-path="url(#a)" style="fill: url('#b')"><use href="#c" x="1"/>` +
    `<text xml:space="preserve" transform="rotate(-90)">1 &lt; 2 &amp; π</text></g>\n` +
    ` <image href="data:image/png;base64,iVBORw0KGgo="/><feGaussianBlur stdDeviation="2"/></svg>`;
  assert.deepEqual(sanitizeSvg(svg), { svg, removed: [] });
});

Deno.test("sanitizeSvg() adds the namespace, and silently removes declarations, comments and metadata", () => {
  const { svg, removed } = sanitizeSvg(
    '\n<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/x.dtd">\n<!-- made -->' +
      '<svg xmlns:xlink="http://www.w3.org/1999/xlink" inkscape:version="1"><metadata><rdf:RDF/></metadata>' +
      '<sodipodi:namedview/><?php x ?><use xlink:href="#a"/></svg>\n',
  );
  assert.deepEqual({ svg, removed }, { svg: `<svg ${XMLNS}><use href="#a"/></svg>`, removed: [] });
});

Deno.test("sanitizeSvg() removes a namespace prefix", () => {
  const { svg } = sanitizeSvg(
    '<svg:svg xmlns:svg="http://www.w3.org/2000/svg"><svg:g><svg:rect x="1"/></svg:g></svg:svg>',
  );
  assert.equal(svg, `<svg ${XMLNS}><g><rect x="1"/></g></svg>`);
});

Deno.test("sanitizeSvg() escapes special characters in labels", () => {
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
  Deno.test(`sanitizeSvg() turns ${content} into ${left || "nothing"}`, () => {
    assert.deepEqual(inside(content), { left, removed });
  });
}

const SLOW_FILTERS = ["filters that take too long to draw"];
const REPEATED = ["elements that are repeated too often"];

/** Returns a filter with these primitives, and an element that uses it. */
const filtered = (primitives: string, attributes = "") =>
  `<filter id="f"${attributes}>${primitives}</filter><rect filter="url(#f)"/>`;

const slowFilters: Record<string, string> = {
  "noise with a million octaves": filtered('<feTurbulence numOctaves="1000000"/>'),
  "a wide morphology": filtered('<feMorphology radius="300"/>'),
  "a morphology that is wide in one direction": filtered('<feMorphology radius="1 300"/>'),
  "a blur of 1e3": filtered('<feGaussianBlur stdDeviation="1e3"/>'),
  "a large matrix": filtered('<feConvolveMatrix order="3,99"/>'),
  "200 blurs": filtered('<feGaussianBlur stdDeviation="100"/>'.repeat(200)),
  "a region of 99 times the size": filtered('<feGaussianBlur stdDeviation="9"/>', ' width="99" height="99"'),
  "a region of 9900%": filtered('<feGaussianBlur stdDeviation="9"/>', ' width="9900%"'),
  "a region of a million units": filtered("<feFlood/>", ' filterUnits="userSpaceOnUse" width="1e6"'),
};

for (const [what, content] of Object.entries(slowFilters)) {
  Deno.test(`sanitizeSvg() removes ${what}`, () => {
    assert.deepEqual(inside(content), { left: '<rect filter="url(#f)"/>', removed: SLOW_FILTERS });
  });
}

Deno.test("sanitizeSvg() shortens a long blur in CSS to zero", () => {
  assert.deepEqual(inside('<g style="filter: blur(900px)"/><g filter="drop-shadow(0 0 900px rgba(1,2,3,.5)) x"/>'), {
    left: '<g style="filter: blur(0)"/><g filter="blur(0) x"/>',
    removed: SLOW_FILTERS,
  });
});

Deno.test("sanitizeSvg() keeps the usual filters, masks and patterns of drawings", () => {
  const content = filtered('<feTurbulence type="fractalNoise" baseFrequency="0.04" numOctaves="5"/>', ' width="140%"') +
    filtered('<feDropShadow dx="2" stdDeviation="3 4"/><feConvolveMatrix order="3"/>', ' x="-1" width="3"') +
    '<mask id="m"><g/></mask><pattern id="p"><path/></pattern>' + '<g mask="url(#m)" fill="url(#p)"/>'.repeat(50) +
    '<g style="filter: drop-shadow(0 0 4px rgba(200, 150, 255, 0.5))"/>';
  assert.deepEqual(inside(content), { left: content, removed: [] });
});

/** Returns elements of a kind, each of which refers nine times to the previous one. */
function nested(kind: string, reference: string, levels: number): string {
  const level = (at: number) =>
    `<${kind} id="${kind}${at + 1}">${reference.replaceAll("#", `#${kind}${at}`).repeat(9)}</${kind}>`;
  return `<${kind} id="${kind}0"/>` + Array.from({ length: levels }, (_, at) => level(at)).join("");
}

/** A marker with ten parts. */
const marker = `<marker id="m">${"<circle/>".repeat(10)}</marker>`;
const points = (count: number) => "1,2 ".repeat(count);
const curve = (count: number) => `M0 0${"c0 0 1 1 2 2".repeat(count)}`;

const repeated: Record<string, [slow: string, left: string]> = {
  "groups used a million times": [nested("g", '<use href="#"/>', 7), ""],
  "masks in masks": [nested("mask", '<g mask="url(#)"/>', 6), '<g mask="url(#mask6)"/>'],
  "patterns in patterns": [nested("pattern", '<path style="fill:url(#)"/>', 6), '<g fill="url(#pattern6)"/>'],
  "clip paths in clip paths": [nested("clipPath", '<path clip-path="url(#)"/>', 7), '<g clip-path="url(#clipPath7)"/>'],
  "a chain of 20,000 groups": [
    Array.from({ length: 20_000 }, (_, at) => `<g id="g${at}"><use href="#g${at + 1}"/></g>`).join(""),
    "<g/>",
  ],
  "1,000 elements with a filter": ['<filter id="f"/>', '<g filter="url(#f)"/>'.repeat(1_000)],
  "markers on 20,000 points": [marker, `<polyline points="${points(20_000)}" marker-mid="url(#m)"/>`],
  "markers on the curves of a group": [marker, `<g style="marker: url(#m)"><path d="${curve(20_000)}"/></g>`],
  "markers in a style sheet on 20,000 points": [
    marker,
    `<style>*{marker-mid:url(#m)}</style><polygon points="${points(20_000)}"/>`,
  ],
  "masks in a style sheet on 2,000 groups": [
    nested("mask", '<g class="#"/>', 3),
    "<style>g{mask:url(#mask2)}</style>" + "<g/>".repeat(2_000),
  ],
};

for (const [what, [slow, left]] of Object.entries(repeated)) {
  Deno.test(`sanitizeSvg() removes ${what}`, () => {
    const sanitized = inside(slow + left);
    assert.deepEqual(sanitized.removed, REPEATED);
    assert.doesNotMatch(sanitized.left, /<(?:use|mask|pattern|clipPath|filter|marker)\b/);
    assert.ok(sanitized.left.endsWith(left));
  });
}

Deno.test("sanitizeSvg() keeps the usual markers of plots", () => {
  const content = marker + `<path d="${curve(2_000)}" marker-mid="url(#m)"/>` +
    `<path d="${curve(2_000)}" marker-end="url(#m)" style="marker-start: url(#m)"/>`.repeat(20);
  assert.deepEqual(inside(content), { left: content, removed: [] });
});

Deno.test("sanitizeSvg() keeps an element that uses itself, which no browser draws", () => {
  assert.deepEqual(inside('<g id="a"><use href="#a"/></g>'), { left: '<g id="a"><use href="#a"/></g>', removed: [] });
});

const LONG_TEXTS = ["more text than a browser draws in time"];

const long = (start: string, end = "") => `<text>${start}${"a".repeat(200_000)}${end}</text>`;
const SHORT = '<text y="9">short</text>';

const longTexts: Record<string, [content: string, left: string]> = {
  "a text with 200,000 letters": [long("") + SHORT, SHORT],
  "20,000 letters with separate positions": [`<text x="${"1 ".repeat(20_000)}">${"a".repeat(20_000)}</text>`, ""],
  "20,000 combining marks on a letter": [`<g><text>a${"\u0301".repeat(20_000)}</text></g>`, "<g/>"],
  "20,000 parts of a text": [`<text>${"<tspan>a</tspan>".repeat(20_000)}</text>`, ""],
  "200,000 letters along a path": [long('<textPath href="#p">', "</textPath>"), ""],
  "200,000 letters in a link": [long('<a href="#a">', "</a>"), ""],
  "half of 20,000 texts with one letter": ["<text>a</text>".repeat(20_000), "<text>a</text>".repeat(10_000)],
  "a text with 200,000 letters in definitions": [`<defs>${long("")}</defs><use href="#t"/>`, '<defs/><use href="#t"/>'],
};

for (const [what, [content, left]] of Object.entries(longTexts)) {
  Deno.test(`sanitizeSvg() removes ${what} and keeps the rest`, () => {
    assert.deepEqual(inside(content), { left, removed: LONG_TEXTS });
  });
}

Deno.test("sanitizeSvg() removes repetitions of a text with too many letters in total", () => {
  const text = `<text id="t">${"a".repeat(1_000)}</text>`;
  assert.deepEqual(inside(text + '<use href="#t"/>'.repeat(99)), { left: text, removed: REPEATED });
});

Deno.test("sanitizeSvg() removes both a text that is too long and groups that are used too often", () => {
  const { left, removed } = inside(long("") + nested("g", '<use href="#"/>', 6));
  assert.deepEqual([/<(?:use|text)/.test(left), removed.toSorted()], [false, [...REPEATED, ...LONG_TEXTS]]);
});

Deno.test("sanitizeSvg() does not remove repetitions because of a text that it removes", () => {
  const label = '<g id="g"/><use href="#g"/>';
  assert.deepEqual(inside(long("") + label), { left: label, removed: LONG_TEXTS });
});

Deno.test("sanitizeSvg() keeps the usual texts of drawings and labels that are used again", () => {
  const content = `<title>${"t".repeat(20_000)}</title><text id="t">${"word ".repeat(400)}</text>` +
    "<text>label<tspan>s</tspan></text>".repeat(1_000) + '<use href="#t"/>'.repeat(4);
  assert.deepEqual(inside(content), { left: content, removed: [] });
});

const refused: [what: string, source: string, message: RegExp][] = [
  ["a text that is not XML", "plot", /^it is not well-formed XML: /],
  ["an empty text", "", /^it is not well-formed XML: /],
  ["a truncated SVG", "<svg><g>", /^it is not well-formed XML: Missing end tag for element g/],
  ["HTML", "<html><body/></html>", /^its root is <html>, not <svg>$/],
  ["an SVG with 300 levels", `<svg>${"<g>".repeat(300)}${"</g>".repeat(300)}</svg>`, /more than 200 levels deep/],
  ["an SVG with 50,000 levels", `<svg>${"<g>".repeat(50_000)}${"</g>".repeat(50_000)}</svg>`, /nested too deeply/],
];

for (const [what, source, message] of refused) {
  Deno.test(`sanitizeSvg() rejects ${what}`, () => {
    assert.throws(() => sanitizeSvg(source), (error) => error instanceof SvgError && message.test(error.message));
  });
}
