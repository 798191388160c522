/**
 * Converts between the content of an output and the bytes of an artifact.
 *
 * @module
 */

import { MAX_FILE_BYTES } from "../../../src/files/hidden_content.ts";
import type { JsonValue } from "../../../src/media/json_value.ts";
import { isBinaryType, isJsonType } from "../../../src/media/mime_type.ts";
import { decodeBase64 } from "../../../src/media/raster_image.ts";

/** Stores bytes of a notebook and returns the artifact's id. */
export type Upload = (mimeType: string, bytes: Uint8Array<ArrayBuffer>) => Promise<string>;

/** Returns an artifact's bytes. `undefined` if no artifact has this id. */
export type Download = (artifactId: string) => Promise<Uint8Array | undefined>;

/** The largest metadata and pictures that are stored in an event, in bytes: 64 KiB. Larger ones become artifacts. */
export const LARGEST_INLINE = 64 * 1024;

/**
 * The largest text of an output that is stored in an event, in bytes: 256 KiB, as for an agent. The server accepts no event of 1
 * MiB.
 */
export const LARGEST_INLINE_TEXT = 256 * 1024;

/** The largest artifact that the sync server accepts, in bytes: as large as the largest file that an agent reads. */
export const LARGEST_ARTIFACT = MAX_FILE_BYTES;

/** Returns the bytes of a content. `undefined` if it should be base64 and is not. */
export function contentBytes(mimeType: string, content: JsonValue): Uint8Array<ArrayBuffer> | undefined {
  if (typeof content !== "string" || isJsonType(mimeType)) return new TextEncoder().encode(JSON.stringify(content));
  return isBinaryType(mimeType) ? decodeBase64(content) : new TextEncoder().encode(content);
}

/** Returns the content that bytes encode. */
export function contentOfBytes(mimeType: string, bytes: Uint8Array): JsonValue {
  if (isBinaryType(mimeType)) return toBase64(bytes);
  const text = new TextDecoder().decode(bytes);
  return isJsonType(mimeType) ? JSON.parse(text) : text;
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
