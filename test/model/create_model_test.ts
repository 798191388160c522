import assert from "node:assert/strict";
import { CellOutputs, ConfigurationError, createModel, executeCell, RequestLimiter } from "../../mod.ts";
import { answer, gate, result } from "../support/scripted_answer.ts";
import { startScriptedModel } from "../support/scripted_model_server.ts";

const own = { environment: {} };

Deno.test("createModel() makes a model that answers requests", async (t) => {
  await using server = await startScriptedModel(answer(result("4")));
  const ways = {
    "the settings are given as options": { ...own, baseUrl: server.baseUrl, apiKey: "key", model: "scripted" },
    "the settings are in the environment": {
      environment: { OPENAI_BASE_URL: server.baseUrl, OPENAI_API_KEY: "key", AIPYTHON_MODEL: "scripted" },
    },
  };
  for (const [name, options] of Object.entries(ways)) {
    await t.step(name, async () => {
      const model = await createModel(options);
      assert.equal(model.name, "scripted");
      const context = new CellOutputs();
      await executeCell("2 + 2", { model, context });
      assert.deepEqual(context.outputs, [{ type: "execute_result", data: { "text/plain": "4" } }]);
      assert.equal(server.requests.at(-1)?.headers.authorization, "Bearer key");
    });
  }
});

Deno.test("createModel() reports all wrong options at once, and a missing API key", async () => {
  const wrong = { ...own, baseUrl: "localhost:99999", apikey: "k", logger: {}, requestLimiter: 5, signal: 1 };
  const error = await createModel(wrong as object).catch((error) => error);
  assert.ok(error instanceof ConfigurationError);
  assert.deepEqual(error.issues.map(({ option }) => option), [
    undefined,
    "requestLimiter",
    "signal",
    "logger",
    "baseUrl",
  ]);
  assert.match(error.message, /unknown option apikey: did you mean apiKey\?/);
  await assert.rejects(createModel(own), /missing API key: give the option apiKey/);
});

Deno.test("createModel() rejects with the reason of its signal when the signal is aborted", async () => {
  const controller = new AbortController();
  const reason = new Error("not any more");
  const models = () => {
    controller.abort(reason);
    return { status: 404 };
  };
  await using server = await startScriptedModel([], { models });
  const options = { ...own, baseUrl: server.baseUrl, model: "scripted", signal: controller.signal };
  assert.equal(await createModel(options).catch((error) => error), reason);
});

Deno.test("models that share a limiter of 1 send one request at a time", async () => {
  await using server = await startScriptedModel(answer(gate("first"), result("4")));
  const requestLimiter = new RequestLimiter(1);
  const options = { ...own, baseUrl: server.baseUrl, model: "scripted", requestLimiter };
  const models = [await createModel(options), await createModel(options)];
  const cells = models.map((model) => executeCell("2 + 2", { model, context: new CellOutputs() }));
  await server.reached("first");
  assert.deepEqual([requestLimiter.waiting, server.requests.length], [1, 1]);
  server.open("first");
  await Promise.all(cells);
  assert.equal(server.requests.length, 2);
});
