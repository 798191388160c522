/**
 * A picture in the page itself.
 *
 * @module
 */

import type { MediaContainer } from "../../../src/notebook/schema/media.ts";
import { artifactUrl } from "../api/api.ts";

/** What a picture needs. */
export interface PictureProps {
  mimeType: string;
  content: MediaContainer;
  /** What it shows, if the cell says so. */
  description: string;
}

/** Draws a PNG, JPEG, GIF, WebP or an SVG that is an artifact, in the size that its metadata give, or in its own. */
export function Picture({ mimeType, content, description }: PictureProps) {
  const src = content.type === "artifact" ? artifactUrl(content.artifactId) : `data:${mimeType};base64,${content.data}`;
  const { width, height } = content.metadata ?? {};
  return (
    <img
      className="picture"
      src={src}
      alt={description || "A picture"}
      width={sizeOf(width)}
      height={sizeOf(height)}
    />
  );
}

function sizeOf(value: unknown): number | undefined {
  return typeof value === "number" && value > 0 ? value : undefined;
}
