/**
 * How a bundle stands in an event: with a picture that the web app shows, and what is large kept as an artifact.
 *
 * @module
 */

import type { JsonValue } from "../../media/json_value.ts";
import type { MimeBundle, MimeMetadata } from "../../media/mime_bundle.ts";
import type { Logger } from "../../logger.ts";
import type { NormalizedBundle } from "../../media/normalize_bundle.ts";
import { isBinaryType } from "../../media/mime_type.ts";
import { decodeBase64 } from "../../media/raster_image.ts";
import { needsPng, withPng } from "../../media/svg_as_png.ts";
import { ArtifactError } from "./artifacts.ts";
import { inline, type MediaContainer, type Representations } from "../schema/media.ts";

/** The longest content that stands in an event, in bytes as it is encoded there; the web app's own runtimes draw the line there too. */
const MAX_INLINE_BYTES = 6_144;

const SVG = "image/svg+xml";
const PNG = "image/png";

/** Keeps bytes as an artifact and tells its id; rejects with an {@linkcode ArtifactError} when that fails. */
export type Upload = (mimeType: string, bytes: Uint8Array<ArrayBuffer>) => Promise<string>;

type Bundle = Omit<NormalizedBundle, "dropped">;

/**
 * Makes a bundle's representations.
 *
 * @returns at once what needs neither drawing nor uploading; a promise otherwise. It rejects only when `upload` rejects
 * with something else than an {@linkcode ArtifactError}: what cannot be drawn or uploaded is shown as it is
 */
export function toRepresentations(
  bundle: Bundle,
  upload: Upload,
  logger: Logger,
): Representations | Promise<Representations> {
  const { data, metadata } = bundle;
  if (needsPng(data) || Object.keys(data).some((mimeType) => isLarge(mimeType, data))) {
    return prepare(bundle, upload, logger);
  }
  return Object.fromEntries(
    Object.entries(data).map(([mimeType, content]) => [mimeType, inlineContainer(mimeType, content, metadata)]),
  );
}

async function prepare(given: Bundle, upload: Upload, logger: Logger): Promise<Representations> {
  const { data, metadata } = needsPng(given.data) ? await withPng(given, logger) : given;
  const containers = Object.entries(data).map(async ([mimeType, content]): Promise<[string, MediaContainer]> => {
    const bytes = isLarge(mimeType, data) ? toBytes(mimeType, content) : undefined;
    if (bytes === undefined) return [mimeType, inlineContainer(mimeType, content, metadata)];
    try {
      const artifactId = await upload(mimeType, bytes);
      return [mimeType, { type: "artifact", artifactId, ...metadataOf(mimeType, metadata) }];
    } catch (error) {
      if (!(error instanceof ArtifactError)) throw error;
      logger.warn("an output could not be kept as an artifact; it stands in the notebook itself", {
        mimeType,
        bytes: bytes.length,
        reason: error.message,
      });
      return [mimeType, inlineContainer(mimeType, content, metadata)];
    }
  });
  return Object.fromEntries(await Promise.all(containers));
}

/**
 * Whether content is too large for an event. The web app draws an artifact by putting its address where the content
 * would be, which works for pictures alone: of a table in HTML one would see the address. So text stays in the event,
 * except for an SVG that a picture beside it outranks.
 */
function isLarge(mimeType: string, data: MimeBundle): boolean {
  const content = data[mimeType];
  if (typeof content !== "string") return false;
  if (!isBinaryType(mimeType) && !(mimeType === SVG && PNG in data)) return false;
  return content.length > MAX_INLINE_BYTES || new TextEncoder().encode(content).length > MAX_INLINE_BYTES;
}

function toBytes(mimeType: string, content: JsonValue): Uint8Array<ArrayBuffer> | undefined {
  return isBinaryType(mimeType) ? decodeBase64(content as string) : new TextEncoder().encode(content as string);
}

function inlineContainer(mimeType: string, content: JsonValue, metadata: MimeMetadata): MediaContainer {
  return { ...inline(content), ...metadataOf(mimeType, metadata) };
}

function metadataOf(mimeType: string, metadata: MimeMetadata): { metadata?: Record<string, JsonValue> } {
  const own = metadata[mimeType];
  return typeof own === "object" && own !== null && !Array.isArray(own) ? { metadata: own } : {};
}
