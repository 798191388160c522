/**
 * The description of a picture in a terminal.
 *
 * @module
 */

import assert from "node:assert/strict";
import { inline, type MediaContainer } from "../../../src/notebook/schema/media.ts";
import { describePicture } from "../../../stack/demo/describe_picture.ts";
import { BARE_JPEG, ONE_PIXEL_PNG } from "../../media/pictures.ts";

const svg = (attributes: string) => inline(`<svg xmlns="http://www.w3.org/2000/svg"${attributes}><path/></svg>`);
const artifact: MediaContainer = { type: "artifact", artifactId: "n/1" };

Deno.test("describePicture() returns the kind, the size in pixels and the length", () => {
  assert.equal(describePicture({ "image/png": inline(ONE_PIXEL_PNG) }), "PNG, 1 x 1 pixels, 70 bytes");
  assert.equal(describePicture({ "image/jpeg": inline(BARE_JPEG) }), "JPEG, 8 bytes");
  assert.equal(
    describePicture({ "image/svg+xml": svg(' width="340" height="12.5px"'), "text/plain": inline("<Figure>") }),
    "SVG, 340 x 12.5 pixels, 81 bytes",
  );
  assert.equal(describePicture({ "image/svg+xml": svg(' viewBox="0 0 3 4"') }), "SVG, 71 bytes");
});

Deno.test("describePicture() describes the picture that is drawn, and marks an artifact as uploaded", () => {
  assert.equal(describePicture({ "image/svg+xml": svg(""), "image/png": artifact }), "PNG, uploaded");
  assert.equal(describePicture({ "image/svg+xml": artifact }), "SVG, uploaded");
  assert.equal(describePicture({ "text/html": inline("<b>"), "text/plain": inline("b") }), undefined);
});
