import assert from "node:assert/strict";
import { silentLogger } from "../../src/logger.ts";
import { connectModel, type ModelSettings } from "../../src/model/connect_model.ts";
import { describeForm } from "../../src/model/request_form.ts";
import { collect, modelRequest, TEST_KEY } from "../support/model_requests.ts";
import { answer, text } from "../support/scripted_answer.ts";
import { type PlainResponse, startScriptedModel } from "../support/scripted_model_server.ts";

const settings = {
  model: "meta-llama/Llama-3.3-70B-Instruct",
  apiKey: TEST_KEY,
  api: "auto" as const,
  firstByteTimeout: 3_600,
  stallTimeout: 3_600,
};

/** A list with this model, of a server that gives no further facts. */
const list = { data: [{ id: settings.model, owned_by: "vllm", max_model_len: 8192 }] };

const connect = (baseUrl: string, change: Partial<ModelSettings> = {}) =>
  connectModel({ ...settings, ...change, baseUrl }, silentLogger, new AbortController().signal);

Deno.test("connectModel() lists the models once and sends requests in the form that fits the model", async () => {
  await using server = await startScriptedModel(answer(text("ok")), {
    models: { body: list },
  });
  const model = await connect(server.baseUrl);
  assert.equal(model.oneCallAReply, true);
  await collect(model, modelRequest());
  assert.deepEqual(server.listings.map(({ path }) => path), ["/v1/models"]);
  assert.equal(server.requests[0].body.parallel_tool_calls, false);
});

Deno.test("connectModel() learns the form before the first request if the server was still loading its model", async () => {
  await using server = await startScriptedModel(answer(text("ok")), {
    models: ({ number }) => number === 0 ? { status: 503, body: { error: "Loading model" } } : { body: list },
  });
  const model = await connect(server.baseUrl);
  assert.equal(model.oneCallAReply, false);
  for (let request = 0; request < 2; request++) await collect(model, modelRequest());
  assert.equal(model.oneCallAReply, true);
  assert.deepEqual(server.requests.map(({ body }) => body.parallel_tool_calls), [false, false]);
  assert.equal(server.listings.length, 2);
});

Deno.test("connectModel() asks an unready server about its model before at most three requests", async () => {
  await using server = await startScriptedModel(answer(text("ok")), { models: { status: 503 } });
  const model = await connect(server.baseUrl);
  for (let request = 0; request < 5; request++) await collect(model, modelRequest());
  assert.equal(server.listings.length, 1 + 3);
});

for (const status of [404, 403, 501]) {
  Deno.test(`connectModel() lists the models only once if the server answers ${status}`, async () => {
    await using server = await startScriptedModel(answer(text("ok")), { models: { status } });
    await collect(await connect(server.baseUrl), modelRequest());
    assert.equal(server.listings.length, 1);
  });
}

Deno.test("connectModel() replaces a form that the model's name implies with the one that the server reports", async () => {
  const listed = { data: [{ id: settings.model, owned_by: "llamacpp" }] };
  const answers = (path: string, number: number): PlainResponse => {
    if (path === "/v1/models") return { body: listed };
    // Number 1 is the first request to /props. Its answer is too long to be read.
    if (number === 1) return { body: "x".repeat(5_000_000) };
    return { body: { chat_template_caps: { supports_tools: false } } };
  };
  const ok = answer(text("ok"));
  await using server = await startScriptedModel(({ path }) => path === "/apply-template" ? { status: 404 } : ok, {
    models: ({ path, number }) => answers(path.split("?")[0], number),
  });
  const model = await connect(server.baseUrl);
  assert.equal(describeForm(model.form), "parallelCalls=false callsPerTurn=one silentCells=joined");
  await collect(model, modelRequest());
  assert.equal(describeForm(model.form), "calls=text silentCells=joined");
});

Deno.test("connectModel() learns the context length from a server that loads its model for the first request", async () => {
  let isLoaded = false;
  const answers: Record<string, () => PlainResponse> = {
    "/v1/models": () => ({ body: { data: [{ id: "qwen3:8b", owned_by: "library" }] } }),
    "/api/show": () => ({ body: { capabilities: ["completion", "tools"] } }),
    "/api/ps": () => ({ body: { models: isLoaded ? [{ name: "qwen3:8b", context_length: 4096 }] : [] } }),
  };
  const ok = answer(text("ok"));
  await using server = await startScriptedModel(({ path }) => answers[path]?.() ?? (isLoaded = true, ok), {
    models: ({ path }) => answers[path](),
  });
  const model = await connect(server.baseUrl, { model: "qwen3:8b" });
  assert.equal(model.contextLength, undefined);
  await collect(model, modelRequest());
  assert.equal(model.contextLength, undefined);
  await collect(model, modelRequest());
  assert.equal(model.contextLength, 4096);
});

Deno.test("connectModel() prefers the context length of the settings to the one of the server", async () => {
  await using server = await startScriptedModel([], { models: { body: list } });
  assert.equal((await connect(server.baseUrl)).contextLength, 8_192);
  assert.equal((await connect(server.baseUrl, { contextLength: 5_000 })).contextLength, 5_000);
});

Deno.test("connectModel() returns a model even if the server cannot be reached", async () => {
  const server = await startScriptedModel([]);
  await server.stop();
  assert.equal((await connect(server.baseUrl)).name, settings.model);
});
