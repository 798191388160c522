/**
 * The content of an output as the bytes of an artifact, and back.
 *
 * @module
 */

import type { JsonValue } from "../../../src/media/json_value.ts";
import { isBinaryType, isJsonType } from "../../../src/media/mime_type.ts";
import { decodeBase64 } from "../../../src/media/raster_image.ts";

/** Keeps bytes beside a notebook; returns the artifact's id. */
export type Upload = (mimeType: string, bytes: Uint8Array<ArrayBuffer>) => Promise<string>;

/** Returns an artifact's bytes; `undefined` when there is none of that id. */
export type Download = (artifactId: string) => Promise<Uint8Array | undefined>;

/** Metadata and pictures of more bytes than this are kept as artifacts: 64 KiB. */
export const LARGEST_INLINE = 64 * 1024;

/** So many bytes of an output's text stand in its event, as those of an agent do: 256 KiB. The server takes no event of 1 MiB. */
export const LARGEST_INLINE_TEXT = 256 * 1024;

/** The largest artifact that the sync server takes, in bytes. */
export const LARGEST_ARTIFACT = 16 * 1024 * 1024;

/** The bytes of a content; `undefined` when it should be base64 and is not. */
export function contentBytes(mimeType: string, content: JsonValue): Uint8Array<ArrayBuffer> | undefined {
  if (typeof content !== "string" || isJsonType(mimeType)) return new TextEncoder().encode(JSON.stringify(content));
  return isBinaryType(mimeType) ? decodeBase64(content) : new TextEncoder().encode(content);
}

/** The content that bytes stand for. */
export function contentOfBytes(mimeType: string, bytes: Uint8Array): JsonValue {
  if (isBinaryType(mimeType)) return toBase64(bytes);
  const text = new TextDecoder().decode(bytes);
  return isJsonType(mimeType) ? JSON.parse(text) : text;
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
