/**
 * Compresses and compares pictures.
 *
 * @module
 */

import { decode, encode } from "fast-png";
import pixelmatch from "pixelmatch";

/** The tolerated difference of a pixel, from 0 to 1. The edges of letters look slightly different on other machines. */
const PIXEL_TOLERANCE = 0.15;

/** The result of comparing two pictures. */
export interface Comparison {
  /** The share of pixels that differ, from 0 to 1. It is 1 if the sizes differ. */
  share: number;
  /** The picture in grey with differences in red. Absent if the sizes differ. */
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

/** Compresses a PNG as much as possible. A page is opaque, so three channels are enough. */
export function shrinkPicture(png: Uint8Array): Uint8Array {
  const { width, height, data } = readPixels(png);
  const opaque = data.filter((_, index) => index % 4 !== 3);
  return encode({ width, height, data: opaque, channels: 3, depth: 8 }, { zlib: { level: 9 } });
}

/** Returns the pixels of a PNG: red, green, blue and alpha of each. */
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
