/**
 * Takes the picture out of a bundle, as a file that any viewer shows.
 *
 * @module
 */

import type { MimeBundle } from "./mime_bundle.ts";
import type { Logger } from "../logger.ts";
import type { DrawingThread } from "./drawing_thread.ts";
import { decodeBase64 } from "./raster_image.ts";
import { withPng } from "./svg_as_png.ts";

/** The pictures that are made files of, best first, with the endings of their names. An SVG is drawn as PNG. */
const ENDINGS: readonly [mimeType: string, ending: string][] = [
  ["image/png", "png"],
  ["image/jpeg", "jpg"],
  ["image/gif", "gif"],
  ["image/webp", "webp"],
];

const SVG = "image/svg+xml";

/** A picture as a file. */
export interface PictureFile {
  /** The ending of its name, without the dot: `png`. */
  ending: string;
  /** Its content. */
  content: Uint8Array | string;
}

/** Whether a bundle holds a picture. */
export function hasPicture(data: MimeBundle): boolean {
  return [SVG, ...ENDINGS.map(([mimeType]) => mimeType)].some((mimeType) => typeof data[mimeType] === "string");
}

/**
 * Makes a file of a bundle's best picture.
 *
 * @param data the bundle, mended
 * @param thread draws an SVG
 * @param logger told when an SVG cannot be drawn; the SVG itself is returned then
 * @returns the file; `undefined` where there is no picture, or none that can be read
 */
export async function pictureFile(
  data: MimeBundle,
  thread: DrawingThread,
  logger: Logger,
): Promise<PictureFile | undefined> {
  const hasBitmap = ENDINGS.some(([mimeType]) => typeof data[mimeType] === "string");
  const drawn = hasBitmap ? data : (await withPng({ data }, thread, logger)).data;
  for (const [mimeType, ending] of ENDINGS) {
    const text = drawn[mimeType];
    const content = typeof text === "string" ? decodeBase64(text) : undefined;
    if (content !== undefined) return { ending, content };
  }
  const svg = data[SVG];
  return typeof svg === "string" ? { ending: "svg", content: svg } : undefined;
}
