/**
 * The text that a terminal shows for rich content.
 *
 * @module
 */

import assert from "node:assert/strict";
import { bundleText } from "../../src/terminal/bundle_text.ts";

Deno.test("bundleText() shows the plain text and notes other representations with their sizes", () => {
  assert.deepEqual(bundleText({ "text/html": "x".repeat(1234), "text/plain": "a table" }), {
    text: "a table",
    notes: ["[text/html, 1,234 characters]"],
  });
});

Deno.test("bundleText() measures pictures in bytes, and SVG and JSON in characters", () => {
  const png = btoa("12345");
  const { text, notes } = bundleText({ "image/png": png, "image/svg+xml": "<svg/>", "application/json": { a: 1 } });
  assert.equal(text, undefined);
  assert.deepEqual(notes, [
    "[image/png, 5 bytes]",
    "[image/svg+xml, 6 characters]",
    "[application/json, 7 characters]",
  ]);
});

Deno.test("bundleText() counts an emoji as one character and uses the singular for it", () => {
  assert.deepEqual(bundleText({ "text/html": "👋" }).notes, ["[text/html, 1 character]"]);
});

Deno.test("bundleText() prefers Markdown to the name of its display object", () => {
  assert.deepEqual(
    bundleText({ "text/plain": "<IPython.core.display.Markdown object>", "text/markdown": "**b**" }),
    { text: "**b**", notes: [] },
  );
});

Deno.test("bundleText() notes the path of a picture instead of its types and sizes", () => {
  const bundle = { "text/plain": "<Figure>", "image/svg+xml": "<svg/>", "image/png": btoa("x"), "text/html": "y" };
  assert.deepEqual(bundleText(bundle, "a.png"), {
    text: "<Figure>",
    notes: ["[picture: a.png]", "[text/html, 1 character]"],
  });
  const placeholder = { "text/plain": "<IPython.core.display.SVG object>", "image/svg+xml": "<svg/>" };
  assert.deepEqual(bundleText(placeholder, "a.png"), { text: undefined, notes: ["[picture: a.png]"] });
});
