/**
 * Asks the sync server who a token belongs to. This comes first, because the server accepts any notebook id without an error.
 *
 * @module
 */

import { SyncUnreachableError } from "../errors.ts";
import { MAX_REASON_BYTES, readBoundedText } from "../read_bounded_text.ts";
import { redirectTarget } from "../redirect.ts";
import { Backoff } from "../async/backoff.ts";
import { type Clock, systemClock } from "../async/clock.ts";
import { delay } from "../async/delay.ts";
import { privateFetch } from "../telemetry/private_fetch.ts";
import { apiUrl, withoutCredentials } from "./sync/sync_url.ts";
import { tokenRefused, tokenUnsendable } from "./token_refused.ts";

/** The delays between attempts while the server cannot be reached, in milliseconds. */
const RETRY_PAUSES = { firstMs: 250, maxMs: 4_000 };

/** The user to whom a token belongs. */
export interface Identity {
  /** The user's id, which the sync socket requires. */
  id: string;
  /** The user's name, if the server knows it. */
  name?: string;
}

export interface IdentityOptions {
  /** The sync server's WebSocket base URL. */
  syncUrl: string;
  authToken: string;
  /** The clock for delays between attempts. Default: the system's. */
  clock?: Clock;
}

/**
 * Asks the server who the token belongs to, and retries as long as the server cannot be reached.
 *
 * @param signal ends the attempts. Then the error of the last complete attempt is thrown, or the signal's reason if there was none
 * @throws {TokenRefusedError} if the server refuses the token
 * @throws {SyncUnreachableError} if the server cannot be reached or is not a notebook server
 */
export async function fetchIdentity(options: IdentityOptions, signal: AbortSignal): Promise<Identity> {
  const { clock = systemClock } = options;
  const backoff = new Backoff(RETRY_PAUSES);
  let failure: SyncUnreachableError | undefined;
  while (!signal.aborted) {
    const answer = await askIdentity(options, signal);
    if (!(answer instanceof SyncUnreachableError)) return answer;
    // Keep the earlier failure: it is more informative than that of an attempt that our own deadline cut short.
    if (!signal.aborted || failure === undefined) failure = answer;
    // An aborted delay ends the loop.
    await delay(clock, backoff.next(), signal).catch(() => {});
  }
  throw failure ?? signal.reason;
}

function bearer(authToken: string): Headers {
  try {
    return new Headers({ authorization: `Bearer ${authToken}` });
  } catch {
    throw tokenUnsendable();
  }
}

/**
 * Asks the server once who the token belongs to.
 *
 * @returns the user, or the error if another attempt may succeed: the server was not reached, or failed
 * @throws {TokenRefusedError} if the server refuses the token
 * @throws {SyncUnreachableError} if the address is not that of a notebook server
 */
export async function askIdentity(
  { syncUrl, authToken }: IdentityOptions,
  signal: AbortSignal,
): Promise<Identity | SyncUnreachableError> {
  const url = apiUrl(withoutCredentials(syncUrl), "/api/me");
  const headers = bearer(authToken);
  let response: Response;
  try {
    response = await privateFetch(url, { headers, redirect: "manual", signal });
  } catch (cause) {
    return new SyncUnreachableError(
      url.href,
      `cannot reach the sync server at ${url.origin}: is it running, and is --sync-url (LIVESTORE_SYNC_URL) right?`,
      { cause },
    );
  }
  const { text } = await readBoundedText(response, MAX_REASON_BYTES).catch(() => ({ text: "" }));
  if (response.status === 401 || response.status === 403) {
    throw tokenRefused(syncUrl, `HTTP ${response.status}`);
  }
  if (response.status >= 500) {
    return new SyncUnreachableError(url.href, `the sync server at ${url.origin} answered with HTTP ${response.status}`);
  }
  const elsewhere = redirectTarget(response, url);
  if (elsewhere !== undefined) {
    throw new SyncUnreachableError(
      url.href,
      `the sync server at ${url.origin} redirects to ${elsewhere} (HTTP ${response.status}). The token was not ` +
        "sent there. If that is the right server, give its address with --sync-url (LIVESTORE_SYNC_URL)",
    );
  }
  const identity = response.ok ? readIdentity(text) : undefined;
  if (identity !== undefined) return identity;
  throw new SyncUnreachableError(
    url.href,
    `${url.href} is not the API of a notebook server (HTTP ${response.status}): ` +
      "check --sync-url (LIVESTORE_SYNC_URL); it looks like wss://app.runt.run/livestore",
  );
}

function readIdentity(body: string): Identity | undefined {
  try {
    const user = JSON.parse(body);
    if (typeof user?.id !== "string" || user.id === "") return undefined;
    return { id: user.id, name: typeof user.name === "string" ? user.name : undefined };
  } catch {
    return undefined;
  }
}
