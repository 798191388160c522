/**
 * Pictures as files and as pixels: made small, and compared.
 *
 * @module
 */

import { decode, encode } from "fast-png";
import pixelmatch from "pixelmatch";

/** How much a pixel may differ, from 0 to 1, before it counts: letters' edges are drawn a little differently elsewhere. */
const PIXEL_TOLERANCE = 0.15;

/** How two pictures compare. */
export interface Comparison {
  /** The share of pixels that differ, from 0 to 1; 1 if the sizes do. */
  share: number;
  /** The picture in grey, with what differs in red; absent if the sizes differ. */
  difference?: Uint8Array;
}

/** Compares two PNGs. */
export function comparePictures(one: Uint8Array, other: Uint8Array): Comparison {
  const [first, second] = [readPixels(one), readPixels(other)];
  const { width, height } = first;
  if (second.width !== width || second.height !== height) return { share: 1 };
  const data = new Uint8Array(width * height * 4);
  const count = pixelmatch(first.data, second.data, data, width, height, { threshold: PIXEL_TOLERANCE });
  return { share: count / (width * height), difference: encode({ width, height, data, channels: 4, depth: 8 }) };
}

/** Writes a PNG as small as it gets: nothing of a page shines through, so that three channels will do. */
export function shrinkPicture(png: Uint8Array): Uint8Array {
  const { width, height, data } = readPixels(png);
  const opaque = data.filter((_, index) => index % 4 !== 3);
  return encode({ width, height, data: opaque, channels: 3, depth: 8 }, { zlib: { level: 9 } });
}

/** The pixels of a PNG: red, green, blue and alpha of each. */
function readPixels(png: Uint8Array): { width: number; height: number; data: Uint8Array } {
  const { width, height, data, channels } = decode(png);
  const pixels = new Uint8Array(width * height * 4).fill(255);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < channels; channel++) {
      pixels[pixel * 4 + channel] = data[pixel * channels + channel];
    }
  }
  return { width, height, data: pixels };
}
