import assert from "node:assert/strict";
import { resolveSettings } from "../../../src/options/mod.ts";
import { startModel } from "../../../stack/demo/start_model.ts";

const { signal } = new AbortController();

Deno.test("startModel() uses the model that an API key, a base URL or an Azure endpoint selects", async () => {
  for (
    const [environment, settings] of [
      [{ OPENAI_API_KEY: "k" }, { apiKey: "k" }],
      [{ OPENAI_BASE_URL: "http://127.0.0.1:11434/v1", OPENAI_API_KEY: "" }, { baseUrl: "http://127.0.0.1:11434/v1" }],
      [{ AZURE_OPENAI_ENDPOINT: "https://n.openai.azure.com", AIPYTHON_MODEL: "d" }, { model: "d" }],
    ] as const
  ) {
    await using model = await startModel(environment, signal);
    assert.equal(model.isOffline, false);
    assert.deepEqual(JSON.parse(JSON.stringify(model.settings)), settings);
  }
});

Deno.test("startModel() starts the offline model when the environment selects no model server", async () => {
  await using model = await startModel({ OPENAI_API_KEY: "", AIPYTHON_MODEL: "m" }, signal);
  assert.equal(model.isOffline, true);
});

Deno.test("startModel() removes a cost limit of the environment for the offline model", async () => {
  await using model = await startModel({}, signal);
  const place = { notebookId: "n", authToken: "t" };
  const environment = { AIPYTHON_MAX_COST_PER_SESSION: "0.50" };
  assert.equal(resolveSettings({ ...place, ...model.settings }, { environment }).settings.maxCostPerSession, 0);
});
