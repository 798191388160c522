/**
 * Why a server does not open a socket to us. The WebSocket class only says that it failed; the same request, made by hand, is answered.
 *
 * @module
 */

import { MAX_REASON_BYTES, readBoundedText } from "../../read_bounded_text.ts";
import { privateFetch } from "../../telemetry/private_fetch.ts";
import { httpUrl } from "./sync_url.ts";

/**
 * The reasons that no further attempt can change; both stand in the contract. In an answer they stand inside the text of an
 * error object: `{ "cause": Error: User must be authenticated, "note": ... }`. Which users do not match is told in up to 200 characters,
 * or not at all: half a text could hold half a secret, which nobody recognises.
 */
const FINAL_REASON = /User must be authenticated|Runtime userId mismatch(?:[^"\n]{0,200}?(?=,? *["\n]|$))?/;

/**
 * Asks a server why it has not opened a socket. Servers look at credentials only when they are asked for a WebSocket, so this is such
 * a request. It speaks HTTP/1.1, the only version that has them, and honours proxies and certificates as the WebSocket class does.
 *
 * Ask only where a socket could not be opened. A server that opens one now sees its connection end, as when the network fails.
 *
 * @param url the socket's address
 * @param signal gives the question up
 * @returns the reason, when the credentials are at fault; `undefined` when it is worth trying again
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

/** The headers that ask for a WebSocket (RFC 6455, section 4.1); the key is 16 random bytes. */
function handshake(): Record<string, string> {
  return {
    "connection": "Upgrade",
    "upgrade": "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": crypto.getRandomValues(new Uint8Array(16)).toBase64(),
  };
}
