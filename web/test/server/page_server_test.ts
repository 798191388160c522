/**
 * The page's server as a browser and as an unauthorized client use it. A scripted server plays the model.
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

/** Waits until the runtime is in this state by asking the server repeatedly, as the page does. */
async function runtimeIs(site: TestSite, id: string, state: string): Promise<void> {
  const deadline = AbortSignal.timeout(20_000);
  while ((await (await site.ask(`/api/notebooks/${id}/runtime`)).json()).state !== state) deadline.throwIfAborted();
}

Deno.test("the page's server", async (t) => {
  await using model = await startScriptedModel(answer(result("42")));
  await using site = await startTestSite({ environment: modelFrom(model), lingerMs: 0 });
  const { cookie } = site;
  const host = new URL(site.url).host;

  await t.step("exchanges the token for a cookie that scripts cannot read", async () => {
    const response = await fetch(site.addressOf("/notebooks/abc"), { redirect: "manual" });
    await response.body?.cancel();
    assert.equal(response.headers.get("location"), `${site.url}/notebooks/abc`);
    assert.match(response.headers.get("set-cookie")!, /^aipython_\d+=[\w-]{36}; Path=\/; HttpOnly; SameSite=Lax$/);
    assert.match(await (await site.ask("/")).text(), /<div id="page">/);
  });

  await t.step("exchanges it for a second browser, and accepts no other token", async () => {
    const again = await fetch(site.address, { redirect: "manual" });
    await again.body?.cancel();
    assert.ok(again.headers.get("set-cookie")!.startsWith(cookie));
    const unauthorized = await fetch(site.url);
    assert.deepEqual([unauthorized.status, unauthorized.headers.get("set-cookie")], [401, null]);
    assert.match(await unauthorized.text(), /Open this page with its token/);
  });

  await t.step("has one secret for the page and another for the sync server", async () => {
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

  await t.step("lets the page load only from here, and lets nobody frame it", async () => {
    const response = await site.ask("/");
    await response.body?.cancel();
    const policy = response.headers.get("content-security-policy")!;
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /script-src 'self' 'wasm-unsafe-eval';/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.equal(response.headers.get("x-content-type-options"), "nosniff");
  });

  await t.step("serves a frame for outputs that is sandboxed even if it is opened directly", async () => {
    const response = await site.ask("/frame.html");
    await response.body?.cancel();
    const policy = response.headers.get("content-security-policy")!;
    assert.match(policy, /^sandbox allow-scripts; default-src 'none';/);
    assert.doesNotMatch(policy, /allow-same-origin|connect-src/);
  });

  await t.step("reveals nothing about a notebook without the cookie", async () => {
    for (const path of ["/api/site", "/api/notebooks", "/api/examples/tour", "/api/artifacts/a/b"]) {
      const response = await fetch(site.url + path);
      assert.equal(response.status, 401, path);
      assert.match((await response.json()).error, /open the address with the token/);
    }
  });

  await t.step("refuses other hosts and origins even if they send the cookie", async () => {
    assert.equal(await askAs(site, "/api/notebooks", { cookie, host }), 200);
    assert.equal(await askAs(site, "/api/notebooks", { cookie, host: "evil.example" }), 421);
    assert.equal(await askAs(site, "/", { host: "evil.example" }), 421);
    assert.equal(await askAs(site, "/api/notebooks", { cookie, host, origin: "http://localhost:1" }), 403);
    assert.equal(await askAs(site, "/api/notebooks", { cookie, host, "sec-fetch-site": "same-site" }), 403);
  });

  await t.step(
    "refuses them a sync socket, too, and everybody one for a notebook that is not on the list",
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

  await t.step("names the model", async () => {
    const { model: name, isOffline, modelHost } = await (await site.ask("/api/site")).json();
    assert.deepEqual([name, isOffline, modelHost], ["scripted", false, new URL(model.baseUrl).host]);
  });

  await t.step("starts an agent when a page opens a notebook, and ends it after the last page has left", async () => {
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

  await t.step("restarts an agent", async () => {
    const id = await createNotebook(site, "Restarted");
    const page = await openSocket(site, id, cookie);
    await runtimeIs(site, id, "ready");
    const response = await site.ask(`/api/notebooks/${id}/runtime`, { method: "POST" });
    assert.equal((await response.json()).state, "ready");
    page.close(1000);
    await runtimeIs(site, id, "absent");
  });

  await t.step("keeps the list, and ignores invalid changes", async () => {
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

  await t.step("explains what is wrong with a request", async () => {
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

Deno.test("notebooks, the page's cookie and its address stay valid after a restart of the site", async () => {
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
