/**
 * The routes of the API and of the sync socket: methods, sizes of requests, and the headers of each kind of response.
 *
 * @module
 */

import assert from "node:assert/strict";
import { site, startSmallServer } from "./small_server.ts";
import { ARTIFACT, PAGE, policyOf } from "./policies.ts";

Deno.test("the API and the sync socket", async (t) => {
  await using server = await startSmallServer();
  const { ask, askWithCookie } = server;

  await t.step("the API answers only the methods of its routes", async () => {
    assert.deepEqual(JSON.parse((await askWithCookie("/api/site")).body), site);
    for (const [method, path] of [["HEAD", "/api/site"], ["POST", "/api/site"], ["PUT", "/api/notebooks"]]) {
      const answer = await askWithCookie(path, { method });
      assert.deepEqual([answer.status, policyOf(answer)], [404, PAGE], `${method} ${path}`);
    }
    const patched = await askWithCookie("/api/notebooks/known", { method: "PATCH", body: '{"cells":2}' });
    assert.deepEqual([patched.status, patched.body, policyOf(patched)], [204, "", PAGE]);
    assert.equal(JSON.parse((await askWithCookie("/api/notebooks/known/usage")).body).total.cells, 0);
    assert.equal((await askWithCookie("/api/notebooks/other/usage")).status, 404);
    const unknown = await askWithCookie("/api/notebooks/other/runtime", { method: "POST" });
    assert.deepEqual([unknown.status, unknown.body], [404, '{"error":"there is no notebook other on the list"}']);
  });

  await t.step("an unreadable or too large request is refused with the reason", async () => {
    const unread = await askWithCookie("/api/notebooks", { method: "POST", body: "{" });
    assert.deepEqual([unread.status, policyOf(unread)], [400, PAGE]);
    assert.match(JSON.parse(unread.body).error, /JSON/);
    for (const headers of [{}, { "transfer-encoding": "chunked" }] as Record<string, string>[]) {
      const ask = (length: number) =>
        askWithCookie("/api/notebooks", { method: "POST", headers, body: `{"title":"${"x".repeat(length)}"}` });
      assert.equal((await ask(60_000)).status, 201, "a long title is cut");
      const large = await ask(70_000);
      assert.deepEqual([large.status, policyOf(large)], [413, PAGE]);
      assert.deepEqual(JSON.parse(large.body), { error: "the request is larger than 65536 bytes" });
    }
    const answer = await askWithCookie("/api/examples/nothing");
    assert.deepEqual([answer.status, answer.body], [404, '{"error":"there is no such file"}']);
  });

  await t.step("artifacts and errors in place of artifacts have a sandbox policy", async () => {
    const answer = await askWithCookie("/api/artifacts/known/0-1");
    assert.deepEqual([answer.status, policyOf(answer)], [500, ARTIFACT]);
    assert.equal(answer.headers["content-type"], "application/json");
    assert.equal(policyOf(await askWithCookie("/api/artifacts/known/x/y")), ARTIFACT);
  });

  await t.step(
    "an upload needs the cookie, a listed notebook and at most 16 MiB",
    async () => {
      const path = "/api/notebooks/known/artifacts";
      const post = { method: "POST", body: "x".repeat(70_000), headers: { "content-type": "image/png" } };
      assert.equal((await ask(path, post)).status, 401);
      assert.equal((await askWithCookie(path.replace("known", "other"), post)).status, 404);
      assert.equal(
        (await askWithCookie(path, post)).status,
        500,
        "it is forwarded to the sync server, which does not exist",
      );
      const large = await askWithCookie(path, { ...post, body: "x".repeat(16 * 1024 * 1024 + 1) });
      assert.deepEqual([large.status, JSON.parse(large.body).error], [
        413,
        "the request is larger than 16777216 bytes",
      ]);
    },
  );

  await t.step("the sync socket's address accepts only WebSocket connections", async () => {
    const path = "/livestore/websocket?storeId=known";
    for (const method of ["GET", "POST"]) {
      const answer = await askWithCookie(path, { method });
      assert.deepEqual([answer.status, answer.body], [
        426,
        '{"error":"this address accepts only WebSocket connections"}',
      ], method);
    }
    assert.equal((await ask(path)).status, 401);
    assert.equal((await askWithCookie("/livestore/websocket")).status, 404);
    assert.equal((await askWithCookie("/livestore/websocket/?storeId=known")).status, 404);
  });
});
