/**
 * A picture in the page.
 *
 * @module
 */

import type { MediaContainer } from "../../../src/notebook/schema/media.ts";
import { artifactUrl } from "../api/api.ts";

export interface PictureProps {
  mimeType: string;
  content: MediaContainer;
  /** The description given by the cell, if any. */
  description: string;
}

/** Renders a PNG, JPEG, GIF, WebP, or an SVG artifact, in the size from its metadata or in its natural size. */
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
