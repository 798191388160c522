/**
 * Finds the user of a token, and decides whether that user may open a socket.
 *
 * @module
 */

import type { Database } from "./bindings.ts";
import { tokenHash } from "./token_hash.ts";

export interface SyncUser {
  /** The `id` in the answer of `/api/me`. A runtime must send it as `userId`. */
  id: string;
  email: string;
  /** The name shown in the notebook. */
  name: string;
}

/** The tokens could not be looked up. Requests are then refused without claiming that their token is wrong. */
export class TokensUnavailableError extends Error {
  override readonly name = "TokensUnavailableError";
}

/**
 * Returns the user of a token; `undefined` if the token is unknown.
 * @throws {TokensUnavailableError} the database does not answer
 */
export async function userOf(token: unknown, tokens: Database): Promise<SyncUser | undefined> {
  if (typeof token !== "string") return undefined;
  const query = tokens.prepare("SELECT user_id AS id, email, name FROM tokens WHERE token_sha256 = ?");
  try {
    return await query.bind(await tokenHash(token)).first<SyncUser>() ?? undefined;
  } catch (cause) {
    throw new TokensUnavailableError("The tokens cannot be looked up now", { cause });
  }
}

export async function bearerUser(request: Request, tokens: Database): Promise<SyncUser | undefined> {
  return await userOf(request.headers.get("authorization")?.match(/^Bearer (.+)$/i)?.[1], tokens);
}

/**
 * Checks that the payload of a socket has the token of a user.
 *
 * @throws the reason the payload is refused
 */
export async function checkPayload(payload: unknown, tokens: Database): Promise<void> {
  const fields = (typeof payload === "object" && payload !== null ? payload : {}) as Record<string, unknown>;
  const user = await userOf(fields.authToken, tokens);
  if (user === undefined) throw new Error("User must be authenticated");
  if (fields.runtime === true && fields.userId !== user.id) {
    throw new Error(`Runtime userId mismatch: payload has ${fields.userId}, the token belongs to ${user.id}`);
  }
}
