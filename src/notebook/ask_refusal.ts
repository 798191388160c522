/**
 * Finds out whether the notebook's server refuses our credentials or just cannot be reached.
 *
 * @module
 */

import { askIdentity } from "./identity.ts";
import { refusalReason } from "./sync/refusal.ts";
import { socketUrl } from "./sync/sync_url.ts";
import { tokenRefused, TokenRefusedError } from "./token_refused.ts";

/** The longest wait for the server's answer, in milliseconds. */
const ANSWER_TIMEOUT_MS = 5_000;

export interface RefusalOptions {
  /** The sync server's WebSocket base URL. */
  syncUrl: string;
  notebookId: string;
  /** The payload with which a socket to the notebook is requested. */
  payload: { authToken: string };
}

/**
 * Asks the server's API who the token belongs to, and requests a socket. Call it only after a socket could not be opened.
 *
 * Only two answers are final: 401 or 403 from the API, and a reason of the notebook contract in reply to the socket request. All other
 * failures may be temporary: no answer, 5xx, an HTML page, and 401 or 403 in reply to the socket request, which come from a proxy.
 *
 * @returns the refusal, or `undefined` if another attempt may succeed
 */
export async function askRefusal(
  { syncUrl, notebookId, payload }: RefusalOptions,
  signal: AbortSignal,
): Promise<TokenRefusedError | undefined> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]);
  const [ofToken, ofSocket] = await Promise.all([
    askIdentity({ syncUrl, authToken: payload.authToken }, limit).catch((error) => error),
    refusalReason(socketUrl(syncUrl, notebookId, payload), limit),
  ]);
  if (ofToken instanceof TokenRefusedError) return ofToken;
  return ofSocket === undefined ? undefined : tokenRefused(syncUrl, ofSocket);
}
