/**
 * `deno task deploy:token`: makes a token for a person or an agent, and enters its hash into the deployed table of tokens.
 *
 * @module
 */

import { tokenHash } from "../../stack/sync_server/worker/token_hash.ts";
import { misused, readFlags, write } from "../task.ts";
import { runWrangler } from "./wrangler.ts";

const usage = `Usage: deno task deploy:token --user-id ID [--email ADDRESS] [--name NAME] [--dry-run]

Makes a token, enters its hash into the deployed server, and prints the token:
it is not stored, so it is shown only once. A user may have several tokens; the
old ones stay valid until their rows are deleted.

  --user-id ID     the user's id, as notebooks show who asked for a cell
  --email ADDRESS  the user's mail address (default: none)
  --name NAME      the name shown in notebooks (default: the id)
  --dry-run        print the statement and the token, and enter nothing
  --help           show this
`;

/** The random part of a token, in bytes. 256 bits cannot be guessed, so a plain hash of it needs no salt. */
const tokenBytes = 32;

/** The prefix of a token, by which scanners for leaked secrets and people recognize one. */
const tokenPrefix = "aipython_";

function newToken(): string {
  return tokenPrefix + crypto.getRandomValues(new Uint8Array(tokenBytes)).toBase64({
    alphabet: "base64url",
    omitPadding: true,
  });
}

/** Quotes a text for SQL. */
function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

const task = { name: "deploy:token", usage };
const flags = readFlags(task, {
  "user-id": { type: "string" },
  email: { type: "string", default: "" },
  name: { type: "string" },
  "dry-run": { type: "boolean" },
});
const userId = flags["user-id"] ?? misused(task, "whose token? Give --user-id ID");
const token = newToken();
const row = [await tokenHash(token), userId, flags.email, flags.name ?? userId].map(literal);
const statement = `INSERT INTO tokens (token_sha256, user_id, email, name) VALUES (${row.join(", ")})`;
if (flags["dry-run"]) write(`${statement}\n`);
else {
  const code = await runWrangler(["d1", "execute", "TOKENS", "--remote", "--yes", "--command", statement]);
  if (code !== 0) Deno.exit(code);
}
write(`${token}\n`);
