/**
 * The list of models, the check of settings, and new settings of running agents.
 *
 * @module
 */

import assert from "node:assert/strict";
import { answer, gate, result } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import type { TestSite } from "./test_site.ts";
import { KEY, openPanel } from "./settings_panel.ts";

Deno.test("the list of models has shutdown dates and hides a key that the model server repeats", async () => {
  const data = [{ id: "new" }, { id: "old", shutdown_date: "2026-12-31" }, { id: `odd-${KEY}` }];
  await using model = await startScriptedModel([], { models: { body: { data } } });
  await using panel = await openPanel();
  const { origin } = new URL(model.baseUrl);
  const draft = { values: { baseUrl: model.baseUrl }, key: { origin, value: KEY } };
  assert.deepEqual(await panel.models(draft), {
    models: [{ id: "new" }, { id: "old", shutdownDate: "2026-12-31" }, { id: "odd-[hidden]" }],
  });
  assert.equal((await panel.view()).storedFor.length, 0, "no key is stored");
  assert.match(
    (await panel.models({ values: { baseUrl: "http://127.0.0.1:9/v1" } })).problem!,
    /^127.0.0.1:9 cannot be reached: /,
  );
});

Deno.test("a check reports what aipython check reports and stores nothing", async () => {
  await using model = await startScriptedModel(answer(result("5")), { models: { body: { data: [{ id: "m" }] } } });
  await using panel = await openPanel();
  const { origin } = new URL(model.baseUrl);
  const lines = await panel.check({
    values: { baseUrl: model.baseUrl, model: "m" },
    key: { origin, value: KEY },
  });
  assert.deepEqual(lines.map(({ mark, label }) => `${mark} ${label}`), [
    "ok settings",
    "ok model server",
    "ok API key",
    "ok model",
    "ok one cell",
    "warn second cell",
  ]);
  assert.equal(lines[1].message, `${new URL(model.baseUrl).host} responds`);
  assert.equal(model.requests[0].headers.authorization, `Bearer ${KEY}`);
  const view = await panel.view();
  assert.deepEqual([view.isOffline, view.storedFor], [true, []]);
});

Deno.test("a check streams each step and is aborted with its request", async () => {
  await using model = await startScriptedModel(answer(gate("never"), result("5")));
  await using panel = await openPanel();
  const leaving = new AbortController();
  const response = await panel.site.ask("/api/settings/check", {
    method: "POST",
    body: JSON.stringify({ values: { baseUrl: model.baseUrl, model: "m" } }),
    signal: leaving.signal,
  });
  let read = "";
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  while (!read.includes('"label":"model server"')) read += (await reader.read()).value;
  await model.reached("never");
  leaving.abort();
  await model.disconnected(0);
  await reader.cancel().catch(() => {});
});

Deno.test("an agent that starts after the settings were saved uses the new model", async () => {
  await using one = await startScriptedModel(answer(result("1")), { models: { body: { data: [{ id: "one" }] } } });
  await using two = await startScriptedModel(answer(result("2")), { models: { body: { data: [{ id: "two" }] } } });
  await using panel = await openPanel({ lingerMs: 60_000 });
  const { site } = panel;
  await panel.save({ values: { baseUrl: one.baseUrl, model: "one" } });
  const { id } = await (await site.ask("/api/notebooks", { method: "POST", body: "{}" })).json();
  const status = async (): Promise<{ state: string; model?: string }> =>
    await (await site.ask(`/api/notebooks/${id}/runtime`)).json();
  const settled = async (site: TestSite) => {
    await (await site.ask(`/api/notebooks/${id}/runtime`, { method: "POST" })).json();
    return await status();
  };
  assert.deepEqual([(await settled(site)).model], ["one"]);
  await panel.save({ values: { baseUrl: two.baseUrl, model: "two" } });
  assert.deepEqual([(await settled(site)).model, (await status()).state], ["two", "ready"]);
});
