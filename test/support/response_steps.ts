/**
 * Parts of a scripted response: pauses, plain bodies, and encoded text.
 *
 * @module
 */

import type { ServerResponse } from "node:http";
import type { PlainResponse } from "./scripted_model_server.ts";

/** Waits this many milliseconds. Rejects with `left` if the client disconnects earlier. */
export async function sleep(ms: number, left: Promise<never>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, Math.max(0, ms));
  try {
    await Promise.race([promise, left]);
  } finally {
    clearTimeout(timer);
  }
}

/** Sends a response that is not streamed. */
export function sendPlain({ status = 200, headers = {}, body = "" }: PlainResponse, response: ServerResponse): void {
  const isText = typeof body === "string";
  response.writeHead(status, isText ? headers : { "content-type": "application/json", ...headers });
  response.end(isText ? body : JSON.stringify(body));
}

/** Encodes text as UTF-8. */
export function encode(value: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(value);
}
