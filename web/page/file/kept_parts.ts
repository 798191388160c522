/**
 * Parts of a notebook file that the events cannot express: metadata, attachments, counts, and the original form of outputs. They
 * are stored in the notebook's metadata, under one key per cell. Parts larger than 64 KiB are stored as artifacts.
 *
 * @module
 */

import { isJsonObject, type JsonObject, parseJson, stringifyJson } from "../../../src/nbformat/json_text.ts";
import { type Download, LARGEST_ARTIFACT, LARGEST_INLINE, type Upload } from "./artifact_content.ts";

/** The key for the whole file: its `metadata`, and the `title` that it was opened under. */
export const FILE_KEY = "aipython.file";

/** Returns the key for a cell: its `metadata`, `attachments`, `executionCount`, and `outputs` in the file's form by their ids. */
export function cellKey(cellId: string): string {
  return `${FILE_KEY}.${cellId}`;
}

/** @param upload stores parts that are too large for an event */
export async function keepParts(parts: JsonObject, upload: Upload): Promise<string> {
  const bytes = new TextEncoder().encode(stringifyJson(parts));
  if (bytes.length <= LARGEST_INLINE) return stringifyJson({ parts });
  const artifacts: string[] = [];
  for (let from = 0; from < bytes.length; from += LARGEST_ARTIFACT) {
    artifacts.push(await upload("application/json", bytes.slice(from, from + LARGEST_ARTIFACT)));
  }
  return stringifyJson({ artifacts });
}

/**
 * Reads the value of a key. Any client may have written it.
 *
 * @returns an empty object if there is no value or the value is invalid
 * @throws if an artifact cannot be fetched
 */
export async function readParts(value: string | undefined, download: Download): Promise<JsonObject> {
  const kept = value === undefined ? undefined : parsed(value);
  if (!isJsonObject(kept)) return {};
  if (!Array.isArray(kept.artifacts)) return isJsonObject(kept.parts) ? kept.parts : {};
  const artifacts = await Promise.all(kept.artifacts.map(async (id) => {
    const bytes = await download(String(id));
    if (bytes === undefined) throw new Error("a part of the file that this notebook was made from cannot be fetched");
    return new Uint8Array(bytes);
  }));
  const parts = parsed(await new Blob(artifacts).text());
  return isJsonObject(parts) ? parts : {};
}

function parsed(text: string) {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
