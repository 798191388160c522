/**
 * Fills the local server's table of tokens, as the person who deploys one does by hand.
 *
 * @module
 */

import type { Miniflare } from "miniflare";
import { tokenHash } from "./worker/token_hash.ts";
import type { SyncUser } from "./worker/users.ts";

/** The table of tokens, as it is made in the cloud. */
const tokensTable = new URL("./migrations/0001_tokens.sql", import.meta.url);

/** Lets these users in by their tokens, and nobody else: a token of an earlier start is not taken any more. */
export async function admitUsers(miniflare: Miniflare, users: Record<string, SyncUser>): Promise<void> {
  const tokens = await miniflare.getD1Database("TOKENS");
  const insertion = tokens.prepare("INSERT INTO tokens (token_sha256, user_id, email, name) VALUES (?, ?, ?, ?)");
  const hashed = await Promise.all(Object.keys(users).map(tokenHash));
  await tokens.batch([
    tokens.prepare(await Deno.readTextFile(tokensTable)),
    tokens.prepare("DELETE FROM tokens"),
    ...Object.values(users).map(({ id, email, name }, index) => insertion.bind(hashed[index], id, email, name)),
  ]);
}
