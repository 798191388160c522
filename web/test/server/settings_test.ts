/**
 * The model's settings over HTTP: their precedence, their storage, and the servers that receive a key.
 *
 * @module
 */

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { SettingsView } from "../../server/settings/settings_view.ts";
import { KEY, openPanel } from "./settings_panel.ts";

const fieldOf = ({ fields }: SettingsView, name: string) => fields.find((field) => field.name === name)!;

/** Starts a server that records requests, and redirects them if `location` is given. */
async function startWitness(location?: string) {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    heard.push(`${request.url} ${JSON.stringify(request.headers)}`);
    response.writeHead(location === undefined ? 404 : 307, location === undefined ? {} : { location });
    response.end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

Deno.test("the highest source of a value takes precedence, and the panel shows this source", async () => {
  await using panel = await openPanel({
    flagValues: { reasoning: "off" },
    environment: { OPENAI_BASE_URL: "https://one.example/v1?key=in-the-address", AIPYTHON_TOOL_MODE: "text" },
    envFile: { AIPYTHON_MODEL: "from-file", OPENAI_BASE_URL: "https://two.example/v1" },
  });
  const view = await panel.view();
  const shown = ["baseUrl", "model", "reasoning", "toolMode", "maxTokensPerSession"].map((name) => {
    const { value, from, fixedBy } = fieldOf(view, name);
    return [value, from, fixedBy];
  });
  assert.deepEqual(shown, [
    ["https://one.example/v1?[hidden]", "OPENAI_BASE_URL", "OPENAI_BASE_URL"],
    ["from-file", "AIPYTHON_MODEL in the env file", "AIPYTHON_MODEL in the env file"],
    ["off", "--reasoning", "--reasoning"],
    ["text", "AIPYTHON_TOOL_MODE", "AIPYTHON_TOOL_MODE"],
    ["0", "default", undefined],
  ]);
  const saved = await panel.save({ values: { maxTokensPerSession: "5000" } });
  const limit = fieldOf(saved, "maxTokensPerSession");
  assert.deepEqual([limit.value, limit.from, limit.entered], ["5000", "the settings panel", "5000"]);
  for (const [name, value] of [["baseUrl", "https://three.example/v1"], ["model", "m"], ["reasoning", "always"]]) {
    const reason = await panel.refused(409, "PUT", "", { values: { [name]: value } });
    assert.match(reason, new RegExp(`^${name} is set by .*, which overrides this panel`));
  }
});

Deno.test("the panel's settings are stored in private files and apply after a restart", async () => {
  const dataDir = await Deno.makeTempDir({ prefix: "settings-" });
  try {
    {
      await using panel = await openPanel({ dataDir });
      assert.equal((await panel.view()).isOffline, true);
      const values = { baseUrl: "https://one.example/v1", model: "m-1" };
      const view = await panel.save({ values, key: { origin: "https://one.example", value: ` ${KEY} ` } });
      assert.deepEqual([view.isOffline, view.storedFor, view.origin], [
        false,
        ["https://one.example"],
        "https://one.example",
      ]);
      const site = await (await panel.site.ask("/api/site")).json();
      assert.deepEqual([site.model, site.modelHost, site.isOffline], ["m-1", "one.example", false]);
    }
    for (const name of ["model_keys.json", "settings.json"]) {
      if (Deno.build.os !== "windows") {
        assert.equal((await Deno.stat(join(dataDir, name))).mode! & 0o777, 0o600, name);
      }
    }
    assert.ok(!(await Deno.readTextFile(join(dataDir, "settings.json"))).includes(KEY));
    await using panel = await openPanel({ dataDir });
    const view = await panel.view();
    assert.deepEqual([fieldOf(view, "model").entered, view.storedFor], ["m-1", ["https://one.example"]]);
    const removed = await panel.view(panel.send("DELETE", "/key", { origin: "https://one.example" }));
    assert.deepEqual(removed.storedFor, []);
    assert.ok(!(await Deno.readTextFile(join(dataDir, "model_keys.json"))).includes(KEY));
  } finally {
    await Deno.remove(dataDir, { recursive: true });
  }
});

Deno.test("invalid settings are refused, and nothing is changed", async () => {
  await using panel = await openPanel();
  const origin = "https://one.example";
  const cases: [status: number, body: unknown, reason: RegExp][] = [
    [400, "text", /are not valid at/],
    [400, { values: { apiKey: KEY } }, /are not valid at .*values/],
    [400, { values: { syncUrl: "ws://x" } }, /are not valid at/],
    [400, { values: { model: 1 } }, /are not valid at/],
    [400, { values: { model: "x".repeat(3_000) } }, /are not valid at/],
    [400, { values: {}, key: { origin, value: KEY, more: 1 } }, /are not valid at/],
    [400, { values: {}, key: { origin, value: "x".repeat(10_000) } }, /are not valid at/],
    [413, { values: {}, more: "x".repeat(70_000) }, /larger than 65536 bytes/],
    [409, { values: { baseUrl: "one example" } }, /wrong base URL .*from the settings panel/],
    [409, { values: { baseUrl: `https://user:${KEY}@one.example/v1` } }, /has a password or a key in it/],
    [409, { values: { baseUrl: `${origin}/v1?api_key=${KEY}` } }, /has a password or a key in it/],
    [409, { values: { baseUrl: "http://10.0.0.7:8080/v1" } }, /insecure base URL/],
    [409, { values: { baseUrl: "https://api.openai.com/v1" } }, /A key for https:\/\/api.openai.com is missing/],
    [409, { values: { baseUrl: `${origin}/v1`, stallTimeout: "soon" } }, /wrong stall timeout "soon"/],
    [409, { values: { baseUrl: `${origin}/v1` }, key: { origin, value: `${KEY} two` } }, /wrong API key/],
    [
      409,
      { values: { baseUrl: "https://two.example/v1" }, key: { origin, value: KEY } },
      /was entered for https:\/\/one.example, and the base URL leads to https:\/\/two.example/,
    ],
    [409, { values: {}, key: { origin, value: KEY } }, /the base URL leads to https:\/\/api.openai.com/],
  ];
  for (const [status, body, reason] of cases) {
    const refusal = await panel.refused(status, "PUT", "", body);
    assert.match(refusal, reason);
    assert.ok(!refusal.includes(KEY), refusal);
  }
  const { storedFor, fields } = await panel.view();
  assert.deepEqual([storedFor, fields.filter(({ entered }) => entered !== "")], [[], []]);
  const lan = { baseUrl: "http://10.0.0.7:8080/v1", insecure: "true" };
  assert.equal(fieldOf(await panel.save({ values: lan }), "baseUrl").value, lan.baseUrl);
});

Deno.test("only the page can read or change the settings", async () => {
  await using panel = await openPanel();
  const { url, cookie } = panel.site;
  const paths: [method: string, path: string][] = [
    ["GET", ""],
    ["PUT", ""],
    ["DELETE", "/key"],
    ["POST", "/models"],
    ["POST", "/check"],
  ];
  for (const [method, path] of paths) {
    const ask = async (headers: Record<string, string>) => {
      const body = method === "GET" ? undefined : "{}";
      const response = await fetch(`${url}/api/settings${path}`, { method, headers, body });
      await response.body?.cancel();
      return response.status;
    };
    assert.equal(await ask({}), 401, path);
    assert.equal(await ask({ cookie, origin: "http://evil.example" }), 403, path);
    assert.equal(await ask({ cookie, "sec-fetch-site": "cross-site" }), 403, path);
  }
});

Deno.test("a key is sent only to the origin that it was entered for", async (t) => {
  await using ours = await startWitness();
  await using theirs = await startWitness();
  const has = ({ heard }: { heard: string[] }, secret = KEY) => heard.some((request) => request.includes(secret));
  const draftFor = (baseUrl: string) => ({ values: { baseUrl, model: "m" } });

  await t.step("a check or a list of models sends no key to another address", async () => {
    await using panel = await openPanel();
    await panel.save({ ...draftFor(`${ours.origin}/v1`), key: { origin: ours.origin, value: KEY } });
    await panel.models(draftFor(`${ours.origin}/v1`));
    assert.ok(has(ours), "the key is sent to its own origin");
    await panel.models(draftFor(`${theirs.origin}/v1`));
    await panel.check(draftFor(`${theirs.origin}/v1`));
    assert.ok(theirs.heard.length > 2 && !has(theirs), theirs.heard.join("\n"));
    await panel.refused(409, "POST", "/models", {
      ...draftFor(`${theirs.origin}/v1`),
      key: { origin: ours.origin, value: KEY },
    });
  });

  await t.step("a key is not sent to another address after a redirect", async () => {
    await using elsewhere = await startWitness(`${theirs.origin}/v1/models`);
    const key = { origin: elsewhere.origin, value: KEY };
    await using panel = await openPanel();
    theirs.heard.length = 0;
    await panel.models({ ...draftFor(`${elsewhere.origin}/v1`), key });
    await panel.check({ ...draftFor(`${elsewhere.origin}/v1`), key });
    assert.ok(has(elsewhere));
    assert.deepEqual(theirs.heard, []);
  });

  await t.step("the environment's key is not sent to an address from the panel", async () => {
    theirs.heard.length = 0;
    const environment = { OPENAI_API_KEY: "sk-of-the-environment", AIPYTHON_HEADERS: "X-Gate: sk-of-the-gateway" };
    await using panel = await openPanel({ environment });
    assert.deepEqual((await panel.view()).outerKey, { name: "OPENAI_API_KEY", origin: "https://api.openai.com" });
    await panel.check(draftFor(`${theirs.origin}/v1`));
    assert.ok(theirs.heard.length > 2 && !has(theirs, "sk-of-"), theirs.heard.join("\n"));
    await panel.save({ ...draftFor(`${theirs.origin}/v1`), key: { origin: theirs.origin, value: KEY } });
    await panel.models(draftFor(`${theirs.origin}/v1`));
    assert.ok(has(theirs), "this origin has its own key");
    const reason = await panel.refused(409, "PUT", "", {
      values: {},
      key: { origin: "https://api.openai.com", value: KEY },
    });
    assert.match(reason, /^apiKey is set by OPENAI_API_KEY/);
  });

  await t.step("keys of several origins are kept", async () => {
    await using panel = await openPanel();
    for (const { origin } of [ours, theirs]) {
      await panel.save({ ...draftFor(`${origin}/v1`), key: { origin, value: KEY } });
    }
    assert.deepEqual((await panel.view()).storedFor, [ours.origin, theirs.origin]);
  });
});
