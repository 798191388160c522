/**
 * Fills the local server's table of tokens, as the person who deploys one does by hand.
 *
 * @module
 */

import { tokenHash } from "./worker/token_hash.ts";
import type { SyncUser } from "./worker/users.ts";

/** The table of tokens, as it is made in the cloud. */
const tokensTable = new URL("./migrations/0001_tokens.sql", import.meta.url);

/** The address of the worker that admits users; only the process that holds the server reaches it with the key. */
const admissionUrl = "http://admission.invalid/";

/** The request's body is the rows of the table. Whoever reaches the port can name this worker's host, so that it wants a key. */
const script = `export default {
  async fetch(request, { TOKENS, TABLE, KEY }) {
    if (request.headers.get("authorization") !== KEY) return new Response(null, { status: 403 });
    const insertion = TOKENS.prepare("INSERT INTO tokens (token_sha256, user_id, email, name) VALUES (?, ?, ?, ?)");
    const rows = await request.json();
    await TOKENS.batch([
      TOKENS.prepare(TABLE),
      TOKENS.prepare("DELETE FROM tokens"),
      ...rows.map((row) => insertion.bind(...row)),
    ]);
    return new Response();
  },
};`;

/** Sends a request to the server's workers. */
type Dispatch = (url: string, init: { method: string; headers: Record<string, string>; body: string }) => Promise<
  { ok: boolean; status: number }
>;

/**
 * Makes a worker beside the server's own that fills the table of tokens. Miniflare can reach a database from outside, but holds up the
 * whole process for each step.
 *
 * @param key what a request must carry
 */
export async function admissionWorker(key: string, compatibilityDate: string) {
  return {
    name: "admission",
    routes: [`${new URL(admissionUrl).hostname}/*`],
    modules: true,
    script,
    compatibilityDate,
    d1Databases: ["TOKENS"],
    bindings: { TABLE: await Deno.readTextFile(tokensTable), KEY: key },
  };
}

/**
 * Lets these users in by their tokens, and nobody else from now on: a token of an earlier start is not taken any more.
 *
 * @throws when the worker fails
 */
export async function admit(users: Record<string, SyncUser>, key: string, dispatch: Dispatch): Promise<void> {
  const rows = Object.entries(users).map(async ([token, { id, email, name }]) => [
    await tokenHash(token),
    id,
    email,
    name,
  ]);
  const body = JSON.stringify(await Promise.all(rows));
  const { ok, status } = await dispatch(admissionUrl, { method: "POST", headers: { authorization: key }, body });
  if (!ok) throw new Error(`the users were not admitted: HTTP ${status}`);
}
