/**
 * A token that the sync server rejects: `aipython check` and `aipython` report it in the same words.
 *
 * @module
 */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { newNotebookId } from "../../../stack/notebook_id.ts";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { agentEnvironment } from "../../support/agent_environment.ts";
import { refuseSocket, startRefusingServer } from "../../support/refusing_server.ts";
import { answer, result } from "../../support/scripted_answer.ts";
import { startScriptedModel } from "../../support/scripted_model_server.ts";
import { runToEnd } from "../command_process.ts";
import { checkAsJson } from "./check_process.ts";

const token = "a-token-that-is-refused";

const tlsFile = (name: string) => fileURLToPath(new URL(`../../support/localhost_tls/${name}.pem`, import.meta.url));
const tls = {
  cert: await Deno.readTextFile(tlsFile("certificate")),
  key: await Deno.readTextFile(tlsFile("key")),
};

/** A server that rejects the token. */
interface Refusing extends AsyncDisposable {
  readonly syncUrl: string;
}

/** Starts a server for which the token belongs to another user. */
const otherUser = (encryption?: typeof tls) =>
  startRefusingServer({
    me: () => Response.json({ id: "user-1" }),
    socket: () => refuseSocket("Runtime userId mismatch: payload claims user-1, but token is for user-2"),
  }, encryption);

const kinds: Record<string, [() => Refusing | Promise<Refusing>, RegExp]> = {
  "a token of another server": [() => startSyncServer(), /\(HTTP 401\)/],
  "a revoked token": [async () => {
    const user = { id: "ada", email: "ada@example.test", name: "Ada" };
    const server = await startSyncServer({ users: { [token]: user } });
    await server.admit({ "another-token": user });
    return server;
  }, /\(HTTP 401\)/],
  "a token that expires while it is used": [() => startRefusingServer({}), /\(User must be authenticated\)/],
  "a token of another user": [
    () => otherUser(),
    /\(Runtime userId mismatch: payload claims user-1, but token is for user-2\)/,
  ],
  "a token of another user over TLS": [() => otherUser(tls), /\(Runtime userId mismatch: .* token is for user-2\)/],
};

for (const [kind, [start, reason]] of Object.entries(kinds)) {
  Deno.test(`aipython check and aipython exit with 3 and the same message for ${kind}`, async () => {
    await using server = await start();
    await using model = await startScriptedModel(answer(result("5")), {
      models: { body: { data: [{ id: "gpt-4o-mini" }] } },
    });
    const environment = {
      ...agentEnvironment({ syncUrl: server.syncUrl, authToken: token, notebookId: newNotebookId() }, model),
      DENO_CERT: tlsFile("authority"),
    };
    const checked = await checkAsJson(environment);
    assert.match(checked.states, /sync-server ok, token fail, notebook skip, runtime skip$/);
    const attached = await runToEnd([], { environment });
    assert.deepEqual([checked.code, attached.code], [3, 3], attached.stderr);
    const { message, remedy = "" } = checked.checks.token;
    assert.match(message, /^the sync server at https?:\/\/[\w.]+:\d+ does not accept the token \(/);
    assert.match(message, reason);
    assert.match(remedy, /^Give a fresh one with --auth-token/);
    assert.ok(attached.stderr.includes(`${message}: ${remedy[0].toLowerCase()}${remedy.slice(1)}`), attached.stderr);
    assert.ok(!(checked.written + attached.stderr).includes(token));
  });
}
