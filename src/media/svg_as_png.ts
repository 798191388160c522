/**
 * Puts a PNG beside an SVG that stands alone in a bundle, for whatever shows no SVG.
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

/** A bundle with the notes on it. */
export interface AnnotatedBundle {
  /** Its forms by MIME type. */
  data: MimeBundle;
  /** Notes on the forms. */
  metadata?: MimeMetadata;
}

/** What was drawn of a bundle: it may be wanted for a notebook file and for a file of its own. */
const drawings = new WeakMap<MimeBundle, Promise<Uint8Array | undefined>>();

/**
 * Puts a PNG beside an SVG; its size on the page is noted as IPython does for pictures of twice the density.
 *
 * @param bundle returned as it is if it has no SVG, or a PNG; its data is drawn once
 * @param thread draws it
 * @param logger told when the SVG cannot be drawn; the bundle is returned as it is then
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
