/**
 * Tests of a JPEG in an event.
 *
 * @module
 */

import assert from "node:assert/strict";
import { silentLogger } from "../../../src/logger.ts";
import { decodeBase64 } from "../../../src/media/raster_image.ts";
import { jpegBase64 } from "../../../src/notebook/output/jpeg_base64.ts";
import { toRepresentations } from "../../../src/notebook/output/representations.ts";
import { BARE_JPEG, ONE_PIXEL_PNG } from "../../media/pictures.ts";

Deno.test("jpegBase64() returns base64 of the same picture that does not begin with a slash", () => {
  const base64 = jpegBase64(BARE_JPEG);
  assert.doesNotMatch(base64, /^\//);
  assert.deepEqual(decodeBase64(base64), decodeBase64(BARE_JPEG));
  assert.equal(jpegBase64(base64), base64);
});

Deno.test("toRepresentations() uses jpegBase64() for a JPEG and does not change a PNG", async () => {
  const data = { "image/jpeg": BARE_JPEG, "image/png": ONE_PIXEL_PNG };
  const upload = () => Promise.reject(new Error("nothing is large"));
  assert.deepEqual(await toRepresentations({ data, metadata: {} }, upload, silentLogger), {
    "image/jpeg": { type: "inline", data: `\n${BARE_JPEG}` },
    "image/png": { type: "inline", data: ONE_PIXEL_PNG },
  });
});
