/**
 * Why a server does not let us in. A WebSocket only says "error"; the same address over HTTP says more.
 *
 * @module
 */

import { MAX_REASON_BYTES, readBoundedText } from "../../read_bounded_text.ts";
import { httpUrl } from "./sync_url.ts";

/** How long the server may take to say why, in milliseconds. */
const ANSWER_TIMEOUT_MS = 5_000;

/**
 * The reasons that no further attempt can change; both stand in the contract. In an answer they stand inside the text of an
 * error object: `{ "cause": Error: User must be authenticated, "note": ... }`.
 */
const FINAL_REASON = /(?:User must be authenticated|Runtime userId mismatch[^",\n]*)/;

/**
 * Asks a server why it refuses a socket.
 *
 * @param url the socket's address
 * @param signal gives the question up
 * @returns the reason, when the credentials are at fault; `undefined` when it is worth trying again
 */
export async function refusalReason(url: URL, signal: AbortSignal): Promise<string | undefined> {
  try {
    const response = await fetch(httpUrl(url), {
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]),
    });
    const { text } = await readBoundedText(response, MAX_REASON_BYTES);
    if (response.status === 401 || response.status === 403) return `HTTP ${response.status}`;
    return response.status === 400 ? FINAL_REASON.exec(text)?.[0] : undefined;
  } catch {
    return undefined;
  }
}
