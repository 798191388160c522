/**
 * Tests of askRefusal() with servers that refuse the token, that fail, and that answer every request alike.
 *
 * @module
 */

import assert from "node:assert/strict";
import { RefusedError } from "../../src/errors.ts";
import { askRefusal } from "../../src/notebook/ask_refusal.ts";
import { appPage, refuseSocket, type RefusingAnswers, startRefusingServer } from "../support/refusing_server.ts";

const credentials = { notebookId: "n", payload: { authToken: "secret-token-123" } };

const status = (code: number) => () => Response.json({ error: "secret-token-123" }, { status: code });

const never = new AbortController().signal;

/** Returns the result of askRefusal() for a server with these answers. */
async function ask(answers: RefusingAnswers) {
  await using server = startRefusingServer(answers);
  const refusal = await askRefusal({ ...credentials, syncUrl: server.syncUrl }, never);
  assert.deepEqual(server.asked.toSorted(), ["/api/me", "socket"]);
  return refusal;
}

const mismatch = "Runtime userId mismatch: payload claims user-1, but token is for user-2";

const refusals: Record<string, [RefusingAnswers, string]> = {
  "does not know the token": [{ me: status(401) }, "HTTP 401"],
  "forbids the token": [{ me: status(403) }, "HTTP 403"],
  "forgets the token between two requests": [{}, "User must be authenticated"],
  "fails at its API and refuses the WebSocket": [{ me: status(500) }, "User must be authenticated"],
  "assigns the token to another user": [{ socket: () => refuseSocket(mismatch) }, mismatch],
  "gives a reason without details": [
    { socket: () => new Response("Runtime userId mismatch", { status: 400 }) },
    "Runtime userId mismatch",
  ],
  "refuses with a long message that repeats the token": [
    { socket: () => refuseSocket(`Runtime userId mismatch: ${"secret-token-123".repeat(50)}`) },
    "Runtime userId mismatch",
  ],
  "refuses at its API and answers other requests with a page": [{ me: status(401), socket: appPage }, "HTTP 401"],
};

for (const [what, [answers, reason]] of Object.entries(refusals)) {
  Deno.test(`askRefusal() returns a RefusedError for a server that ${what}`, async () => {
    const refusal = await ask(answers);
    assert.ok(refusal instanceof RefusedError);
    assert.equal(refusal.server, "sync");
    assert.equal(refusal.reason, reason);
    assert.match(refusal.message, /^the sync server at http:\/\/localhost:\d+ does not accept the token \(/);
    assert.match(refusal.message, /: give a fresh one with --auth-token \(AUTH_TOKEN, RUNT_API_KEY\)/);
    assert.ok(refusal.message.includes(`(${reason})`));
    assert.ok(!refusal.message.includes("secret"));
  });
}

const others: Record<string, RefusingAnswers> = {
  "cannot look up tokens": { me: status(503), socket: status(503) },
  "fails with HTTP 500 and 502": { me: status(500), socket: status(502) },
  "answers every request with its page": { me: appPage, socket: appPage },
  "answers a WebSocket request with its page and HTTP 400": {
    socket: () => new Response("<!doctype html>", { status: 400 }),
  },
  "is behind a proxy that requires a login for WebSockets": { socket: status(401) },
  "is behind a proxy that forbids WebSockets": { socket: status(403) },
  "refuses the notebook's id": { socket: () => refuseSocket("storeId must be the id of a notebook") },
  "fails with HTTP 500 and the words of a refusal": { socket: () => refuseSocket("User must be authenticated", 500) },
  "redirects": {
    me: () => Response.redirect("http://127.0.0.1:1/api/me"),
    socket: () => Response.redirect("http://127.0.0.1:1/livestore/websocket"),
  },
};

for (const [what, answers] of Object.entries(others)) {
  Deno.test(`askRefusal() returns undefined for a server that ${what}`, async () => {
    assert.equal(await ask(answers), undefined);
  });
}

Deno.test("askRefusal() returns undefined when no server listens", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  assert.equal(await askRefusal({ ...credentials, syncUrl: `ws://127.0.0.1:${port}/livestore` }, never), undefined);
});

Deno.test("askRefusal() closes the WebSocket of a server that accepts it", async () => {
  const ended = Promise.withResolvers<void>();
  const socket = (request: Request) => {
    const { socket, response } = Deno.upgradeWebSocket(request);
    socket.onclose = () => ended.resolve();
    return response;
  };
  assert.equal(await ask({ socket }), undefined);
  await ended.promise;
});

Deno.test("askRefusal() returns undefined for a silent server when the signal is aborted", async () => {
  const ending = new AbortController();
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const syncUrl = `ws://127.0.0.1:${listener.addr.port}/livestore`;
  const asked = askRefusal({ ...credentials, syncUrl }, ending.signal);
  const connections = [await listener.accept(), await listener.accept()];
  ending.abort(new Error("closed"));
  assert.equal(await asked, undefined);
  for (const connection of connections) connection.close();
  listener.close();
});
