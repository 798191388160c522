/**
 * Adds a PNG to bundles with an SVG, for viewers that do not show SVG.
 *
 * @module
 */

import type { MimeBundle, MimeMetadata } from "./mime_bundle.ts";
import type { Logger } from "../logger.ts";
import type { DrawingThread } from "./drawing_thread.ts";
import { isPlainObject } from "./json_value.ts";
import { pngSize } from "./raster_image.ts";
import { PNG_SCALE } from "./svg_to_png.ts";

const SVG = "image/svg+xml";
const PNG = "image/png";

export interface AnnotatedBundle {
  data: MimeBundle;
  metadata?: MimeMetadata;
}

/** The PNG of each bundle. It can be needed both for a notebook file and for an image file. */
const drawings = new WeakMap<MimeBundle, Promise<Uint8Array | undefined>>();

/**
 * Adds a PNG to a bundle with an SVG. The PNG's metadata has its size on the page, as in IPython for images with twice the pixel
 * density. A bundle is drawn only once.
 *
 * @param bundle returned unchanged if it has no SVG, or already has a PNG
 * @param logger logs the reason if the SVG cannot be drawn; the bundle is returned unchanged then
 */
export async function withPng<Bundle extends AnnotatedBundle>(
  bundle: Bundle,
  thread: DrawingThread,
  logger: Logger,
): Promise<Bundle> {
  const { data, metadata = {} } = bundle;
  const svg = data[SVG];
  if (typeof svg !== "string" || PNG in data) return bundle;
  const drawing = drawings.get(data) ?? draw(svg, thread, logger);
  drawings.set(data, drawing);
  const png = await drawing;
  if (png === undefined) return bundle;
  const size = pngSize(png);
  const onPage = { width: Math.round(size.width / PNG_SCALE), height: Math.round(size.height / PNG_SCALE) };
  const given = metadata[PNG];
  return {
    ...bundle,
    data: { ...data, [PNG]: png.toBase64() },
    metadata: { ...metadata, [PNG]: { ...onPage, ...isPlainObject(given) ? given as MimeMetadata : {} } },
  };
}

async function draw(svg: string, thread: DrawingThread, logger: Logger): Promise<Uint8Array | undefined> {
  try {
    return await thread.draw(svg);
  } catch (error) {
    logger.warn("an SVG could not be drawn as PNG; it is shown as it is", {
      reason: error instanceof Error ? error.message : String(error),
    });
  }
}
