import assert from "node:assert/strict";
import { crc32, inflateSync } from "node:zlib";
import { encodePng } from "../../src/media/encode_png.ts";
import { pngSize, readRasterImage } from "../../src/media/raster_image.ts";
import { ONE_PIXEL_PNG } from "./pictures.ts";

/** Returns the chunks of a PNG: their types, contents, and whether their checksums are right. */
function chunksOf(png: Uint8Array) {
  const view = new DataView(png.buffer, png.byteOffset);
  const chunks: { type: string; content: Uint8Array; isWhole: boolean }[] = [];
  for (let at = 8; at < png.length;) {
    const end = at + 8 + view.getUint32(at);
    const type = new TextDecoder().decode(png.subarray(at + 4, at + 8));
    const isWhole = crc32(png.subarray(at + 4, end)) === view.getUint32(end);
    chunks.push({ type, content: png.slice(at + 8, end), isWhole });
    at = end + 4;
  }
  return chunks;
}

const RED = [255, 0, 0, 255];
const CLEAR = [0, 255, 0, 0];
const BLUE = [0, 0, 255, 128];

Deno.test("encodePng() writes the size and the rows of a picture", () => {
  const rgba = Uint8Array.from([RED, CLEAR, BLUE, BLUE, CLEAR, RED].flat());
  const png = encodePng({ width: 3, height: 2, rgba });
  assert.deepEqual(pngSize(png), { width: 3, height: 2 });
  assert.notEqual(readRasterImage("image/png", png.toBase64()), undefined);
  const [header, data, end] = chunksOf(png);
  assert.deepEqual([header, data, end].map(({ type, isWhole }) => [type, isWhole]), [
    ["IHDR", true],
    ["IDAT", true],
    ["IEND", true],
  ]);
  assert.deepEqual([...header.content.subarray(8)], [8, 6, 0, 0, 0]);
  assert.deepEqual([...inflateSync(data.content)], [0, RED, CLEAR, BLUE, 0, BLUE, CLEAR, RED].flat());
});

Deno.test("encodePng() writes the same header as other programs", () => {
  const [header] = chunksOf(Uint8Array.fromBase64(ONE_PIXEL_PNG));
  const [own] = chunksOf(encodePng({ width: 1, height: 1, rgba: Uint8Array.from(RED) }));
  assert.deepEqual(own, header);
});
