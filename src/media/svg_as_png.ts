/**
 * Puts a PNG beside an SVG that stands alone in a bundle, for whatever shows no SVG.
 *
 * @module
 */

import type { MimeBundle, MimeMetadata } from "./mime_bundle.ts";
import type { Logger } from "../logger.ts";
import { isPlainObject } from "./json_value.ts";
import { pngSize } from "./raster_image.ts";
import { PNG_SCALE, svgToPng } from "./svg_to_png.ts";

const SVG = "image/svg+xml";
const PNG = "image/png";

/** A bundle with the notes on it. */
export interface AnnotatedBundle {
  /** Its forms by MIME type. */
  data: MimeBundle;
  /** Notes on the forms. */
  metadata: MimeMetadata;
}

/** Whether a bundle has an SVG and no PNG. */
export function needsPng(data: MimeBundle): boolean {
  return typeof data[SVG] === "string" && !(PNG in data);
}

/**
 * Puts a PNG beside an SVG; its size on the page is noted as IPython does for pictures of twice the density.
 *
 * @param bundle one that {@linkcode needsPng}
 * @param logger told when the SVG cannot be drawn; the bundle is returned as it is then
 */
export async function withPng({ data, metadata }: AnnotatedBundle, logger: Logger): Promise<AnnotatedBundle> {
  try {
    const png = await svgToPng(data[SVG] as string);
    const size = pngSize(png);
    const onPage = { width: Math.round(size.width / PNG_SCALE), height: Math.round(size.height / PNG_SCALE) };
    const given = metadata[PNG];
    return {
      data: { ...data, [PNG]: png.toBase64() },
      metadata: { ...metadata, [PNG]: { ...onPage, ...isPlainObject(given) ? given as MimeMetadata : {} } },
    };
  } catch (error) {
    logger.warn("an SVG could not be drawn as PNG; it is shown as it is", {
      reason: error instanceof Error ? error.message : String(error),
    });
    return { data, metadata };
  }
}
