import assert from "node:assert/strict";
import { ConfigurationError } from "../../src/errors.ts";
import { silentLogger } from "../../src/logger.ts";
import { connectModel } from "../../src/model/connect_model.ts";
import { resolveSettings } from "../../src/options/mod.ts";
import { startScriptedModel } from "../support/scripted_model_server.ts";

const { signal } = new AbortController();
const { settings } = resolveSettings({ notebookId: "n", authToken: "t", apiKey: "k" }, { environment: {} });

/** Connects to a server with these models. Returns the model and the log. */
async function connect(entries: object[], isModelChosen: boolean, model = settings.model) {
  await using server = await startScriptedModel([], { models: { body: { data: entries } } });
  const lines: string[] = [];
  const log = (message: string) => void lines.push(message.replaceAll(server.host, "HOST"));
  const logger = { ...silentLogger, info: log, warn: log };
  const connected = await connectModel({ ...settings, model, baseUrl: server.baseUrl }, logger, signal, {
    isModelChosen,
  });
  return { model: connected.name, lines };
}

Deno.test("connectModel() takes the server's only model when none was chosen, and logs this", async () => {
  assert.deepEqual(await connect([{ id: "qwen3" }], false), {
    model: "qwen3",
    lines: ["the model is qwen3: it is the only model that HOST lists"],
  });
});

Deno.test("connectModel() rejects when no model was chosen and the server lists several others", async () => {
  await assert.rejects(connect([{ id: "a" }, { id: "b" }], false), (error) => {
    return error instanceof ConfigurationError && /lists a, b: give one of them with --model/.test(error.message);
  });
});

Deno.test("connectModel() takes a chosen model that is not listed, and warns", async () => {
  assert.deepEqual(await connect([{ id: "a" }, { id: "b" }], true, "mine"), {
    model: "mine",
    lines: ["the model server does not list this model"],
  });
});

Deno.test("connectModel() warns of a model that its server will switch off", async () => {
  const { lines } = await connect([{ id: "gpt-4o-mini", shutdown_date: "2027-01-14" }], false);
  assert.deepEqual(lines, ["the model server will switch this model off"]);
});
