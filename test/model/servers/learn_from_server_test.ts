import assert from "node:assert/strict";
import type { LogFields } from "../../../src/logger.ts";
import { silentLogger } from "../../../src/logger.ts";
import { FormMemory } from "../../../src/model/form_memory.ts";
import { listModels } from "../../../src/model/list_models.ts";
import { DEFAULT_FORM, describeForm, withShape } from "../../../src/model/request_form.ts";
import { learnFromServer, type LearnFromServerOptions } from "../../../src/model/servers/learn_from_server.ts";
import { TEST_KEY } from "../../support/model_requests.ts";
import { startPathServer } from "../../support/path_server.ts";

const never = new AbortController().signal;

/** Starts a server with one model, listed as at OpenRouter. */
const startServer = (entry: object) =>
  startPathServer({ "/v1/models": { body: { data: [{ id: "some", context_length: 4096, ...entry }] } } });

/** Learns from a server. Returns the facts and the log. */
async function learn(baseUrl: string, memory: FormMemory, options: Partial<LearnFromServerOptions> = {}) {
  const lines: [level: string, message: string, fields?: LogFields][] = [];
  const logger = {
    ...silentLogger,
    debug: (message: string, fields?: LogFields) => void lines.push(["debug", message, fields]),
    info: (message: string, fields?: LogFields) => void lines.push(["info", message, fields]),
  };
  const whom = { baseUrl, apiKey: TEST_KEY };
  const list = await listModels(whom, never);
  const facts = await learnFromServer({ ...whom, model: "some", api: "auto", list, logger, memory, ...options }, never);
  return { facts, lines };
}

Deno.test("learnFromServer() keeps the form that a server reports, and logs it", async () => {
  await using server = await startServer({ supported_parameters: ["temperature"] });
  const memory = new FormMemory();
  const { lines } = await learn(server.baseUrl, memory);
  assert.equal(describeForm(memory.recall(server.baseUrl, "some")!), "calls=text");
  assert.deepEqual(lines, [
    ["info", "learned from the model server which form of requests it accepts", { model: "some", form: "calls=text" }],
    ["debug", "learned from the model server about the model", {
      model: "some",
      contextLength: 4096,
      shutdownDate: undefined,
    }],
  ]);
});

Deno.test("learnFromServer() logs that a form is known from the model's name", async () => {
  await using server = await startServer({ root: "meta-llama/Llama-3.1-8B-Instruct" });
  const { lines } = await learn(server.baseUrl, new FormMemory());
  assert.equal(lines[0][1], "learned from the model's name which form of requests it accepts");
});

Deno.test("learnFromServer() does not log the same guess again", async () => {
  await using server = await startServer({ root: "meta-llama/Llama-3.1-8B-Instruct" });
  const memory = new FormMemory();
  await learn(server.baseUrl, memory);
  const guess = memory.recall(server.baseUrl, "some");
  const { facts, lines } = await learn(server.baseUrl, memory, { guess });
  assert.equal(facts?.contextLength, 4096, "it has asked again");
  assert.deepEqual(lines.map(([level]) => level), ["debug"]);
});

Deno.test("learnFromServer() keeps no form if the server reports none", async () => {
  await using server = await startServer({});
  const memory = new FormMemory();
  const { facts, lines } = await learn(server.baseUrl, memory);
  assert.equal(memory.recall(server.baseUrl, "some"), undefined);
  assert.equal(facts?.contextLength, 4096);
  assert.deepEqual(lines.map(([level]) => level), ["debug"]);
});

Deno.test("learnFromServer() keeps a form without visible effects and does not log it", async () => {
  await using server = await startPathServer({
    "/v1/models": { body: { data: [{ id: "some", owned_by: "llamacpp" }] } },
    "/props": { body: { chat_template_caps: { supports_tools: true } } },
  });
  const memory = new FormMemory();
  const { lines } = await learn(server.baseUrl, memory);
  assert.equal(describeForm(memory.recall(server.baseUrl, "some")!), "silentCells=joined");
  assert.deepEqual(lines.map(([level]) => level), ["debug"]);
});

Deno.test("learnFromServer() asks nothing about a model whose form is known", async () => {
  await using server = await startServer({ supported_parameters: ["temperature"] });
  const memory = new FormMemory();
  const known = withShape(DEFAULT_FORM, { emptyContent: "empty" });
  memory.keep(server.baseUrl, "some", known);
  const { facts, lines } = await learn(server.baseUrl, memory);
  assert.equal(facts, undefined);
  assert.equal(memory.recall(server.baseUrl, "some"), known);
  assert.deepEqual(lines, []);
});

Deno.test("learnFromServer() keeps the chosen interface", async () => {
  await using server = await startServer({ supported_parameters: ["temperature"] });
  const memory = new FormMemory();
  await learn(server.baseUrl, memory, { api: "responses" });
  assert.equal(memory.recall(server.baseUrl, "some")?.api, "responses");
});
