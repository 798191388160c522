/**
 * The routes of the page's server: methods, paths, and the headers of each kind of response.
 *
 * @module
 */

import assert from "node:assert/strict";
import { join } from "node:path";
import { startSmallServer } from "./small_server.ts";
import { FRAME, PAGE, policyOf } from "./policies.ts";

Deno.test("the page and its files", async (t) => {
  await using server = await startSmallServer();
  const { ask, askWithCookie } = server;

  await t.step("the page is served at its addresses and revalidated each time", async () => {
    for (const path of ["/", "/notebooks/known", "/?from=elsewhere"]) {
      const answer = await askWithCookie(path);
      assert.deepEqual([answer.status, answer.body, policyOf(answer)], [200, "index.html", PAGE], path);
      assert.equal(answer.headers["content-type"], "text/html; charset=utf-8");
      assert.equal(answer.headers["cache-control"], "no-cache");
      assert.equal(answer.headers["set-cookie"], undefined);
    }
  });

  await t.step("an unknown page or notebook gets status 404 and an explanation", async () => {
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

  await t.step("files have their content types, and those with a hash in their names are cached", async () => {
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

  await t.step("methods other than GET are refused for the page and its files", async () => {
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

  await t.step("the host and the origin of a request are checked before its path and method", async () => {
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
          error: "the origin http://evil.example may not send requests to this server",
        });
      }
    }
  });

  await t.step("a missing file of the page is reported as a server error", async () => {
    await Deno.remove(join(server.pageFolder, "icon.svg"));
    const answer = await askWithCookie("/icon.svg");
    assert.equal(answer.status, 500);
    assert.match(JSON.parse(answer.body).error, /^NotFound: /);
  });
});
