import assert from "node:assert/strict";
import fc from "fast-check";
import { normalizeBundle } from "../../src/media/normalize_bundle.ts";
import { sanitizeSvg } from "../../src/media/sanitize_svg.ts";
import { SvgError } from "../../src/media/svg_error.ts";
import { fuzzing } from "./fuzzing.ts";

const mimeType = fc.constantFrom(
  "text/plain",
  "text/html",
  "TEXT/HTML; charset=utf-8",
  "text/markdown",
  "application/json",
  "application/vnd.plotly.v1+json",
  "image/png",
  "image/svg+xml",
  "text",
  "",
  "__proto__",
);

const bundle = fc.oneof(
  fc.dictionary(fc.oneof(mimeType, fc.string()), fc.jsonValue()),
  fc.jsonValue(),
  fc.anything(),
);

/** Replaces -0, which JSON lacks, by 0. */
function withoutNegativeZero(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNegativeZero);
  if (typeof value !== "object" || value === null) return Object.is(value, -0) ? 0 : value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutNegativeZero(item)]));
}

Deno.test("normalizeBundle() returns a valid bundle for any value, and a second call changes nothing", () => {
  fc.assert(
    fc.property(bundle, fc.oneof(fc.jsonValue(), fc.anything()), (data, metadata) => {
      const normalized = normalizeBundle(data, metadata);
      assert.equal(typeof normalized.data["text/plain"], "string");
      const plain = JSON.parse(JSON.stringify({ ...normalized, dropped: [] }));
      assert.deepEqual(withoutNegativeZero({ ...normalized, dropped: [] }), plain);
      assert.deepEqual(normalizeBundle(plain.data, plain.metadata), plain);
    }),
    fuzzing(3_000, [[{}, { "": -0 }]]),
  );
});

/** Names and values that an attacker would try, and harmless ones. */
const name = fc.constantFrom(
  "svg",
  "g",
  "script",
  "foreignObject",
  "image",
  "use",
  "a",
  "style",
  "rect",
  "animate",
  "text",
);
const attribute = fc.tuple(
  fc.constantFrom("onload", "ONCLICK", "href", "xlink:href", "style", "fill", "x", "width", "src"),
  fc.constantFrom(
    "javascript:alert(1)",
    "https://evil.example/x.svg",
    "url(https://evil.example)",
    "#id",
    "1",
    "red",
    "data:text/html,x",
  ),
);
const attributes = fc.array(attribute, { maxLength: 3 }).map((list) =>
  [...new Map(list)].map(([key, value]) => ` ${key}="${value}"`).join("")
);
const element: fc.Arbitrary<string> = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    fc.string().map((text) => text.replace(/[<&]|\p{Cc}/gu, " ")),
    fc.tuple(name, attributes, fc.array(tie("node"), { maxLength: 3 })).map(([tag, list, children]) =>
      `<${tag}${list}>${children.join("")}</${tag}>`
    ),
  ),
})).node;

Deno.test("sanitizeSvg() removes everything from an SVG that runs code or loads a resource", () => {
  const drawing = fc.array(element, { maxLength: 4 }).map((nodes) =>
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">${nodes.join("")}</svg>`
  );
  fc.assert(
    fc.property(fc.oneof(drawing, fc.string()), (text) => {
      try {
        const { svg } = sanitizeSvg(text);
        assert.doesNotMatch(svg, /<script|<foreignObject|\son\w+\s*=|(?:href|src)="(?!#)|url\((?!#)/i);
        assert.deepEqual(sanitizeSvg(svg), { svg, removed: [] });
      } catch (error) {
        if (!(error instanceof SvgError)) throw error;
      }
    }),
    fuzzing(2_000),
  );
});
