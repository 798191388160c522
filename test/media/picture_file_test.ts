import assert from "node:assert/strict";
import { silentLogger } from "../../src/logger.ts";
import { DrawingThread } from "../../src/media/drawing_thread.ts";
import { hasPicture, pictureFile } from "../../src/media/picture_file.ts";
import { pngSize } from "../../src/media/raster_image.ts";
import { withPng } from "../../src/media/svg_as_png.ts";

const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="5"><rect width="4" height="4"/></svg>';

Deno.test("pictureFile() returns the best bitmap unchanged", async () => {
  using thread = new DrawingThread();
  const data = { "image/svg+xml": svg, "image/jpeg": btoa("jpeg"), "image/gif": btoa("gif"), "text/plain": "x" };
  assert(hasPicture(data));
  const file = await pictureFile(data, thread, silentLogger);
  assert.deepEqual(file, { ending: "jpg", content: new TextEncoder().encode("jpeg") });
});

Deno.test("pictureFile() draws an SVG without a bitmap", async () => {
  using thread = new DrawingThread();
  const file = await pictureFile({ "image/svg+xml": svg }, thread, silentLogger);
  assert.equal(file?.ending, "png");
  assert.deepEqual(pngSize(file.content as Uint8Array), { width: 20, height: 10 });
});

Deno.test("pictureFile() and withPng() draw the same SVG only once", async () => {
  using thread = new DrawingThread();
  const warnings: string[] = [];
  const logger = { ...silentLogger, warn: (message: string) => warnings.push(message) };
  const data = { "image/svg+xml": "<svg" };
  await Promise.all([pictureFile(data, thread, logger), withPng({ data }, thread, logger)]);
  assert.equal((await withPng({ data }, thread, logger)).data, data);
  assert.deepEqual(warnings, ["an SVG could not be drawn as PNG; it is shown as it is"]);
});

Deno.test("pictureFile() returns an SVG that cannot be drawn, and undefined without a picture", async () => {
  using thread = new DrawingThread();
  const content = "<svg";
  assert.deepEqual(await pictureFile({ "image/svg+xml": content }, thread, silentLogger), { ending: "svg", content });
  assert(!hasPicture({ "text/html": "<img>" }));
  assert.equal(await pictureFile({ "text/html": "<img>" }, thread, silentLogger), undefined);
});

Deno.test("an SVG that could take too long to draw is returned unchanged, and the reason is logged once", async () => {
  using thread = new DrawingThread();
  const debugged: unknown[] = [];
  const logger = { ...silentLogger, warn: (message: string, fields?: unknown) => debugged.push([message, fields]) };
  const slow =
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><filter id="f"/><g filter="url(#f)"/></svg>';
  const data = { "image/svg+xml": slow };
  assert.equal((await withPng({ data }, thread, logger)).data, data);
  assert.deepEqual(await pictureFile(data, thread, logger), { ending: "svg", content: slow });
  const reason = "the SVG cannot be drawn: it has a <filter>, which may take unlimited time to draw";
  assert.deepEqual(debugged, [["an SVG could not be drawn as PNG; it is shown as it is", { reason }]]);
});
