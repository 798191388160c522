/**
 * A JPEG in an event.
 *
 * @module
 */

import assert from "node:assert/strict";
import { silentLogger } from "../../../src/logger.ts";
import { decodeBase64 } from "../../../src/media/raster_image.ts";
import { jpegBase64 } from "../../../src/notebook/output/jpeg_base64.ts";
import { toRepresentations } from "../../../src/notebook/output/representations.ts";
import { BARE_JPEG, ONE_PIXEL_PNG } from "../../media/pictures.ts";

Deno.test("the base64 of a JPEG does not begin as a path does, and is still the same picture", () => {
  const base64 = jpegBase64(BARE_JPEG);
  assert.doesNotMatch(base64, /^\//);
  assert.deepEqual(decodeBase64(base64), decodeBase64(BARE_JPEG));
  assert.equal(jpegBase64(base64), base64);
});

Deno.test("an event contains it in this form, and a PNG as it is", async () => {
  const data = { "image/jpeg": BARE_JPEG, "image/png": ONE_PIXEL_PNG };
  const upload = () => Promise.reject(new Error("nothing is large"));
  assert.deepEqual(await toRepresentations({ data, metadata: {} }, upload, silentLogger), {
    "image/jpeg": { type: "inline", data: `\n${BARE_JPEG}` },
    "image/png": { type: "inline", data: ONE_PIXEL_PNG },
  });
});
