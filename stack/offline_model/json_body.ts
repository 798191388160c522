/**
 * Reads the JSON body of an HTTP request.
 *
 * @module
 */

import type { IncomingMessage } from "node:http";
import { type Fields, isFields } from "../strict_model/fields.ts";
import { ApiError } from "./api_error.ts";

/** The largest body, in bytes: more than the longest conversation that a real model accepts. */
const MAX_BODY = 32 * 1024 * 1024;

/**
 * Reads and parses the body of a request.
 *
 * @throws {ApiError} when the body is too large or is not a JSON object
 */
export async function readJsonBody(request: IncomingMessage): Promise<Fields> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BODY) throw new ApiError(413, `The body is too large: expected ${MAX_BODY} bytes at most.`);
    chunks.push(chunk);
  }
  return parseJsonBody(await new Blob(chunks as BlobPart[]).text());
}

/**
 * Parses the text of a body.
 *
 * @throws {ApiError} with status 400 when the text is not a JSON object
 */
export function parseJsonBody(text: string): Fields {
  try {
    const value: unknown = JSON.parse(text);
    if (isFields(value)) return value;
  } catch {
    // The error below reports it.
  }
  throw new ApiError(400, "We could not parse the JSON body of your request. Expected a JSON object.");
}
