/**
 * The choice between OpenAI's two interfaces, and requests to a reasoning model that may not reason.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { Message } from "../../src/execution/model.ts";
import { FormMemory } from "../../src/model/form_memory.ts";
import type { OpenAIModelOptions } from "../../src/model/openai_model.ts";
import { DEFAULT_FORM } from "../../src/model/request_form.ts";
import { collect, failureOf, modelRequest, openAIModel } from "../support/model_requests.ts";
import { answer, text } from "../support/scripted_answer.ts";
import { type RecordedRequest, type Script, startScriptedModel } from "../support/scripted_model_server.ts";

const good = answer(text("ok"));

/** A turn that asks for notes in two ways: only as needed, and instead of reasoning. */
const messages: Message[] = [{
  role: "user",
  content: "In [1]:\n1 + 2",
  notes: { asNeeded: "In [1]:\n1 + 2", insteadOfReasoning: "In [1]: work it out first\n1 + 2" },
}];

const refusal = (message: string, param?: string): Script => ({
  status: 400,
  body: { error: { message, type: "invalid_request_error", param: param ?? null, code: null } },
});

const effortRefused =
  "Function tools with reasoning_effort are not supported for gpt-5.6 in /v1/chat/completions. To use " +
  "function tools, use /v1/responses or set reasoning_effort to 'none'.";

/** Asks twice. Returns the paths of the requests, and the last body. */
async function ask(script: (request: RecordedRequest) => Script, options: Partial<OpenAIModelOptions> = {}) {
  await using server = await startScriptedModel(script, { rules: "none" });
  const model = openAIModel(server, { model: "gpt-5.6", ...options });
  const request = () => collect(model, modelRequest({ messages, effort: "low" }));
  assert.equal((await request())[0].type, "text");
  await request();
  return { paths: server.requests.map(({ path }) => path), last: server.requests.at(-1)!.body };
}

const isChat = ({ path }: RecordedRequest) => path.endsWith("/chat/completions");

Deno.test("OpenAIModel switches to the Responses interface permanently when a refusal names it", async () => {
  const { paths, last } = await ask((request) => isChat(request) ? refusal(effortRefused, "reasoning_effort") : good);
  assert.deepEqual(paths, ["/v1/chat/completions", "/v1/responses", "/v1/responses"]);
  assert.equal(last.reasoning.effort, "low");
});

Deno.test("OpenAIModel sends the effort none and asks for notes when there are only chat completions", async () => {
  const { last } = await ask((request) => {
    if (!isChat(request)) return { status: 404, body: { error: { message: "Not Found" } } };
    return request.body.reasoning_effort === "none" ? good : refusal(effortRefused, "reasoning_effort");
  });
  assert.equal(last.reasoning_effort, "none");
  assert.match(last.messages.at(-1).content, /work it out first/);
});

Deno.test("OpenAIModel asks for notes when the server refuses the effort", async () => {
  const { last } = await ask(({ body }) =>
    body.reasoning_effort === undefined
      ? good
      : refusal("Unsupported parameter: 'reasoning_effort'.", "reasoning_effort")
  );
  assert.equal(last.reasoning_effort, undefined);
  assert.match(last.messages.at(-1).content, /work it out first/);
});

Deno.test("OpenAIModel switches to Responses when the server has no chat completions", async () => {
  const { paths } = await ask((request) => isChat(request) ? { status: 404, body: "Not Found" } : good, {
    model: "gpt-4o",
  });
  assert.deepEqual(paths, ["/v1/chat/completions", "/v1/responses", "/v1/responses"]);
});

Deno.test("OpenAIModel switches to chat completions when the server has no Responses interface", async () => {
  await using server = await startScriptedModel(
    (request) => isChat(request) ? good : { status: 404, body: "Not Found" },
    { rules: "none" },
  );
  const memory = new FormMemory();
  memory.keep(server.baseUrl, "gpt-4o", { ...DEFAULT_FORM, api: "responses" });
  await collect(openAIModel(server, { model: "gpt-4o", memory }), modelRequest({ messages }));
  assert.deepEqual(server.requests.map(({ path }) => path), ["/v1/responses", "/v1/chat/completions"]);
});

Deno.test("OpenAIModel keeps the chosen interface even if the server does not have it", async () => {
  await using server = await startScriptedModel(
    ({ path }) => path.endsWith("/responses") ? good : { status: 404, body: "Not Found" },
    { rules: "none" },
  );
  const { error } = await failureOf(openAIModel(server, { api: "chat" }), modelRequest({ messages }));
  assert.equal(error.status, 404);
  assert.deepEqual(server.requests.map(({ path }) => path), ["/v1/chat/completions"]);
});

/** Asks three times. Returns the paths of each request, followed by `answered` or the error's status. */
async function askThrice(script: (cell: number, request: RecordedRequest) => Script) {
  let cell = 0;
  await using server = await startScriptedModel((request) => script(cell, request), { rules: "none" });
  const model = openAIModel(server, { model: "gpt-4o" });
  const asked: string[][] = [];
  while (cell < 3) {
    const before = server.requests.length;
    const end = await collect(model, modelRequest({ messages })).then(() => "answered", (error) => error.status);
    const paths = server.requests.slice(before).map(({ path }) => path.replace("/v1/", ""));
    asked.push([...paths, `${end}`]);
    cell += 1;
  }
  return asked;
}

const nowhere: Script = { status: 404, body: "Not Found" };

Deno.test("OpenAIModel tries only the first interface in later cells if the server has neither", async () => {
  const asked = await askThrice(() => nowhere);
  assert.deepEqual(asked, [["chat/completions", "responses", "404"], ["chat/completions", "404"], [
    "chat/completions",
    "404",
  ]]);
});

Deno.test("OpenAIModel tries both interfaces again after the server has answered", async () => {
  const asked = await askThrice((cell) => cell === 1 ? good : nowhere);
  assert.deepEqual(asked, [
    ["chat/completions", "responses", "404"],
    ["chat/completions", "answered"],
    ["chat/completions", "responses", "404"],
  ]);
});

Deno.test("OpenAIModel tries both interfaces again after a different error", async () => {
  const refused: Script = { status: 401, body: "No." };
  const asked = await askThrice((cell, request) =>
    cell === 0 ? nowhere : cell === 1 ? refused : isChat(request) ? nowhere : good
  );
  assert.deepEqual(asked, [
    ["chat/completions", "responses", "404"],
    ["chat/completions", "401"],
    ["chat/completions", "responses", "answered"],
  ]);
});
