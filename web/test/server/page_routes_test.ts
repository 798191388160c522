/**
 * The routes of the page's server: methods, paths, and the headers of each kind of response.
 *
 * @module
 */

import assert from "node:assert/strict";
import { join } from "node:path";
import { type Answer, site, startSmallServer, token } from "./small_server.ts";

/** Returns the first directive of a response's policy, which differs between the kinds. Empty if it has no policy. */
const policyOf = ({ headers }: Answer) => String(headers["content-security-policy"] ?? "").split("; script-src")[0];

/** The first directives of the policies of page, frame and artifact. */
const PAGE = "default-src 'none'";
const FRAME = "sandbox allow-scripts; default-src 'none'";
const ARTIFACT = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";

Deno.test("the page's routes", async (t) => {
  await using server = await startSmallServer();
  const { ask, askWithCookie } = server;

  await t.step("the page is served at its addresses, and revalidated each time", async () => {
    for (const path of ["/", "/notebooks/known", "/?from=elsewhere"]) {
      const answer = await askWithCookie(path);
      assert.deepEqual([answer.status, answer.body, policyOf(answer)], [200, "index.html", PAGE], path);
      assert.equal(answer.headers["content-type"], "text/html; charset=utf-8");
      assert.equal(answer.headers["cache-control"], "no-cache");
      assert.equal(answer.headers["set-cookie"], undefined);
    }
  });

  await t.step("an unknown address, and a notebook that is not on the list, get a page that says so", async () => {
    const pages = {
      "/whatever": "There is no page here",
      "/notebooks": "There is no page here",
      "/notebooks/known/": "There is no page here",
      "/constructor": "There is no page here",
      "/assets/b.js": "There is no page here",
      "/notebooks/other": "There is no such notebook",
      "/notebooks/constructor": "There is no such notebook",
    };
    for (const [path, heading] of Object.entries(pages)) {
      const answer = await askWithCookie(path);
      assert.deepEqual([answer.status, policyOf(answer)], [404, PAGE], path);
      assert.equal(answer.headers["content-type"], "text/html; charset=UTF-8");
      assert.equal(answer.headers["cache-control"], "no-store");
      assert.match(answer.body, new RegExp(`<h1>${heading}</h1>`), path);
      assert.match(answer.body, /<a href="\/">All notebooks<\/a>/);
    }
    assert.doesNotMatch((await askWithCookie("/<script>alert(1)</script>")).body, /script/);
    for (const path of ["/api/nothing", "/livestore/nothing", "/api"]) {
      assert.deepEqual(JSON.parse((await askWithCookie(path)).body), { error: `no route GET ${path}` });
    }
  });

  await t.step("the token in any address is exchanged for the cookie and an address without it", async () => {
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

  await t.step("a wrong token sets no cookie, and is removed from the address if the cookie is there", async () => {
    for (const path of ["/?token=secre", "/notebooks/known?token=", "/?token=wrong&token=secret"]) {
      const answer = await ask(path);
      assert.deepEqual([answer.status, answer.headers["set-cookie"]], [401, undefined], path);
    }
    const answer = await askWithCookie("/notebooks/known?token=old");
    assert.deepEqual([answer.status, answer.headers["set-cookie"]], [303, undefined]);
    assert.match(String(answer.headers.location), /\/notebooks\/known$/);
  });

  await t.step("the token is accepted only in the page's addresses", async () => {
    for (const path of ["/api/site?token=secret", "/livestore/websocket?storeId=known&token=secret"]) {
      const answer = await ask(path);
      assert.deepEqual([answer.status, answer.headers["set-cookie"]], [401, undefined], path);
    }
    assert.equal((await ask("/?token=secret", { method: "POST" })).headers["set-cookie"], undefined);
  });

  await t.step(
    "without the cookie every path explains where the address is found, and the API gives a reason",
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

  await t.step("files have their types, and those with a hash in their name are cached", async () => {
    const types = {
      "/icon.svg": "image/svg+xml; charset=utf-8",
      "/assets/a.js": "text/javascript; charset=utf-8",
      "/assets/a.css": "text/css; charset=utf-8",
      "/assets/a.wasm": "application/wasm",
      "/assets/a.woff2": "font/woff2",
    };
    for (const [path, type] of Object.entries(types)) {
      const answer = await askWithCookie(path);
      assert.deepEqual([answer.status, policyOf(answer)], [200, PAGE], path);
      assert.equal(answer.headers["content-type"], type);
      assert.equal(answer.headers["set-cookie"], undefined);
      const isHashed = path.startsWith("/assets/");
      assert.equal(answer.headers["cache-control"], isHashed ? "private, max-age=31536000, immutable" : "no-cache");
    }
    assert.equal(policyOf(await askWithCookie("/frame.html")), FRAME);
  });

  await t.step("other methods, including HEAD, are refused for the page and its files", async () => {
    for (const path of ["/", "/notebooks/known", "/icon.svg", "/frame.html"]) {
      for (const method of ["HEAD", "POST", "PUT", "DELETE", "OPTIONS"]) {
        assert.equal((await ask(path, { method })).status, 401, `${method} ${path}`);
        const answer = await askWithCookie(path, { method });
        assert.deepEqual([answer.status, policyOf(answer)], [404, PAGE], `${method} ${path}`);
        assert.equal(answer.headers["set-cookie"], undefined);
        if (method !== "HEAD") assert.deepEqual(JSON.parse(answer.body), { error: `no route ${method} ${path}` });
      }
    }
  });

  await t.step("a path that only resembles a route is unknown", async () => {
    const paths = ["/index.html/", "//", "/notebooks/", "/notebooks/known/", "/notebooks/%6bnown", "/%69con.svg"];
    for (
      const path of [...paths, "/assets/", "/assets/../page", "/assets/%2e%2e/a.js/", "/assets/b.js", "/constructor"]
    ) {
      assert.equal((await ask(path)).status, 401, path);
      assert.equal((await askWithCookie(path)).status, 404, path);
    }
    const api = ["/api", "/api/", "/api/site/", "//api/site", "/%61pi/site", "/API/site", "/api/notebooks/known"];
    for (const path of [...api, "/api/notebooks/kn-own/runtime", "/api/examples/..%2fREADME", "/api/artifacts/a"]) {
      assert.equal((await askWithCookie(path)).status, 404, path);
    }
  });

  await t.step("the API answers only its own methods", async () => {
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

  await t.step("an unreadable request is refused with the reason", async () => {
    const unread = await askWithCookie("/api/notebooks", { method: "POST", body: "{" });
    assert.deepEqual([unread.status, policyOf(unread)], [400, PAGE]);
    assert.match(JSON.parse(unread.body).error, /JSON/);
    for (const headers of [{}, { "transfer-encoding": "chunked" }] as Record<string, string>[]) {
      const ask = (length: number) =>
        askWithCookie("/api/notebooks", { method: "POST", headers, body: `{"title":"${"x".repeat(length)}"}` });
      assert.equal((await ask(60_000)).status, 201, "a title is cut, whatever its length");
      const large = await ask(70_000);
      assert.deepEqual([large.status, policyOf(large)], [413, PAGE]);
      assert.deepEqual(JSON.parse(large.body), { error: "the request is larger than 65536 bytes" });
    }
    const answer = await askWithCookie("/api/examples/nothing");
    assert.deepEqual([answer.status, answer.body], [404, '{"error":"there is no such file"}']);
  });

  await t.step("artifacts are sandboxed, and so are errors in place of them", async () => {
    const answer = await askWithCookie("/api/artifacts/known/0-1");
    assert.deepEqual([answer.status, policyOf(answer)], [500, ARTIFACT]);
    assert.equal(answer.headers["content-type"], "application/json");
    assert.equal(policyOf(await askWithCookie("/api/artifacts/known/x/y")), ARTIFACT);
  });

  await t.step(
    "an upload needs a listed notebook, the cookie, and a limited size",
    async () => {
      const path = "/api/notebooks/known/artifacts";
      const post = { method: "POST", body: "x".repeat(70_000), headers: { "content-type": "image/png" } };
      assert.equal((await ask(path, post)).status, 401);
      assert.equal((await askWithCookie(path.replace("known", "other"), post)).status, 404);
      assert.equal((await askWithCookie(path, post)).status, 500, "it goes on to the sync server, which is not there");
      const large = await askWithCookie(path, { ...post, body: "x".repeat(16 * 1024 * 1024 + 1) });
      assert.deepEqual([large.status, JSON.parse(large.body).error], [
        413,
        "the request is larger than 16777216 bytes",
      ]);
    },
  );

  await t.step("the address of the sync socket accepts only sockets", async () => {
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

  await t.step("the origin of a request is checked before everything else", async () => {
    for (
      const path of ["/", "/icon.svg", "/frame.html", "/api/site", "/livestore/websocket?storeId=known", "/nothing"]
    ) {
      for (const method of ["GET", "HEAD", "POST"]) {
        const other = await askWithCookie(path, { method, headers: { host: "evil.example" } });
        assert.equal(other.status, 421, `${method} ${path}`);
        assert.equal(other.headers["set-cookie"], undefined);
        const foreign = await askWithCookie(path, { method, headers: { origin: "http://evil.example" } });
        assert.equal(foreign.status, 403, `${method} ${path}`);
        if (method === "HEAD") continue;
        assert.deepEqual(JSON.parse(foreign.body), {
          error: "the origin http://evil.example may not ask this server",
        });
      }
    }
  });

  await t.step("a missing file is reported as an error of the server", async () => {
    await Deno.remove(join(server.pageFolder, "icon.svg"));
    const answer = await askWithCookie("/icon.svg");
    assert.equal(answer.status, 500);
    assert.match(JSON.parse(answer.body).error, /^NotFound: /);
  });
});

Deno.test("a server without a token sets the cookie for everybody, and still requires it", async () => {
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
