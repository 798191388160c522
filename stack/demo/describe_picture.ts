/**
 * Describes pictures in words, for a terminal.
 *
 * @module
 */

import { decodeBase64, pngSize } from "../../src/media/raster_image.ts";
import type { MediaContainer, Representations } from "../../src/notebook/schema/media.ts";
import { counted } from "../../src/terminal/counted.ts";

/** The kinds of pictures that the demo describes, in the order in which the web app prefers them. */
const KINDS: readonly [mimeType: string, kind: string][] = [
  ["image/png", "PNG"],
  ["image/jpeg", "JPEG"],
  ["image/svg+xml", "SVG"],
];

/**
 * Describes the picture that the web app draws for an output: `SVG, 340 x 124 pixels, 634 bytes`.
 *
 * @returns `undefined` if the output has no picture
 */
export function describePicture(representations: Representations): string | undefined {
  const found = KINDS.find(([mimeType]) => representations[mimeType] !== undefined);
  return found && [found[1], ...measures(found[0], representations[found[0]])].join(", ");
}

function measures(mimeType: string, content: MediaContainer): string[] {
  if (content.type === "artifact") return ["uploaded"];
  const text = String(content.data);
  const bytes = mimeType === "image/svg+xml" ? new TextEncoder().encode(text) : decodeBase64(text);
  if (bytes === undefined) return [];
  const size = mimeType === "image/png" ? pngSize(bytes) : mimeType === "image/svg+xml" ? svgSize(text) : undefined;
  return [...size === undefined ? [] : [`${size.width} x ${size.height} pixels`], counted(bytes.length, "byte")];
}

/** Returns the size in an SVG's root element. */
function svgSize(svg: string): { width: string; height: string } | undefined {
  const [root] = /<svg\b[^>]*>/.exec(svg) ?? [""];
  const [width, height] = ["width", "height"].map((name) => new RegExp(` ${name}="([\\d.]+)(?:px)?"`).exec(root)?.[1]);
  return width === undefined || height === undefined ? undefined : { width, height };
}
