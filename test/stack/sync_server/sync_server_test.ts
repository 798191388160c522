/**
 * The local sync server over real sockets: its routes, and the sync protocol.
 *
 * @module
 */

import assert from "node:assert/strict";
import { once } from "node:events";
import { request as httpRequest } from "node:http";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { dropTokens } from "./drop_tokens.ts";
import { askForSocket, numberedEvents, openSocket, socketUrl } from "./sync_socket.ts";
import { users } from "./sync_users.ts";

Deno.test("the local sync server implements the routes and the protocol of the notebook server", async (t) => {
  await using server = await startSyncServer({ users });
  const { apiUrl, syncUrl } = server;
  const runtimeOfA = { authToken: "token-a", runtime: true, runtimeId: "r", sessionId: "s", userId: "user-a" };

  await t.step("GET /api/me returns the token's user", async () => {
    const answer = await fetch(`${apiUrl}/api/me`, { headers: { authorization: "Bearer token-b" } });
    assert.equal(answer.status, 200);
    assert.deepEqual(await answer.json(), { id: "user-b", email: "b@example.test", name: "B", isAnonymous: false });
    assert.equal(server.authToken, "token-a");
  });

  await t.step("GET /api/me returns 401 and JSON for an unknown token", async () => {
    for (const authorization of ["", "Bearer constructor", "token-a"]) {
      const answer = await fetch(`${apiUrl}/api/me`, { headers: { authorization } });
      assert.equal(answer.status, 401);
      assert.deepEqual(await answer.json(), { error: "Unauthorized" });
    }
  });

  await t.step("an unknown path of the API, or a POST elsewhere, returns 404 and JSON", async () => {
    for (const [method, path] of [["GET", "/api/nothing"], ["GET", "/api"], ["POST", "/livestore/websocket"]]) {
      const answer = await fetch(`${apiUrl}${path}`, { method });
      assert.equal(answer.status, 404);
      assert.deepEqual(await answer.json(), { error: `No route ${method} ${path}` });
    }
  });

  await t.step(
    "every other GET returns the page, even at the socket's address",
    async () => {
      const socket = socketUrl(syncUrl, "n", { authToken: "wrong" });
      for (const path of ["/", "/nb/abc", "/apiary", "/livestore", `${socket.pathname}${socket.search}`]) {
        const answer = await fetch(`${apiUrl}${path}`);
        assert.equal(answer.status, 200, path);
        assert.match(answer.headers.get("content-type") ?? "", /^text\/html/);
        assert.match(await answer.text(), /^<!doctype html>/);
      }
      await assert.rejects(openSocket(new URL("/typo/websocket", syncUrl)), /refused/);
    },
  );

  await t.step("a socket is refused before the upgrade, with status 400 and the reason", async () => {
    const refusals: { storeId?: string; payload: unknown; reason: string }[] = [
      { payload: {}, reason: "User must be authenticated" },
      { payload: { ...runtimeOfA, authToken: "wrong" }, reason: "User must be authenticated" },
      {
        payload: { ...runtimeOfA, userId: "user-b" },
        reason: "Runtime userId mismatch: payload has user-b, the token belongs to user-a",
      },
    ];
    const oddIds = ["", "no spaces", "no/slashes", "n".repeat(129)].map((storeId) => ({
      storeId,
      payload: runtimeOfA,
      reason: "storeId must be the id of a notebook",
    }));
    for (const { storeId = "refused", payload, reason } of [...refusals, ...oddIds]) {
      const url = socketUrl(syncUrl, storeId, payload);
      await assert.rejects(openSocket(url), /refused/);
      const answer = await askForSocket(url);
      assert.equal(answer.status, 400);
      assert.ok((await answer.text()).includes(reason));
    }
  });

  await t.step("a payload may be encoded once or twice, and a page may leave out its user id", async () => {
    await using _once = await openSocket(socketUrl(syncUrl, "encodings", runtimeOfA, (text) => text));
    await using _twice = await openSocket(socketUrl(syncUrl, "encodings", runtimeOfA));
    await using _page = await openSocket(socketUrl(syncUrl, "encodings", { authToken: "token-b" }));
  });

  await t.step("a pull is answered as the first message of a new notebook", async () => {
    await using socket = await openSocket(socketUrl(syncUrl, "new_notebook", runtimeOfA));
    socket.send({ _tag: "WSMessage.PullReq", requestId: "1" });
    assert.deepEqual(await socket.next(), {
      _tag: "WSMessage.PullRes",
      batch: [],
      remaining: 0,
      requestId: { context: "pull", requestId: "1" },
    });
  });

  await t.step("a push is acknowledged and broadcast, and a push on a stale head is refused", async () => {
    await using writer = await openSocket(socketUrl(syncUrl, "pushes", runtimeOfA));
    await using reader = await openSocket(socketUrl(syncUrl, "pushes", { authToken: "token-b" }));
    const batch = numberedEvents(1, 2);
    writer.send({ _tag: "WSMessage.PushReq", requestId: "p", batch });
    assert.deepEqual(await writer.next(), { _tag: "WSMessage.PushAck", requestId: "p" });
    for (const socket of [writer, reader]) {
      const broadcast = await socket.next();
      assert.deepEqual(broadcast.requestId, { context: "push", requestId: "p" });
      assert.deepEqual(broadcast.batch?.map(({ eventEncoded }) => eventEncoded), batch);
    }
    writer.send({ _tag: "WSMessage.PushReq", requestId: "q", batch });
    assert.deepEqual(await writer.next(), {
      _tag: "WSMessage.Error",
      requestId: "q",
      message: "Invalid parent event number. Received e0 but expected e2",
    });
  });

  await t.step("a pull returns the pushed events after the cursor in pages of 100", async () => {
    await using writer = await openSocket(socketUrl(syncUrl, "pages", runtimeOfA));
    for (let first = 1; first <= 121; first += 40) {
      writer.send({ _tag: "WSMessage.PushReq", requestId: `${first}`, batch: numberedEvents(first, 40) });
      await writer.next();
      await writer.next();
    }
    await using reader = await openSocket(socketUrl(syncUrl, "pages", { authToken: "token-b" }));
    reader.send({ _tag: "WSMessage.PullReq", requestId: "1", cursor: 10 });
    const pages = [await reader.next(), await reader.next()];
    assert.deepEqual(pages.map((page) => [page.batch?.length, page.remaining]), [[100, 50], [50, 0]]);
    assert.deepEqual(
      pages.flatMap((page) => page.batch?.map(({ eventEncoded }) => eventEncoded)),
      numberedEvents(11, 150),
    );
  });

  await t.step("a ping is answered with the exact bytes of a pong", async () => {
    await using socket = await openSocket(socketUrl(syncUrl, "ping", runtimeOfA));
    socket.send('{"_tag":"WSMessage.Ping","requestId":"ping"}');
    assert.equal(await socket.nextText(), '{"_tag":"WSMessage.Pong","requestId":"ping"}');
  });

  await t.step("a client without the admin secret cannot reset a notebook or read its inner id", async () => {
    await using socket = await openSocket(socketUrl(syncUrl, "admin", runtimeOfA));
    for (const request of ["AdminResetRoomReq", "AdminInfoReq"]) {
      for (const adminSecret of ["", "undefined", "null"]) {
        socket.send({ _tag: `WSMessage.${request}`, requestId: "1", adminSecret });
        assert.deepEqual(await socket.next(), {
          _tag: "WSMessage.Error",
          requestId: "1",
          message: "Invalid admin secret",
        });
      }
    }
  });
});

Deno.test("the sync server answers 503 while it cannot look up tokens", async () => {
  const dataDir = await Deno.makeTempDir();
  try {
    await using server = await startSyncServer({ dataDir });
    await dropTokens(dataDir);
    const headers = { authorization: `Bearer ${server.authToken}`, "x-notebook-id": "n" };
    const socket = socketUrl(server.syncUrl, "n", { authToken: server.authToken });
    for (
      const answer of [
        await fetch(`${server.apiUrl}/api/me`, { headers }),
        await fetch(`${server.apiUrl}/api/artifacts`, { method: "POST", headers, body: "x" }),
        await askForSocket(socket),
      ]
    ) {
      assert.deepEqual([answer.status, await answer.json()], [503, { error: "The tokens cannot be looked up now" }]);
    }
  } finally {
    await Deno.remove(dataDir, { recursive: true });
  }
});

Deno.test("the sync server accepts the tokens of this start and rejects those of an earlier one", async () => {
  const dataDir = await Deno.makeTempDir();
  try {
    const statusOfOldToken = async (admitted: string) => {
      await using server = await startSyncServer({ dataDir, users: { [admitted]: users["token-a"] } });
      const answer = await fetch(`${server.apiUrl}/api/me`, { headers: { authorization: "Bearer old-token" } });
      await answer.body?.cancel();
      return answer.status;
    };
    assert.equal(await statusOfOldToken("old-token"), 200);
    assert.equal(await statusOfOldToken("new-token"), 401);
  } finally {
    await Deno.remove(dataDir, { recursive: true });
  }
});

Deno.test("admit() replaces the tokens of a running server and keeps open sockets", async () => {
  await using server = await startSyncServer({ users: { "old-token": users["token-a"] } });
  const socketOf = (authToken: string) => socketUrl(server.syncUrl, "n", { authToken });
  const statusOf = async (token: string) => {
    const answer = await fetch(`${server.apiUrl}/api/me`, { headers: { authorization: `Bearer ${token}` } });
    await answer.body?.cancel();
    return answer.status;
  };
  await using open = await openSocket(socketOf("old-token"));
  await server.admit({ "new-token": users["token-b"] });
  assert.deepEqual([await statusOf("old-token"), await statusOf("new-token")], [401, 200]);
  await assert.rejects(openSocket(socketOf("old-token")), /refused/);
  await using _new = await openSocket(socketOf("new-token"));
  open.send('{"_tag":"WSMessage.Ping","requestId":"ping"}');
  assert.equal((await open.next())._tag, "WSMessage.Pong");
  await server.admit({ "old-token": users["token-a"] });
  assert.deepEqual([await statusOf("old-token"), await statusOf("new-token")], [200, 401]);
});

Deno.test("the sync server rejects a client that addresses its admission worker", async () => {
  await using server = await startSyncServer();
  const headers = { host: "admission.invalid", authorization: "guessed" };
  const request = httpRequest({ host: "127.0.0.1", port: server.port, method: "POST", headers });
  request.end("[]");
  const [response] = await once(request, "response");
  response.resume();
  await once(response, "end");
  assert.equal(response.statusCode, 403);
  const answer = await fetch(`${server.apiUrl}/api/me`, { headers: { authorization: `Bearer ${server.authToken}` } });
  assert.equal((await answer.json()).id, "local-user");
});
