/**
 * Who the token belongs to: asked before anything else, because a sync server takes any notebook id without a word.
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

/** The pauses between attempts while the server cannot be reached, in milliseconds. */
const RETRY_PAUSES = { firstMs: 250, maxMs: 4_000 };

/** The user that a token stands for. */
export interface Identity {
  /** The user's id, which the sync socket wants to hear. */
  id: string;
  /** The user's name, where the server knows one. */
  name?: string;
}

/** What is needed to ask. */
export interface IdentityOptions {
  /** The WebSocket base of the sync server. */
  syncUrl: string;
  /** The token in question. */
  authToken: string;
  /** Measures the pauses between attempts. Default: the machine's clock. */
  clock?: Clock;
}

/**
 * Asks the server who the token belongs to, again and again while the server cannot be reached.
 *
 * @param signal ends the attempts; its reason is thrown then, or what the last attempt failed with if that says more
 * @throws {TokenRefusedError} the server does not take the token
 * @throws {SyncUnreachableError} the server cannot be reached, or is not a notebook server
 */
export async function fetchIdentity(options: IdentityOptions, signal: AbortSignal): Promise<Identity> {
  const { clock = systemClock } = options;
  const backoff = new Backoff(RETRY_PAUSES);
  let failure: SyncUnreachableError | undefined;
  while (!signal.aborted) {
    const answer = await askIdentity(options, signal);
    if (!(answer instanceof SyncUnreachableError)) return answer;
    // An attempt that our own deadline cut short says less than the one before it.
    if (!signal.aborted || failure === undefined) failure = answer;
    // The loop ends when the wait is aborted.
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
 * Asks once.
 *
 * @returns who it is, or why another attempt may help: the server was not reached, or failed
 * @throws {TokenRefusedError} the server does not take the token
 * @throws {SyncUnreachableError} what answers is not a notebook server
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
    return new SyncUnreachableError(url.href, `the sync server at ${url.origin} fails with HTTP ${response.status}`);
  }
  const elsewhere = redirectTarget(response, url);
  if (elsewhere !== undefined) {
    throw new SyncUnreachableError(
      url.href,
      `the sync server at ${url.origin} sends us to ${elsewhere} (HTTP ${response.status}), where nothing was sent: the ` +
        "token is for one server alone; if that is the right one, give its address with --sync-url (LIVESTORE_SYNC_URL)",
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
