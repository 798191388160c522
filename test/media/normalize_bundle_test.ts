/**
 * Normalization of MIME bundles as models write them.
 *
 * @module
 */

import assert from "node:assert/strict";
import { normalizeBundle } from "../../src/media/normalize_bundle.ts";
import { BARE_JPEG, ONE_PIXEL_PNG } from "./pictures.ts";

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>';

/** Returns the normalized data of a bundle with a text, without the text. */
function normalizedData(data: Record<string, unknown>) {
  const { data: { "text/plain": text, ...rest }, dropped } = normalizeBundle({ "text/plain": "own", ...data });
  assert.equal(text, "own");
  return { data: rest, dropped };
}

Deno.test("normalizeBundle() returns a valid bundle unchanged", () => {
  const data = {
    "text/plain": "<Figure size 640x480 with 1 Axes>",
    "text/html": "<script>alert(1)</script>",
    "image/png": ONE_PIXEL_PNG,
    "image/svg+xml": SVG,
    "application/json": { rows: [1, null, "x"] },
    "application/vnd.vegalite.v5+json": { mark: "bar" },
    "application/x.y": "z",
    "application/vnd.custom": { any: ["thing"] },
  };
  const metadata = { "image/png": { width: 1 }, isolated: true };
  assert.deepEqual(normalizeBundle(data, metadata), { data, metadata, dropped: [] });
});

Deno.test("normalizeBundle() returns a normalized bundle unchanged", () => {
  const once = normalizeBundle({
    "image/svg+xml":
      `<svg onload="x()"><style>a &gt; b { fill: url(http://x) }</style><text>R&D a < b &nbsp;</text></svg>`,
    "text/html": ["a", "b"],
    "application/json": "[1]",
  });
  assert.deepEqual(normalizeBundle(once.data, once.metadata), { ...once, dropped: [] });
});

Deno.test("normalizeBundle() joins lists of lines and writes other values as Python does", () => {
  const texts: [given: unknown, text: string][] = [
    [["a\n", "b"], "a\nb"],
    [5, "5"],
    [true, "True"],
    [null, "None"],
    [{ a: "b" }, "{'a': 'b'}"],
    [[1, 2], "[1, 2]"],
    [[], "[]"],
  ];
  for (const [given, text] of texts) {
    assert.deepEqual(normalizeBundle({ "text/plain": given }).data, { "text/plain": text });
  }
  assert.deepEqual(normalizedData({ "text/html": ["<b>", "x</b>"], "text/latex": 1 }).data, {
    "text/html": "<b>x</b>",
    "text/latex": "1",
  });
});

Deno.test("normalizeBundle() parses JSON types in strings, and drops those without an object or list", () => {
  const { data, dropped } = normalizedData({
    "application/json": '{"a": 1}',
    "application/geo+json": ["1", "2"],
    "application/vnd.plotly.v1+json": "{oops",
    "application/vnd.x+json": "5",
  });
  assert.deepEqual(data, { "application/json": { a: 1 }, "application/geo+json": ["1", "2"] });
  assert.deepEqual(dropped, [
    "application/vnd.plotly.v1+json was dropped: its content is neither a JSON object nor a list.",
    "application/vnd.x+json was dropped: its content is neither a JSON object nor a list.",
  ]);
});

Deno.test("normalizeBundle() removes white space and a data: prefix from pictures, and adds missing padding", () => {
  const broken = ONE_PIXEL_PNG.replace("==", "").match(/.{1,20}/g)!.join("\n");
  assert.deepEqual(normalizedData({ "image/png": `data:image/png;base64,${broken}` }).data, {
    "image/png": ONE_PIXEL_PNG,
  });
  assert.deepEqual(normalizedData({ "image/jpeg": [`${BARE_JPEG}\n`] }).data, { "image/jpeg": BARE_JPEG });
});

const notPictures: Record<string, [mimeType: string, content: unknown]> = {
  "another picture's signature": ["image/png", BARE_JPEG],
  "a PNG as JPEG": ["image/jpeg", ONE_PIXEL_PNG],
  "a signature alone": ["image/png", "iVBORw0KGgo="],
  "a PNG without a header": ["image/png", "iVBORw0KGgoAAAAASUVORK5CYII="],
  "a PNG that was invented after its header": ["image/png", ONE_PIXEL_PNG.slice(0, 60) + "A".repeat(400)],
  "a PNG that breaks off": ["image/png", ONE_PIXEL_PNG.slice(0, 80)],
  "a JPEG that breaks off": ["image/jpeg", new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 2]).toBase64()],
  "words": ["image/png", "<base64 of the plot>"],
  "nothing": ["image/png", ""],
};

for (const [what, [mimeType, content]] of Object.entries(notPictures)) {
  Deno.test(`normalizeBundle() drops a picture that is ${what} and reports what to do instead`, () => {
    assert.deepEqual(normalizedData({ [mimeType]: content }), {
      data: {},
      dropped: [
        `${mimeType} was dropped: its content is not a whole picture of that type in base64. ` +
        "Do not encode pictures: draw them as image/svg+xml.",
      ],
    });
  });
}

Deno.test("normalizeBundle() drops a picture that is not a string", () => {
  assert.deepEqual(normalizedData({ "image/gif": { a: 1 } }).dropped, [
    "image/gif was dropped: its content is not a string in base64.",
  ]);
});

Deno.test("normalizeBundle() removes code from an SVG and drops text that is not an SVG", () => {
  const { data, dropped } = normalizedData({ "image/svg+xml": "<svg onload='x()'><script>x()</script><rect/></svg>" });
  assert.deepEqual(data, { "image/svg+xml": '<svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>' });
  assert.deepEqual(dropped, [
    "image/svg+xml was shown without event handlers, <script>: an SVG in a notebook runs no code, fetches nothing, and is drawn at once.",
  ]);
  assert.deepEqual(normalizedData({ "image/svg+xml": "a plot" }).dropped, [
    "image/svg+xml was dropped: it is not well-formed XML: Root element is missing or invalid (line 1, column 1).",
  ]);
});

Deno.test("normalizeBundle() normalizes MIME types and drops keys that are not MIME types", () => {
  const { data, dropped } = normalizedData({ html: "x", "text/": "x", "": "x", "Text/HTML; charset=utf-8": "<b>" });
  assert.deepEqual(data, { "text/html": "<b>" });
  assert.deepEqual(
    dropped,
    ["html", "text/", ""].map((key) =>
      `"${key}" was dropped: it is not a MIME type such as "text/plain" or "text/html".`
    ),
  );
});

Deno.test("normalizeBundle() drops content that is not JSON, and ignores null", () => {
  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  for (const content of [() => {}, NaN, Infinity, 1n, Symbol("x"), new Date(), { a: undefined }, [cycle]]) {
    assert.deepEqual(normalizedData({ "application/x": content }), {
      data: {},
      dropped: ["application/x was dropped: its content is not JSON."],
    });
  }
  assert.deepEqual(normalizedData({ "text/html": null, "image/png": undefined }), { data: {}, dropped: [] });
});

Deno.test("normalizeBundle() shows a value that is not a bundle as text", () => {
  const dropped = ['data was shown as text/plain: it must be an object by MIME type, such as {"text/plain": "5"}.'];
  assert.deepEqual(normalizeBundle("five"), { data: { "text/plain": "five" }, metadata: {}, dropped });
  assert.deepEqual(normalizeBundle([1]), { data: { "text/plain": "[1]" }, metadata: {}, dropped });
  assert.deepEqual(normalizeBundle(undefined), { data: { "text/plain": "" }, metadata: {}, dropped });
});

Deno.test("normalizeBundle() drops metadata that is not a JSON object", () => {
  for (const metadata of ["x", [1], { a: () => {} }]) {
    const { metadata: kept, dropped } = normalizeBundle({ "text/plain": "" }, metadata);
    assert.deepEqual([kept, dropped], [{}, ["metadata was dropped: it must be an object."]]);
  }
  assert.deepEqual(normalizeBundle({ "text/plain": "" }, null), {
    data: { "text/plain": "" },
    metadata: {},
    dropped: [],
  });
});

Deno.test("normalizeBundle() replaces numbers that JSON cannot represent by null", () => {
  const infinite = { a: [1, Infinity, { b: -Infinity }], c: NaN };
  const finite = { a: [1, null, { b: null }], c: null };
  assert.deepEqual(normalizedData({ "application/json": infinite }), {
    data: { "application/json": finite },
    dropped: [],
  });
  const text = '{"a":[1,1e999,{"b":-1e999}],"c":null}';
  assert.deepEqual(normalizedData({ "application/json": text }), { data: { "application/json": finite }, dropped: [] });
  assert.deepEqual(normalizeBundle({ "text/plain": "" }, infinite).metadata, finite);
});

Deno.test("normalizeBundle() drops a JSON text that is nested too deeply", () => {
  const text = "[".repeat(100_000) + "]".repeat(100_000);
  const { data, dropped } = normalizedData({ "application/json": text });
  assert.deepEqual([data, dropped.length], [{}, 1]);
});

const placeholders: [data: Record<string, unknown>, text: string][] = [
  [{ "image/svg+xml": SVG }, "<IPython.core.display.SVG object>"],
  [{ "text/html": "<b>" }, "<IPython.core.display.HTML object>"],
  [{ "text/markdown": "**b**" }, "<IPython.core.display.Markdown object>"],
  [{ "text/latex": "$\\displaystyle \\frac{1}{2}$" }, "<IPython.core.display.Math object>"],
  [{ "text/latex": "$x$" }, "<IPython.core.display.Latex object>"],
  [{ "application/json": { a: 1 } }, "<IPython.core.display.JSON object>"],
  [{ "application/vnd.vegalite.v5+json": {} }, "<IPython.core.display.JSON object>"],
  [{ "application/geo+json": {} }, "<IPython.core.display.GeoJSON object>"],
  [{ "application/javascript": "1" }, "<IPython.core.display.Javascript object>"],
  [{ "image/png": ONE_PIXEL_PNG }, "<IPython.core.display.Image object>"],
  [{ "image/png": "lost" }, "<IPython.core.display.Image object>"],
  [{ "image/png": ONE_PIXEL_PNG, "text/html": "<b>" }, "<IPython.core.display.HTML object>"],
  [{ "application/x.y": "z" }, "<IPython.core.display.DisplayObject object>"],
  [{}, ""],
];

for (const [data, text] of placeholders) {
  Deno.test(`normalizeBundle() adds the text ${text || "(empty)"} to ${JSON.stringify(data).slice(0, 50)}`, () => {
    assert.equal(normalizeBundle(data).data["text/plain"], text);
  });
}
