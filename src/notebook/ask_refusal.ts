/**
 * Asks a notebook's server whether it refuses our credentials, or merely cannot be reached.
 *
 * @module
 */

import { askIdentity } from "./identity.ts";
import { refusalReason } from "./sync/refusal.ts";
import { socketUrl } from "./sync/sync_url.ts";
import { tokenRefused, TokenRefusedError } from "./token_refused.ts";

/** How long the server may take to answer, in milliseconds. */
const ANSWER_TIMEOUT_MS = 5_000;

/** The credentials in question. */
export interface RefusalOptions {
  /** The WebSocket base of the sync server. */
  syncUrl: string;
  /** The notebook's id. */
  notebookId: string;
  /** What a socket to the notebook is asked for with. */
  payload: { authToken: string };
}

/**
 * Asks in both ways that there are: who the token belongs to, and for a socket. Only these answers are final: 401 or 403 of the API, and
 * a reason of the contract in place of a socket. All else may pass: no answer, 5xx, a page, and a 401 or 403 in place of a socket, which
 * is a proxy's.
 *
 * Ask only where a socket could not be opened.
 *
 * @param signal gives the question up
 * @returns the refusal; `undefined` when it is worth trying again
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
