/**
 * Which request leads where: methods, paths, and the headers of each kind of answer.
 *
 * @module
 */

import assert from "node:assert/strict";
import { once } from "node:events";
import { type IncomingHttpHeaders, request as httpRequest } from "node:http";
import { join } from "node:path";
import { NotebookShelf } from "../../server/notebook_shelf.ts";
import { startPageServer } from "../../server/page_server.ts";
import { Runtimes } from "../../server/runtimes.ts";

const site = { model: "scripted", isOffline: false, modelHost: "models.example", userId: "local-user" };

/** The cookie's value. */
const token = "secret";

/** What comes back. */
interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** How a request differs from a plain GET of the page. */
interface Request {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** A server before a small page, with one notebook, no agents, and no sync server behind it. */
async function startServer() {
  await using started = new AsyncDisposableStack();
  const dataDir = await Deno.makeTempDir({ prefix: "page-routes-" });
  started.defer(() => Deno.remove(dataDir, { recursive: true }));
  const pageFolder = join(dataDir, "page");
  await Deno.mkdir(join(pageFolder, "assets"), { recursive: true });
  const files = [
    "index.html",
    "frame.html",
    "icon.svg",
    "assets/a.js",
    "assets/a.css",
    "assets/a.wasm",
    "assets/a.woff2",
  ];
  for (const name of files) await Deno.writeTextFile(join(pageFolder, name), name);
  const shelf = await NotebookShelf.open({ dataDir, clock: { date: () => new Date(0) }, newId: () => "known" });
  shelf.add("Known");
  const makeAgent = () => {
    throw new Error("there is no agent here");
  };
  const runtimes = started.use(new Runtimes({ makeAgent, lingerMs: 0 }));
  const nowhere = "127.0.0.1:9";
  const server = started.use(
    await startPageServer({
      port: 0,
      pageFolder,
      token,
      site,
      shelf,
      runtimes,
      syncUrl: `ws://${nowhere}/livestore`,
      syncApiUrl: `http://${nowhere}`,
    }),
  );
  const running = started.move();
  const { port } = server;
  /** Asks without the page's cookie; the path goes out as it is written. */
  const ask = async (path: string, { method = "GET", headers = {}, body }: Request = {}): Promise<Answer> => {
    const request = httpRequest({ host: "127.0.0.1", port, path, method, headers });
    request.end(body);
    const [response] = await once(request, "response");
    let text = "";
    for await (const part of response) text += part;
    return { status: response.statusCode, headers: response.headers, body: text };
  };
  return {
    ask,
    /** Asks as the page does. */
    askWithCookie: (path: string, { headers, ...rest }: Request = {}) =>
      ask(path, { ...rest, headers: { cookie: `aipython_${port}=${token}`, ...headers } }),
    pageFolder,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** The first directive of an answer's policy, which tells the kinds apart; nothing if it has no policy. */
const policyOf = ({ headers }: Answer) => String(headers["content-security-policy"] ?? "").split("; script-src")[0];

/** The policies of page, frame and artifact, as far as `policyOf` reads them. */
const PAGE = "default-src 'none'";
const FRAME = "sandbox allow-scripts; default-src 'none'";
const ARTIFACT = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";

Deno.test("the page's routes", async (t) => {
  await using server = await startServer();
  const { ask, askWithCookie } = server;

  await t.step("the page is shown under its addresses, is checked again each time, and brings the cookie", async () => {
    for (const path of ["/", "/notebooks/known", "/notebooks/any_1", "/?from=elsewhere"]) {
      const answer = await ask(path);
      assert.deepEqual([answer.status, answer.body, policyOf(answer)], [200, "index.html", PAGE], path);
      assert.equal(answer.headers["content-type"], "text/html; charset=utf-8");
      assert.equal(answer.headers["cache-control"], "no-cache");
      assert.match(String(answer.headers["set-cookie"]), /^aipython_\d+=secret; Path=\/; HttpOnly; SameSite=Strict$/);
    }
  });

  await t.step("files have their types, and those with a hash in their name are kept", async () => {
    const types = {
      "/icon.svg": "image/svg+xml; charset=utf-8",
      "/assets/a.js": "text/javascript; charset=utf-8",
      "/assets/a.css": "text/css; charset=utf-8",
      "/assets/a.wasm": "application/wasm",
      "/assets/a.woff2": "font/woff2",
    };
    for (const [path, type] of Object.entries(types)) {
      const answer = await ask(path);
      assert.deepEqual([answer.status, policyOf(answer)], [200, PAGE], path);
      assert.equal(answer.headers["content-type"], type);
      assert.equal(answer.headers["set-cookie"], undefined);
      const isHashed = path.startsWith("/assets/");
      assert.equal(answer.headers["cache-control"], isHashed ? "public, max-age=31536000, immutable" : "no-cache");
    }
    assert.equal(policyOf(await ask("/frame.html")), FRAME);
  });

  await t.step("another method, HEAD too, is none of the page's or its files'", async () => {
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

  await t.step("a path that only resembles a route is none", async () => {
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

  await t.step("the API answers to its own methods only", async () => {
    assert.deepEqual(JSON.parse((await askWithCookie("/api/site")).body), site);
    for (const [method, path] of [["HEAD", "/api/site"], ["POST", "/api/site"], ["PUT", "/api/notebooks"]]) {
      const answer = await askWithCookie(path, { method });
      assert.deepEqual([answer.status, policyOf(answer)], [404, PAGE], `${method} ${path}`);
    }
    const patched = await askWithCookie("/api/notebooks/known", { method: "PATCH", body: '{"cells":2}' });
    assert.deepEqual([patched.status, patched.body, policyOf(patched)], [204, "", PAGE]);
    const unknown = await askWithCookie("/api/notebooks/other/runtime", { method: "POST" });
    assert.deepEqual([unknown.status, unknown.body], [404, '{"error":"there is no notebook other on the list"}']);
  });

  await t.step("a request that cannot be read is refused with the reason", async () => {
    for (
      const [body, reason] of [["{", /JSON/], [
        `"${"x".repeat(10_000)}"`,
        /^the request is longer than 10000 characters/,
      ]]
    ) {
      const answer = await askWithCookie("/api/notebooks", { method: "POST", body: body as string });
      assert.equal(answer.status, 400);
      assert.match(JSON.parse(answer.body).error, reason as RegExp);
      assert.equal(policyOf(answer), PAGE);
    }
    const answer = await askWithCookie("/api/examples/nothing");
    assert.deepEqual([answer.status, answer.body], [404, '{"error":"there is no such file"}']);
  });

  await t.step("what was uploaded is sandboxed, its failures too", async () => {
    const answer = await askWithCookie("/api/artifacts/known/0-1");
    assert.deepEqual([answer.status, policyOf(answer)], [500, ARTIFACT]);
    assert.equal(answer.headers["content-type"], "application/json");
    assert.equal(policyOf(await askWithCookie("/api/artifacts/known/x/y")), ARTIFACT);
  });

  await t.step("the sync socket's address wants a socket", async () => {
    const path = "/livestore/websocket?storeId=known";
    for (const method of ["GET", "POST"]) {
      const answer = await askWithCookie(path, { method });
      assert.deepEqual([answer.status, answer.body], [426, '{"error":"this address speaks WebSocket"}'], method);
    }
    assert.equal((await ask(path)).status, 401);
    assert.equal((await askWithCookie("/livestore/websocket")).status, 404);
    assert.equal((await askWithCookie("/livestore/websocket/?storeId=known")).status, 404);
  });

  await t.step("where a request comes from is checked before everything else", async () => {
    for (
      const path of ["/", "/icon.svg", "/frame.html", "/api/site", "/livestore/websocket?storeId=known", "/nothing"]
    ) {
      for (const method of ["GET", "HEAD", "POST"]) {
        const other = await askWithCookie(path, { method, headers: { host: "evil.example" } });
        assert.equal(other.status, 421, `${method} ${path}`);
        assert.equal(other.headers["set-cookie"], undefined);
        const stranger = await askWithCookie(path, { method, headers: { origin: "http://evil.example" } });
        assert.equal(stranger.status, 403, `${method} ${path}`);
        if (method === "HEAD") continue;
        assert.deepEqual(JSON.parse(stranger.body), {
          error: "the origin http://evil.example may not ask this server",
        });
      }
    }
  });

  await t.step("a file that has gone is a failure of the server's, told as such", async () => {
    await Deno.remove(join(server.pageFolder, "icon.svg"));
    const answer = await ask("/icon.svg");
    assert.equal(answer.status, 500);
    assert.match(JSON.parse(answer.body).error, /^NotFound: /);
  });
});
