/**
 * Replacement of the characters that would be cut off or changed on their way into a notebook.
 *
 * @module
 */

import assert from "node:assert/strict";
import fc from "fast-check";
import { portable, portableText } from "../../src/media/portable_text.ts";

Deno.test("portableText() replaces characters that would be cut off or changed, and preserves the length", () => {
  assert.equal(portableText("before\0after\nsecond line\n"), "before\u2400after\nsecond line\n");
  assert.equal(portableText("\0"), "\u2400");
  assert.equal(portableText("a\ud800b\udc00"), "a\ufffdb\ufffd");
  assert.equal(portableText("\ufeffa\ufeff"), "\ufffda\ufeff");
});

Deno.test("portableText() preserves all other characters", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    if (!text.includes("\0") && !text.startsWith("\ufeff")) assert.equal(portableText(text), text);
  }));
  for (const text of ["", "\x01\x1b[0m\x7f\x9f", "\ufffe\uffff\u{1fffe}\u2028😀", "a\r\nb"]) {
    assert.equal(portableText(text), text);
  }
});

Deno.test("portable() replaces characters at any depth and in keys", () => {
  const date = new Date(0);
  assert.deepEqual(portable({ "a\0": ["b\0", { c: "\ud800", d: 1, e: null, date }] }), {
    "a\u2400": ["b\u2400", { c: "\ufffd", d: 1, e: null, date }],
  });
});

Deno.test("portable() returns the same value if there is nothing to replace", () => {
  const value = { a: ["b", { c: "d" }], e: new Date(0) };
  assert.equal(portable(value), value);
});
