/**
 * Finds out why a server does not open a socket. The WebSocket class only reports a failure; an HTTP request gets the server's answer.
 *
 * @module
 */

import { MAX_REASON_BYTES, readBoundedText } from "../../read_bounded_text.ts";
import { privateFetch } from "../../telemetry/private_fetch.ts";
import { httpUrl } from "./sync_url.ts";

/**
 * The reasons of the notebook contract that no further attempt can change. In an answer they are inside the text of an error object:
 * `{ "cause": Error: User must be authenticated, "note": ... }`. The two mismatching users are included if they have up to 200
 * characters together, and left out otherwise: part of a text may contain part of a secret, which would then not be recognized and hidden.
 */
const FINAL_REASON = /User must be authenticated|Runtime userId mismatch(?:[^"\n]{0,200}?(?=,? *["\n]|$))?/;

/**
 * Asks a server why it has not opened a socket. Servers check credentials only in a WebSocket request, so this is one. It uses HTTP/1.1,
 * the only version with such requests, and the same proxies and certificates as the WebSocket class.
 *
 * Call it only after a socket could not be opened. If the server opens one now, it sees the connection end as after a network failure.
 *
 * @returns the reason if the credentials are wrong, or `undefined` if another attempt may succeed
 */
export async function refusalReason(url: URL, signal: AbortSignal): Promise<string | undefined> {
  try {
    using client = Deno.createHttpClient({ http2: false });
    const response = await privateFetch(httpUrl(url), { headers: handshake(), redirect: "manual", client, signal });
    const { text } = await readBoundedText(response, MAX_REASON_BYTES);
    return response.status === 400 ? FINAL_REASON.exec(text)?.[0] : undefined;
  } catch {
    return undefined;
  }
}

/** The headers of a WebSocket request (RFC 6455, section 4.1). The key is 16 random bytes. */
function handshake(): Record<string, string> {
  return {
    "connection": "Upgrade",
    "upgrade": "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": crypto.getRandomValues(new Uint8Array(16)).toBase64(),
  };
}
