/**
 * Tests of MIME bundles in events, in the forms that the app can draw.
 *
 * @module
 */

import assert from "node:assert/strict";
import { silentLogger } from "../../../src/logger.ts";
import type { MimeBundle, MimeMetadata } from "../../../src/media/mime_bundle.ts";
import { toRepresentations, type Upload } from "../../../src/notebook/output/representations.ts";

const FIT = 'style="max-width:100%;height:auto"';
const FILE_URL = "https://notebooks.example/api/artifacts/n/1?a&b";

const upload: Upload = () => Promise.resolve({ artifactId: "n/1", fileUrl: FILE_URL });
const represent = (data: MimeBundle, metadata: MimeMetadata = {}) =>
  toRepresentations({ data, metadata }, upload, silentLogger);

/** Returns an SVG of this many bytes. Each character of its text has two bytes. */
const svgOf = (bytes: number) => `<svg ${FIT}>${"é".repeat((bytes - `<svg ${FIT}></svg>`.length) / 2)}</svg>`;

Deno.test("content of 6,144 bytes of base64 is inline, and larger content is an artifact", async () => {
  const [small, large] = [6_144, 6_148].map((length) => represent({ "image/gif": "R0lG".repeat(length / 4) }));
  assert.equal((await small)["image/gif"].type, "inline");
  assert.equal((await large)["image/gif"].type, "artifact");
});

Deno.test("an SVG of 256 KB is inline, and a larger SVG is an artifact", async () => {
  const even = (bytes: number) => bytes - (bytes - `<svg ${FIT}></svg>`.length) % 2;
  const [small, large] = [even(262_144), even(262_144) + 2].map((bytes) =>
    represent({ "image/svg+xml": svgOf(bytes) })
  );
  assert.ok(!(small instanceof Promise), "no upload is needed");
  assert.deepEqual(small["image/svg+xml"].type, "inline");
  assert.deepEqual((await large)["image/svg+xml"], {
    type: "artifact",
    artifactId: "n/1",
    metadata: { fileUrl: FILE_URL },
  });
});

Deno.test("an SVG that is an artifact has HTML for the app unless the app draws another form", async () => {
  const svg = svgOf(300_001);
  assert.deepEqual((await represent({ "image/svg+xml": svg, "text/plain": "x" }))["text/html"], {
    type: "inline",
    data: `<img src="${FILE_URL.replace("&", "&amp;")}" alt="" ${FIT}>`,
    metadata: { generatedFor: "image/svg+xml" },
  });
  for (const other of ["text/markdown", "text/html", "image/png", "image/jpeg"]) {
    const given = { "image/svg+xml": svg, [other]: "R0lG" };
    assert.deepEqual(Object.keys(await represent(given)), Object.keys(given));
  }
});

Deno.test("LaTeX has Markdown for the app, which does not draw LaTeX", async () => {
  assert.deepEqual(represent({ "text/latex": "$x$", "text/plain": "x" }), {
    "text/latex": { type: "inline", data: "$x$" },
    "text/plain": { type: "inline", data: "x" },
    "text/markdown": { type: "inline", data: "$x$", metadata: { generatedFor: "text/latex" } },
  });
  const generated = await represent({ "text/latex": String.raw`\[x\]`, "image/gif": "R0lG" });
  assert.deepEqual(generated["text/markdown"], {
    type: "inline",
    data: "$$\nx\n$$",
    metadata: { generatedFor: "text/latex" },
  });
});

for (const other of ["text/markdown", "text/html", "image/png", "image/jpeg", "image/svg+xml"]) {
  Deno.test(`LaTeX beside ${other} has no Markdown for the app`, () => {
    assert.deepEqual(Object.keys(represent({ "text/latex": "$x$", [other]: "R0lG" })), ["text/latex", other]);
  });
}

Deno.test("empty LaTeX has no Markdown for the app", () => {
  assert.deepEqual(Object.keys(represent({ "text/latex": " \n" })), ["text/latex"]);
});

Deno.test("a cell's own metadata is kept, except for the keys that are reserved for a runtime", async () => {
  const notes = { width: 5, generatedFor: "x", fileUrl: "https://elsewhere.example" };
  const shown = await represent({ "text/html": "<b>x</b>", "image/gif": "R0lG".repeat(2_000), "text/plain": "x" }, {
    "text/html": notes,
    "image/gif": notes,
    "text/plain": 5,
  });
  assert.deepEqual(Object.values(shown).map(({ metadata }) => metadata), [
    { width: 5 },
    { width: 5, fileUrl: FILE_URL },
    undefined,
  ]);
});
