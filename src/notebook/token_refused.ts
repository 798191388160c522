/**
 * The error for a token that the notebook's server refuses, with the same message everywhere.
 *
 * @module
 */

import { RefusedError } from "../errors.ts";
import { apiUrl, withoutCredentials } from "./sync/sync_url.ts";

/** A refused token. The message consists of the fact, the reason and the remedy. */
export class TokenRefusedError extends RefusedError {
  /** The fact, for example that the server does not accept the token. */
  readonly fact: string;
  /** The reason, in the server's words if the server has refused the token. */
  readonly reason: string;
  /** The advice; it follows a colon. */
  readonly remedy: string;

  constructor(fact: string, reason: string, remedy: string) {
    super("sync", `${fact} (${reason}): ${remedy}`);
    this.fact = fact;
    this.reason = reason;
    this.remedy = remedy;
  }
}

/**
 * Makes the error for a token that the server refuses.
 *
 * @param reason the server's answer: `HTTP 401`, or a reason of the notebook contract in reply to a socket request
 */
export function tokenRefused(syncUrl: string, reason: string): TokenRefusedError {
  return new TokenRefusedError(
    `the sync server at ${apiUrl(withoutCredentials(syncUrl), "/").origin} does not accept the token`,
    reason,
    "give a fresh one with --auth-token (AUTH_TOKEN, RUNT_API_KEY); a token from a browser expires after five minutes, an API key " +
      "of the notebook's server when it is revoked",
  );
}

/** Makes the error for a token that cannot be an HTTP header and was not sent. */
export function tokenUnsendable(): TokenRefusedError {
  return new TokenRefusedError(
    "the token cannot be sent",
    "it contains a line break or a character that is not ASCII",
    "copy it again and give it with --auth-token (AUTH_TOKEN, RUNT_API_KEY)",
  );
}
