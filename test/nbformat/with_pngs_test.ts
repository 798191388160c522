/**
 * Figures in notebook files: a PNG is added to an SVG.
 *
 * @module
 */

import assert from "node:assert/strict";
import { silentLogger } from "../../src/logger.ts";
import { DrawingThread } from "../../src/media/drawing_thread.ts";
import type { MimeMetadata } from "../../src/media/mime_bundle.ts";
import { pngSize } from "../../src/media/raster_image.ts";
import type { FileCell } from "../../src/nbformat/notebook_file.ts";
import { withPngs } from "../../src/nbformat/with_pngs.ts";
import { ONE_PIXEL_PNG } from "../media/pictures.ts";

const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"/>';

const cellWith = (...outputs: FileCell["outputs"]): FileCell => ({ type: "code", source: "x", metadata: {}, outputs });

const figure = (metadata?: MimeMetadata) =>
  ({ type: "display_data", data: { "image/svg+xml": svg, "text/plain": "<Figure>" }, metadata }) as const;

Deno.test("withPngs() adds a PNG of twice the size to an SVG, and the displayed size to its metadata", async () => {
  using thread = new DrawingThread();
  const given = cellWith(figure(), figure({ display_id: "d", "image/png": { alt: "a figure", width: 15 } }));
  const { outputs, ...cell } = await withPngs(given, thread, silentLogger);
  assert.deepEqual({ ...cell, outputs: [] }, cellWith());
  const notes = [
    { "image/png": { width: 30, height: 20 } },
    { display_id: "d", "image/png": { alt: "a figure", width: 15, height: 20 } },
  ];
  for (const [index, output] of outputs.entries()) {
    assert.ok(output.type === "display_data");
    const { "image/png": png, ...others } = output.data;
    assert.deepEqual(others, figure().data);
    assert.deepEqual(pngSize(Uint8Array.fromBase64(png as string)), { width: 60, height: 40 });
    assert.deepEqual(output.metadata, notes[index]);
  }
  assert.equal(Object.keys(given.outputs[0].type === "display_data" ? given.outputs[0].data : {}).length, 2);
});

Deno.test("withPngs() leaves other outputs and an SVG that cannot be drawn unchanged", async () => {
  using thread = new DrawingThread();
  const cell = cellWith(
    { type: "stream", name: "stdout", text: "a" },
    { type: "execute_result", data: { "text/plain": "5" } },
    { type: "display_data", data: { "image/svg+xml": svg, "image/png": ONE_PIXEL_PNG } },
    { type: "display_data", data: { "image/svg+xml": "<svg" } },
    { type: "error", ename: "E", evalue: "", traceback: [] },
  );
  assert.deepEqual(await withPngs(cell, thread, silentLogger), cell);
});
