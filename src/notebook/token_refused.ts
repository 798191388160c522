/**
 * The notebook's server does not take the token: said alike by everything that asks.
 *
 * @module
 */

import { RefusedError } from "../errors.ts";
import { apiUrl, withoutCredentials } from "./sync/sync_url.ts";

/** A refused token: what was found, why, and what to do about it. The message has all three. */
export class TokenRefusedError extends RefusedError {
  /** What was found. */
  readonly fact: string;
  /** Why, in the server's own words where it is the one that refused. */
  readonly reason: string;
  /** What to do, to stand behind a colon. */
  readonly remedy: string;

  /**
   * @param fact what was found
   * @param reason why
   * @param remedy what to do, to stand behind a colon
   */
  constructor(fact: string, reason: string, remedy: string) {
    super("sync", `${fact} (${reason}): ${remedy}`);
    this.fact = fact;
    this.reason = reason;
    this.remedy = remedy;
  }
}

/**
 * The server has refused the token.
 *
 * @param syncUrl the WebSocket base of the sync server
 * @param reason what it said: `HTTP 401`, or the reason of the contract for which it opens no socket
 */
export function tokenRefused(syncUrl: string, reason: string): TokenRefusedError {
  return new TokenRefusedError(
    `the sync server at ${apiUrl(withoutCredentials(syncUrl), "/").origin} does not take the token`,
    reason,
    "give a fresh one with --auth-token (AUTH_TOKEN, RUNT_API_KEY); a token from a browser lives five minutes, an API key " +
      "of the notebook's server until it is revoked",
  );
}

/** The token cannot be sent, and was not. */
export function tokenUnsendable(): TokenRefusedError {
  return new TokenRefusedError(
    "the token cannot be sent, and was not",
    "no token has a line break, or a character that is not ASCII",
    "copy it again and give it with --auth-token (AUTH_TOKEN, RUNT_API_KEY)",
  );
}
