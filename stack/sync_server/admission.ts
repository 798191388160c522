/**
 * Fills the local server's table of tokens, as the person who deploys one does by hand.
 *
 * @module
 */

import { tokenHash } from "./worker/token_hash.ts";
import type { SyncUser } from "./worker/users.ts";

/** The table of tokens, as it is made in the cloud. */
const tokensTable = new URL("./migrations/0001_tokens.sql", import.meta.url);

/** Answered when the users are admitted; it comes from the process that holds the server. */
export const admissionUrl = "http://admission.invalid/";

/** It takes nothing from who asks, so that it does not matter who does. */
const script = `export default {
  async fetch(_request, { TOKENS, TABLE, ROWS }) {
    const insertion = TOKENS.prepare("INSERT INTO tokens (token_sha256, user_id, email, name) VALUES (?, ?, ?, ?)");
    await TOKENS.batch([
      TOKENS.prepare(TABLE),
      TOKENS.prepare("DELETE FROM tokens"),
      ...ROWS.map((row) => insertion.bind(...row)),
    ]);
    return new Response();
  },
};`;

/**
 * Makes a worker beside the server's own that lets these users in by their tokens, and nobody else: a token of an earlier start is
 * not taken any more. Miniflare can reach a database from outside, but holds up the whole process for each step.
 */
export async function admissionWorker(users: Record<string, SyncUser>, compatibilityDate: string) {
  const rows = Object.entries(users).map(async ([token, { id, email, name }]) => [
    await tokenHash(token),
    id,
    email,
    name,
  ]);
  return {
    name: "admission",
    routes: [`${new URL(admissionUrl).hostname}/*`],
    modules: true,
    script,
    compatibilityDate,
    d1Databases: ["TOKENS"],
    bindings: { TABLE: await Deno.readTextFile(tokensTable), ROWS: await Promise.all(rows) },
  };
}
