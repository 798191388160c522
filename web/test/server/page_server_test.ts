/**
 * The page's server, used by a browser and by an unauthorized client. The model server is scripted.
 *
 * @module
 */

import assert from "node:assert/strict";
import { join } from "node:path";
import { answer, result } from "../../../test/support/scripted_answer.ts";
import { type ScriptedModelServer, startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { askAs, openSocket, upgrade } from "./raw_requests.ts";
import { startTestSite, type TestSite } from "./test_site.ts";

const modelFrom = ({ baseUrl }: ScriptedModelServer) => ({
  OPENAI_API_KEY: "key",
  OPENAI_BASE_URL: baseUrl,
  AIPYTHON_MODEL: "scripted",
});

const post = (body: unknown) => ({ method: "POST", body: JSON.stringify(body) });

async function createNotebook(site: TestSite, title: string): Promise<string> {
  const { id } = await (await site.ask("/api/notebooks", post({ title }))).json();
  await site.ask(`/api/notebooks/${id}`, { method: "PATCH", body: JSON.stringify({ cells: 0 }) });
  return id;
}

/** Waits until the runtime is in this state. Polls the server, as the page does. */
async function runtimeIs(site: TestSite, id: string, state: string): Promise<void> {
  const deadline = AbortSignal.timeout(20_000);
  while ((await (await site.ask(`/api/notebooks/${id}/runtime`)).json()).state !== state) deadline.throwIfAborted();
}

Deno.test("the page's server", async (t) => {
  await using model = await startScriptedModel(answer(result("42")));
  await using site = await startTestSite({ environment: modelFrom(model), lingerMs: 0 });
  const { cookie } = site;
  const host = new URL(site.url).host;

  await t.step("the token is exchanged for a cookie that scripts cannot read", async () => {
    const response = await fetch(site.addressOf("/notebooks/abc"), { redirect: "manual" });
    await response.body?.cancel();
    assert.equal(response.headers.get("location"), `${site.url}/notebooks/abc`);
    assert.match(response.headers.get("set-cookie")!, /^aipython_\d+=[\w-]{36}; Path=\/; HttpOnly; SameSite=Lax$/);
    assert.match(await (await site.ask("/")).text(), /<div id="page">/);
  });

  await t.step("a second browser gets the cookie, and a client without the token does not", async () => {
    const again = await fetch(site.address, { redirect: "manual" });
    await again.body?.cancel();
    assert.ok(again.headers.get("set-cookie")!.startsWith(cookie));
    const unauthorized = await fetch(site.url);
    assert.deepEqual([unauthorized.status, unauthorized.headers.get("set-cookie")], [401, null]);
    assert.match(await unauthorized.text(), /Open this page with its token/);
  });

  await t.step("the page and the sync server have different secrets", async () => {
    const secrets = await Promise.all(
      ["token", "sync_token"].map((name) => Deno.readTextFile(join(site.dataDir, name))),
    );
    assert.equal(new URL(site.address).searchParams.get("token"), secrets[0]);
    assert.notEqual(secrets[0], secrets[1]);
    const api = site.syncUrl.replace(/^ws(.*)\/livestore$/, "http$1/api/me");
    const statuses = secrets.map(async (token) => {
      const response = await fetch(api, { headers: { authorization: `Bearer ${token}` } });
      await response.body?.cancel();
      return response.status;
    });
    assert.deepEqual(await Promise.all(statuses), [401, 200]);
  });

  await t.step("the page's policy limits it to its own origin and forbids framing", async () => {
    const response = await site.ask("/");
    await response.body?.cancel();
    const policy = response.headers.get("content-security-policy")!;
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /script-src 'self' 'wasm-unsafe-eval';/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.equal(response.headers.get("x-content-type-options"), "nosniff");
  });

  await t.step("the frame for outputs is sandboxed even if it is opened directly", async () => {
    const response = await site.ask("/frame.html");
    await response.body?.cancel();
    const policy = response.headers.get("content-security-policy")!;
    assert.match(policy, /^sandbox allow-scripts; default-src 'none';/);
    assert.doesNotMatch(policy, /allow-same-origin|connect-src/);
  });

  await t.step("the API reveals nothing without the cookie", async () => {
    for (const path of ["/api/site", "/api/notebooks", "/api/examples/tour", "/api/artifacts/a/b"]) {
      const response = await fetch(site.url + path);
      assert.equal(response.status, 401, path);
      assert.match((await response.json()).error, /open the address with the token/);
    }
  });

  await t.step("other hosts and origins are refused even with the cookie", async () => {
    assert.equal(await askAs(site, "/api/notebooks", { cookie, host }), 200);
    assert.equal(await askAs(site, "/api/notebooks", { cookie, host: "evil.example" }), 421);
    assert.equal(await askAs(site, "/", { host: "evil.example" }), 421);
    assert.equal(await askAs(site, "/api/notebooks", { cookie, host, origin: "http://localhost:1" }), 403);
    assert.equal(await askAs(site, "/api/notebooks", { cookie, host, "sec-fetch-site": "same-site" }), 403);
  });

  await t.step(
    "a sync socket needs the page's origin, the cookie and a listed notebook",
    async () => {
      const id = await createNotebook(site, "Mine");
      const origin = site.url;
      assert.equal(await upgrade(site, id, { host, cookie, origin: "http://evil.example" }), 403);
      assert.equal(await upgrade(site, id, { host, cookie }), 403);
      assert.equal(await upgrade(site, id, { host, origin }), 401);
      assert.equal(await upgrade(site, "nothing", { host, cookie, origin }), 404);
      assert.equal(await upgrade(site, id, { host, cookie, origin }), 101);
    },
  );

  await t.step("the site's data has the model's name and host", async () => {
    const { model: name, isOffline, modelHost } = await (await site.ask("/api/site")).json();
    assert.deepEqual([name, isOffline, modelHost], ["scripted", false, new URL(model.baseUrl).host]);
  });

  await t.step("an agent starts when a page opens a notebook, and stops after the last page has left", async () => {
    const id = await createNotebook(site, "Watched");
    await runtimeIs(site, id, "absent");
    const first = await openSocket(site, id, cookie);
    await runtimeIs(site, id, "ready");
    const second = await openSocket(site, id, cookie);
    first.close(1000);
    await new Promise((resolve) => first.onclose = resolve);
    await runtimeIs(site, id, "ready");
    second.close(1000);
    await runtimeIs(site, id, "absent");
  });

  await t.step("a request restarts the agent", async () => {
    const id = await createNotebook(site, "Restarted");
    const page = await openSocket(site, id, cookie);
    await runtimeIs(site, id, "ready");
    const response = await site.ask(`/api/notebooks/${id}/runtime`, { method: "POST" });
    assert.equal((await response.json()).state, "ready");
    page.close(1000);
    await runtimeIs(site, id, "absent");
  });

  await t.step("a change shortens a long title and ignores unknown fields", async () => {
    const id = await createNotebook(site, "Draft");
    const change = { method: "PATCH", body: JSON.stringify({ title: "x".repeat(300), cells: 7, id: "other" }) };
    assert.equal((await site.ask(`/api/notebooks/${id}`, change)).status, 204);
    const list = await (await site.ask("/api/notebooks")).json();
    const notebook = list.find((each: { id: string }) => each.id === id);
    assert.deepEqual([notebook.title.length, notebook.cells], [200, 7]);
    assert.equal((await site.ask(`/api/notebooks/${id}`, { method: "DELETE" })).status, 204);
    const again = await site.ask(`/api/notebooks/${id}`, { method: "DELETE" });
    assert.equal(again.status, 404);
    await again.body?.cancel();
  });

  await t.step("invalid requests and unknown paths are refused", async () => {
    const response = await site.ask("/api/notebooks", { method: "POST", body: "{" });
    assert.equal(response.status, 400);
    await response.body?.cancel();
    for (const path of ["/api/nothing", "/api/examples/nothing", "/nothing", "/notebooks/../deno.json"]) {
      const response = await site.ask(path);
      assert.equal(response.status, 404, path);
      await response.body?.cancel();
    }
  });
});

Deno.test("notebooks, the cookie and the page's address stay valid after a restart of the site", async () => {
  await using model = await startScriptedModel(answer(result("42")));
  const dataDir = await Deno.makeTempDir({ prefix: "notebook-site-" });
  try {
    const environment = modelFrom(model);
    let secrets: string[];
    {
      await using site = await startTestSite({ dataDir, environment });
      await createNotebook(site, "Kept");
      secrets = [site.cookie.split("=")[1], new URL(site.address).search];
    }
    await using site = await startTestSite({ dataDir, environment });
    assert.deepEqual([site.cookie.split("=")[1], new URL(site.address).search], secrets);
    assert.equal((await (await site.ask("/api/notebooks")).json())[0].title, "Kept");
  } finally {
    await Deno.remove(dataDir, { recursive: true });
  }
});
