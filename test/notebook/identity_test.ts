/**
 * Tests of fetchIdentity() with servers that answer well, badly, or not at all.
 *
 * @module
 */

import assert from "node:assert/strict";
import { RefusedError, SyncUnreachableError } from "../../src/errors.ts";
import { fetchIdentity } from "../../src/notebook/identity.ts";

const TOKEN = "secret-token-123";

/** Returns a signal that leaves enough time for any server that answers. */
const patient = () => AbortSignal.timeout(30_000);

/** Starts a notebook server with these answers, one per request. The last one is repeated. */
function serve(...answers: (() => Response)[]) {
  const requests: { method: string; url: string; authorization: string | null }[] = [];
  const options = { hostname: "127.0.0.1", port: 0, onListen: () => {} };
  const server = Deno.serve(options, (request) => {
    const { method, url, headers } = request;
    requests.push({ method, url, authorization: headers.get("authorization") });
    return answers[Math.min(requests.length, answers.length) - 1]();
  });
  const { port } = server.addr;
  return {
    syncUrl: `ws://127.0.0.1:${port}/livestore`,
    origin: `http://127.0.0.1:${port}`,
    requests,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

/** Returns a port of this machine on which nobody listens. */
function closedPort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  return port;
}

const json = (body: unknown, status = 200) => () => Response.json(body, { status });
const user = json({ id: "user-1", email: "ada@example.test", name: "Ada", isAnonymous: false });

/** Returns the error with which fetchIdentity() rejects, and checks that it does not contain the token. */
async function failureOf(syncUrl: string, { authToken = TOKEN, signal = patient() } = {}): Promise<Error> {
  try {
    await fetchIdentity({ syncUrl, authToken }, signal);
  } catch (error) {
    assert.ok(error instanceof Error);
    for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
      assert.doesNotMatch(cause.message, new RegExp(authToken));
    }
    return error;
  }
  throw new Error("fetchIdentity() succeeded, and should not have.");
}

Deno.test("fetchIdentity() sends the token to /api/me as a bearer token and returns the user's id and name", async () => {
  await using server = serve(user);
  assert.deepEqual(await fetchIdentity({ syncUrl: server.syncUrl, authToken: TOKEN }, patient()), {
    id: "user-1",
    name: "Ada",
  });
  assert.deepEqual(server.requests, [
    { method: "GET", url: `${server.origin}/api/me`, authorization: `Bearer ${TOKEN}` },
  ]);
});

Deno.test("fetchIdentity() accepts a user without a name", async () => {
  for (const body of [{ id: "user-1" }, { id: "user-1", name: null }]) {
    await using server = serve(json(body));
    const identity = await fetchIdentity({ syncUrl: server.syncUrl, authToken: TOKEN }, patient());
    assert.deepEqual(identity, { id: "user-1", name: undefined });
  }
});

for (const status of [401, 403]) {
  Deno.test(`fetchIdentity() rejects with RefusedError on HTTP ${status} and does not try again`, async () => {
    await using server = serve(json({ error: `no such token: ${TOKEN}` }, status));
    const error = await failureOf(server.syncUrl);
    assert.ok(error instanceof RefusedError);
    assert.equal(error.server, "sync");
    for (const part of [server.origin, String(status), "--auth-token", "RUNT_API_KEY"]) {
      assert.ok(error.message.includes(part), error.message);
    }
    assert.equal(server.requests.length, 1);
  });
}

const otherServers: Record<string, () => Response> = {
  "HTTP 404": json({ error: "not found" }, 404),
  "HTML": () => new Response("<!doctype html>", { headers: { "content-type": "text/html" } }),
  "an empty body": () => new Response(null, { status: 204 }),
  "JSON without an id": json({ name: "Ada" }),
  "JSON whose id is empty": json({ id: "" }),
  "JSON whose id is a number": json({ id: 7 }),
  "JSON null": json(null),
};

for (const [what, answer] of Object.entries(otherServers)) {
  Deno.test(`fetchIdentity() rejects with SyncUnreachableError when the answer is ${what}, and does not try again`, async () => {
    await using server = serve(answer);
    const error = await failureOf(server.syncUrl);
    assert.ok(error instanceof SyncUnreachableError);
    assert.equal(error.url, `${server.origin}/api/me`);
    for (const part of [error.url, "--sync-url", "LIVESTORE_SYNC_URL"]) {
      assert.ok(error.message.includes(part), error.message);
    }
    assert.equal(server.requests.length, 1);
  });
}

Deno.test("fetchIdentity() does not follow a redirect, so the token is sent to no other host", async () => {
  await using other = serve(user);
  await using server = serve(() => Response.redirect(`${other.origin}/api/me`, 302));
  const error = await failureOf(server.syncUrl);
  assert.ok(error instanceof SyncUnreachableError);
  assert.match(error.message, /302/);
  assert.equal(other.requests.length, 0);
});

Deno.test("fetchIdentity() tries again while the server fails", async () => {
  await using server = serve(json({}, 500), json({}, 503), user);
  const identity = await fetchIdentity({ syncUrl: server.syncUrl, authToken: TOKEN }, patient());
  assert.equal(identity.id, "user-1");
  assert.equal(server.requests.length, 3);
});

Deno.test("fetchIdentity() reports the status of a server that fails until the deadline", async () => {
  const deadline = new AbortController();
  await using server = serve(json({}, 500), () => {
    deadline.abort(new Error("too late"));
    return Response.json({}, { status: 500 });
  });
  const error = await failureOf(server.syncUrl, { signal: deadline.signal });
  assert.ok(error instanceof SyncUnreachableError);
  assert.ok(error.message.includes(`${server.origin} answered with HTTP 500`), error.message);
});

Deno.test("fetchIdentity() names the host and the option when no server listens until the deadline", async () => {
  const port = closedPort();
  const error = await failureOf(`ws://127.0.0.1:${port}/livestore`, { signal: AbortSignal.timeout(100) });
  assert.ok(error instanceof SyncUnreachableError);
  for (const part of [`http://127.0.0.1:${port}`, "--sync-url", "LIVESTORE_SYNC_URL"]) {
    assert.ok(error.message.includes(part), error.message);
  }
  assert.ok(error.cause instanceof Error);
});

Deno.test("fetchIdentity() rejects when the signal is aborted before the server answers", async () => {
  const deadline = new AbortController();
  const answer = Promise.withResolvers<Response>();
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, () => {
    deadline.abort(new Error("too late"));
    return answer.promise;
  });
  const error = await failureOf(`ws://127.0.0.1:${server.addr.port}/livestore`, { signal: deadline.signal });
  assert.ok(error instanceof SyncUnreachableError);
  answer.resolve(new Response());
});

Deno.test("fetchIdentity() rejects with the signal's reason when it is aborted before the first attempt", async () => {
  await using server = serve(user);
  const reason = new Error("stopped");
  await assert.rejects(
    fetchIdentity({ syncUrl: server.syncUrl, authToken: TOKEN }, AbortSignal.abort(reason)),
    reason,
  );
  assert.equal(server.requests.length, 0);
});

Deno.test("fetchIdentity() rejects with RefusedError when an HTTP header cannot contain the token", async () => {
  await using server = serve(user);
  for (const authToken of ["secret–token", "secret\ntoken"]) {
    const error = await failureOf(server.syncUrl, { authToken });
    assert.ok(error instanceof RefusedError, error.message);
    assert.match(error.message, /--auth-token/);
  }
  assert.equal(server.requests.length, 0);
});

Deno.test("fetchIdentity() keeps a password in the sync URL out of its errors", async () => {
  await using server = serve(json({}, 404));
  const error = await failureOf(server.syncUrl.replace("127", "ada:pass-word@127"));
  assert.ok(error instanceof SyncUnreachableError);
  assert.equal(server.requests.length, 1);
  assert.doesNotMatch(error.message + error.url, /pass-word/);
});
