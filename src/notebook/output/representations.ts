/**
 * How a bundle stands in an event: with what the web app draws of it, and what is large kept as an artifact.
 *
 * @module
 */

import type { JsonValue } from "../../media/json_value.ts";
import type { MimeMetadata } from "../../media/mime_bundle.ts";
import type { Logger } from "../../logger.ts";
import type { NormalizedBundle } from "../../media/normalize_bundle.ts";
import { isBinaryType } from "../../media/mime_type.ts";
import { decodeBase64 } from "../../media/raster_image.ts";
import { ArtifactError, type StoredArtifact } from "./artifacts.ts";
import { fitSvg } from "./fit_svg.ts";
import { withGenerated } from "./generated_representations.ts";
import { jpegBase64 } from "./jpeg_base64.ts";
import { inline, type MediaContainer, type Representations } from "../schema/media.ts";

/** The longest base64 that stands in an event, in bytes; the web app's own runtimes draw the line there too. */
const MAX_INLINE_BYTES = 6_144;

/**
 * The longest SVG that stands in an event, in bytes: 256 KB. A plot has 10 to 30 KB, and the server takes no event of 1 MiB, whose
 * JSON is up to a fifth longer than the SVG and which others of a batch may join.
 */
const MAX_INLINE_SVG_BYTES = 262_144;

const SVG = "image/svg+xml";

/** What content needs so that the web app draws it well. */
const FITTINGS: Record<string, (content: string) => string> = { [SVG]: fitSvg, "image/jpeg": jpegBase64 };

/** Keeps bytes as an artifact and tells where; rejects with an {@linkcode ArtifactError} when that fails. */
export type Upload = (mimeType: string, bytes: Uint8Array<ArrayBuffer>) => Promise<StoredArtifact>;

type Bundle = Omit<NormalizedBundle, "dropped">;

/** What a cell notes on a representation. */
type Notes = Record<string, JsonValue> | undefined;

/**
 * Makes a bundle's representations.
 *
 * @returns at once what needs no uploading; a promise otherwise. It rejects only when `upload` rejects with something else than an
 * {@linkcode ArtifactError}: what cannot be uploaded stands in the event
 */
export function toRepresentations(
  { data, metadata }: Bundle,
  upload: Upload,
  logger: Logger,
): Representations | Promise<Representations> {
  const containers = Object.entries(data).map(([mimeType, given]) => {
    const content = typeof given === "string" ? FITTINGS[mimeType]?.(given) ?? given : given;
    return [mimeType, toContainer(mimeType, content, notesOf(mimeType, metadata))] as const;
  });
  const done = containers.filter((entry): entry is [string, MediaContainer] => !(entry[1] instanceof Promise));
  if (done.length === containers.length) return withGenerated(Object.fromEntries(done));
  const promises = containers.map(async ([mimeType, container]) => [mimeType, await container] as const);
  return Promise.all(promises).then((entries) => withGenerated(Object.fromEntries(entries)));

  function toContainer(mimeType: string, content: JsonValue, notes: Notes): MediaContainer | Promise<MediaContainer> {
    const whole = { ...inline(content), ...notes === undefined ? {} : { metadata: notes } };
    const bytes = largeBytes(mimeType, content);
    if (bytes === undefined) return whole;
    return keep(mimeType, bytes, upload, logger).then((artifact) => {
      if (artifact === undefined) return whole;
      const { artifactId, fileUrl } = artifact;
      return { type: "artifact", artifactId, metadata: { ...notes, fileUrl } };
    });
  }
}

async function keep(
  mimeType: string,
  bytes: Uint8Array<ArrayBuffer>,
  upload: Upload,
  logger: Logger,
): Promise<StoredArtifact | undefined> {
  try {
    return await upload(mimeType, bytes);
  } catch (error) {
    if (!(error instanceof ArtifactError)) throw error;
    logger.warn("an output could not be kept as an artifact; it stands in the notebook itself", {
      mimeType,
      bytes: bytes.length,
      reason: error.message,
    });
  }
}

/**
 * The bytes of content that is too large for an event. The web app draws an artifact by putting its address where the content would
 * be, which works for pictures alone: of a table in HTML one would see the address. So other text stays in the event.
 */
function largeBytes(mimeType: string, content: JsonValue): Uint8Array<ArrayBuffer> | undefined {
  if (typeof content !== "string") return undefined;
  if (isBinaryType(mimeType)) return content.length > MAX_INLINE_BYTES ? decodeBase64(content) : undefined;
  if (mimeType !== SVG || content.length * 3 <= MAX_INLINE_SVG_BYTES) return undefined;
  const bytes = new TextEncoder().encode(content);
  return bytes.length > MAX_INLINE_SVG_BYTES ? bytes : undefined;
}

/** What the cell notes on a representation, without what only a runtime may say of it. */
function notesOf(mimeType: string, metadata: MimeMetadata): Notes {
  const own = metadata[mimeType];
  if (typeof own !== "object" || own === null || Array.isArray(own)) return undefined;
  const { fileUrl: _, generatedFor: __, ...notes } = own;
  return notes;
}
