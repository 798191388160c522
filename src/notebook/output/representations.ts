/**
 * Converts a MIME bundle to the representations of an event. Large content becomes an artifact, and content for the web app is added.
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

/** The longest base64 that is stored in an event, in bytes. The web app's own runtimes have the same limit. */
const MAX_INLINE_BYTES = 6_144;

/**
 * The longest SVG that is stored in an event, in bytes: 256 KB. A plot has 10 to 30 KB. The server accepts no event of 1 MiB; the JSON of
 * an SVG is up to a fifth longer than the SVG, and the batch may contain other events.
 */
const MAX_INLINE_SVG_BYTES = 262_144;

const SVG = "image/svg+xml";

/** Changes to content so that the web app draws it correctly. */
const FITTINGS: Record<string, (content: string) => string> = { [SVG]: fitSvg, "image/jpeg": jpegBase64 };

/** Uploads bytes as an artifact and returns its address; rejects with an {@linkcode ArtifactError} if that fails. */
export type Upload = (mimeType: string, bytes: Uint8Array<ArrayBuffer>) => Promise<StoredArtifact>;

type Bundle = Omit<NormalizedBundle, "dropped">;

/** The cell's metadata for a representation. */
type Notes = Record<string, JsonValue> | undefined;

/**
 * Converts a bundle. Content that cannot be uploaded is stored in the event.
 *
 * @returns the representations, or a promise of them if something has to be uploaded. The promise rejects only if `upload` rejects with an
 * error that is not an {@linkcode ArtifactError}
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
    logger.warn("an output could not be stored as an artifact; it is stored in the notebook instead", {
      mimeType,
      bytes: bytes.length,
      reason: error.message,
    });
  }
}

/**
 * Returns the bytes of content that is too large for an event. The web app puts the address of an artifact in place of its content, which
 * works only for images: in place of an HTML table it would show the address. Other text therefore stays in the event.
 */
function largeBytes(mimeType: string, content: JsonValue): Uint8Array<ArrayBuffer> | undefined {
  if (typeof content !== "string") return undefined;
  if (isBinaryType(mimeType)) return content.length > MAX_INLINE_BYTES ? decodeBase64(content) : undefined;
  if (mimeType !== SVG || content.length * 3 <= MAX_INLINE_SVG_BYTES) return undefined;
  const bytes = new TextEncoder().encode(content);
  return bytes.length > MAX_INLINE_SVG_BYTES ? bytes : undefined;
}

/** The cell's metadata for a representation, without the fields that only a runtime may set. */
function notesOf(mimeType: string, metadata: MimeMetadata): Notes {
  const own = metadata[mimeType];
  if (typeof own !== "object" || own === null || Array.isArray(own)) return undefined;
  const { fileUrl: _, generatedFor: __, ...notes } = own;
  return notes;
}
