/**
 * Fills the local server's table of tokens. For a deployed server, the person who deploys it does this by hand.
 *
 * @module
 */

import { tokenHash } from "./worker/token_hash.ts";
import type { SyncUser } from "./worker/users.ts";

/** The SQL that creates the table of tokens, the same as in the cloud. */
const tokensTable = new URL("./migrations/0001_tokens.sql", import.meta.url);

/** The URL of the worker that admits users. Only the process that runs the server has its key. */
const admissionUrl = "http://admission.invalid/";

/**
 * The script of that worker. The request's body contains the rows of the table. A key is required, because any
 * program that reaches the port can send a request to this worker's host.
 */
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
 * Makes a second worker that fills the table of tokens. Miniflare can also access a database from outside, but blocks
 * the whole process for each step.
 *
 * @param key the `authorization` header that requests must have
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
 * Admits these users by their tokens and replaces all earlier ones: a token of an earlier start is refused.
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
