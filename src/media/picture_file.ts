/**
 * Extracts the image of a bundle as a file.
 *
 * @module
 */

import type { MimeBundle } from "./mime_bundle.ts";
import type { Logger } from "../logger.ts";
import type { DrawingThread } from "./drawing_thread.ts";
import { decodeBase64 } from "./raster_image.ts";
import { withPng } from "./svg_as_png.ts";

/** The image types that can be saved as a file, best first, with their file name extensions. An SVG is converted to PNG. */
const ENDINGS: readonly [mimeType: string, ending: string][] = [
  ["image/png", "png"],
  ["image/jpeg", "jpg"],
  ["image/gif", "gif"],
  ["image/webp", "webp"],
];

const SVG = "image/svg+xml";

export interface PictureFile {
  /** The file name extension without the dot: `png`. */
  ending: string;
  /** The file's content: bytes, or the text of an SVG. */
  content: Uint8Array | string;
}

export function hasPicture(data: MimeBundle): boolean {
  return [SVG, ...ENDINGS.map(([mimeType]) => mimeType)].some((mimeType) => typeof data[mimeType] === "string");
}

/**
 * Returns the best image of a bundle as a file.
 *
 * @param data the normalized bundle
 * @param thread draws an SVG
 * @param logger logs the reason if an SVG cannot be drawn; the SVG itself is returned then
 * @returns the file, or `undefined` if the bundle has no readable image
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
