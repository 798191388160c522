/**
 * The token in the page's address and the cookie that it is exchanged for.
 *
 * @module
 */

import assert from "node:assert/strict";
import { startSmallServer, token } from "./small_server.ts";

Deno.test("the token and the cookie", async (t) => {
  await using server = await startSmallServer();
  const { ask, askWithCookie } = server;

  await t.step("the token in any address is exchanged for the cookie and a redirect without the token", async () => {
    const addresses = {
      "/?token=secret": "/",
      "/notebooks/known?token=secret": "/notebooks/known",
      "/nothing?a=1&token=secret&b=2": "/nothing?a=1&b=2",
      "//evil.example/?token=secret": "//evil.example/",
    };
    const host = `127.0.0.1:${server.port}`;
    for (const [path, stripped] of Object.entries(addresses)) {
      const answer = await ask(path);
      assert.deepEqual([answer.status, answer.headers.location], [303, `http://${host}${stripped}`], path);
      assert.equal(
        String(answer.headers["set-cookie"]),
        `aipython_${server.port}=secret; Path=/; HttpOnly; SameSite=Lax`,
      );
      assert.equal(answer.headers["referrer-policy"], "no-referrer");
      assert.equal(answer.headers["cache-control"], "no-store");
    }
  });

  await t.step("a wrong token sets no cookie and is removed from the address if the cookie is present", async () => {
    for (const path of ["/?token=secre", "/notebooks/known?token=", "/?token=wrong&token=secret"]) {
      const answer = await ask(path);
      assert.deepEqual([answer.status, answer.headers["set-cookie"]], [401, undefined], path);
    }
    const answer = await askWithCookie("/notebooks/known?token=old");
    assert.deepEqual([answer.status, answer.headers["set-cookie"]], [303, undefined]);
    assert.match(String(answer.headers.location), /\/notebooks\/known$/);
  });

  await t.step("the token is accepted only in addresses of the page", async () => {
    for (const path of ["/api/site?token=secret", "/livestore/websocket?storeId=known&token=secret"]) {
      const answer = await ask(path);
      assert.deepEqual([answer.status, answer.headers["set-cookie"]], [401, undefined], path);
    }
    assert.equal((await ask("/?token=secret", { method: "POST" })).headers["set-cookie"], undefined);
  });

  await t.step(
    "a request without the cookie is refused with an explanation",
    async () => {
      for (const path of ["/", "/notebooks/known", "/icon.svg", "/frame.html", "/assets/a.js", "/nothing"]) {
        const answer = await ask(path);
        assert.deepEqual([answer.status, answer.headers["set-cookie"]], [401, undefined], path);
        assert.match(answer.body, /The terminal in which <code>deno task notebook<\/code> was started/);
        assert.match(answer.body, /run\s+the same command again/);
        assert.equal(answer.headers["content-type"], "text/html; charset=UTF-8");
        assert.equal(answer.headers["cache-control"], "no-store");
        assert.ok(!answer.body.includes(token));
      }
      for (const path of ["/api/site", "/api/notebooks", "/api/nothing", "/livestore/websocket?storeId=known"]) {
        const answer = await ask(path);
        assert.equal(answer.status, 401, path);
        assert.match(JSON.parse(answer.body).error, /open the address with the token/);
      }
    },
  );
});

Deno.test("a server without a token sets the cookie for everybody and still requires it", async () => {
  await using server = await startSmallServer({ isOpen: true });
  for (const path of ["/", "/notebooks/known"]) {
    const answer = await server.ask(path);
    assert.deepEqual([answer.status, answer.body], [200, "index.html"], path);
    assert.match(String(answer.headers["set-cookie"]), /^aipython_\d+=secret; Path=\/; HttpOnly; SameSite=Lax$/);
    assert.equal((await server.ask(path, { headers: { host: "evil.example" } })).headers["set-cookie"], undefined);
  }
  for (const path of ["/icon.svg", "/api/site"]) {
    assert.equal((await server.ask(path)).status, 401, path);
    assert.equal((await server.askWithCookie(path)).status, 200, path);
  }
  for (const path of ["/whatever", "/notebooks/other"]) {
    const answer = await server.ask(path);
    assert.equal(answer.status, 404, path);
    assert.match(answer.body, /<h1>There is no (?:page here|such notebook)<\/h1>/);
  }
});
