/**
 * The form in which a server accepts requests is learnt from its refusals and kept.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { Message } from "../../src/execution/model.ts";
import { FormMemory } from "../../src/model/form_memory.ts";
import { silentLogger } from "../../src/logger.ts";
import { collect, failureOf, modelRequest, openAIModel } from "../support/model_requests.ts";
import { answer, text } from "../support/scripted_answer.ts";
import { type RecordedRequest, type Script, startScriptedModel } from "../support/scripted_model_server.ts";

const good = answer(text("ok"));

/** An earlier cell with two calls, and the current cell. */
const messages: Message[] = [
  { role: "system", content: "You are IPython." },
  { role: "user", content: "In [1]:\nprint(1)\n2" },
  {
    role: "assistant",
    toolCalls: [
      { id: "c00001000", name: "stdout", arguments: '{"text":"1\\n"}' },
      { id: "c00001001", name: "execute_result", arguments: '{"data":{"text/plain":"2"}}' },
    ],
  },
  { role: "tool", toolCallId: "c00001000", content: "ok" },
  { role: "tool", toolCallId: "c00001001", content: "ok" },
  { role: "assistant", content: "(done)" },
  { role: "user", content: "In [2]:\n3" },
];

// deno-lint-ignore no-explicit-any -- a request's body, as the test's predicates look at it
type Body = any;

/** The servers of one family: the requests that they refuse, and the refusal. */
interface Family {
  refuses(body: Body): boolean;
  status: number;
  body: unknown;
  /** Checks the body of the last request. */
  then(body: Body): void;
}

const hasCalls = (message: Body) => message.tool_calls !== undefined;
const openai = (message: string, more = {}) => ({
  error: { message, type: "invalid_request_error", param: null, ...more },
});

const families: Record<string, Family> = {
  "Llama 3's template behind vLLM": {
    refuses: (body) => body.messages.some((each: Body) => each.tool_calls?.length > 1),
    status: 400,
    body: { object: "error", message: "This model only supports single tool-calls at once!", code: 400 },
    then: (body) =>
      assert.deepEqual(body.messages.map(({ role }: Body) => role).slice(1), [
        "user",
        "assistant",
        "tool",
        "assistant",
        "tool",
        "assistant",
        "user",
      ]),
  },
  "Llama 3's template behind llama.cpp": {
    refuses: (body) => body.messages.some((each: Body) => each.tool_calls?.length > 1),
    status: 500,
    body: {
      error: {
        code: 500,
        message:
          "Value is not callable: null at row 1: Error: Jinja Exception: This model only supports single tool-calls at once!",
        type: "server_error",
      },
    },
    then: (body) => assert.equal(body.parallel_tool_calls, false),
  },
  "Ollama, which refuses null content": {
    refuses: (body) => body.messages.some((each: Body) => each.content === null),
    status: 400,
    body: openai("invalid message content type: <nil>"),
    then: (body) => assert.equal(body.messages.find(hasCalls).content, ""),
  },
  "a template that refuses null and empty content": {
    refuses: (body) => body.messages.some((each: Body) => each.content === null || each.content === ""),
    status: 500,
    body: {
      error: { code: 500, message: "Jinja Exception: can only concatenate str (not 'NoneType') to str", type: "x" },
    },
    then: (body) => assert.ok(!("content" in body.messages.find(hasCalls))),
  },
  "a model without tools behind Ollama": {
    refuses: (body) => body.tools !== undefined,
    status: 400,
    body: openai("registry.ollama.ai/library/gemma:latest does not support tools", { type: "api_error" }),
    then: (body) => {
      assert.match(body.messages[0].content, /^You are IPython\.\n\n/);
      assert.match(body.messages[2].content, /^<tool_call>.*"stdout".*<\/tool_call>\n<tool_call>.*<\/tool_call>$/);
      assert.deepEqual(body.messages.map(({ role }: Body) => role), ["system", "user", "assistant", "user"]);
    },
  },
  "a model without tools behind OpenRouter": {
    refuses: (body) => body.tools !== undefined,
    status: 404,
    body: { error: { message: 'No endpoints found that support tool use. Try disabling "stdout".', code: 404 } },
    then: (body) => assert.equal(body.tools, undefined),
  },
  "Gemma 2's template, which refuses a system prompt": {
    refuses: (body) => body.messages.some(({ role }: Body) => role === "system"),
    status: 400,
    body: { object: "error", message: "System role not supported", code: 400 },
    then: (body) => assert.match(body.messages[0].content, /^You are IPython\.\n\nIn \[1\]:/),
  },
  "DeepSeek's thinking mode, which requires reasoning_content": {
    refuses: (body) => body.messages.some((each: Body) => hasCalls(each) && each.reasoning_content === undefined),
    status: 400,
    body: openai("Missing `reasoning_content` field in the assistant message at message index 2."),
    then: (body) => assert.equal(body.messages.find(hasCalls).reasoning_content, ""),
  },
  "a gateway that refuses additionalProperties": {
    refuses: (body) => JSON.stringify(body.tools).includes("additionalProperties"),
    status: 400,
    body: [{
      error: { code: 400, message: 'Unknown name "additionalProperties" at tools[0]', status: "INVALID_ARGUMENT" },
    }],
    then: (body) => assert.ok(body.tools.length > 0),
  },
  "Claude, which refuses a temperature": {
    refuses: (body) => body.temperature !== undefined,
    status: 400,
    body: openai("`temperature` is deprecated for this model."),
    then: (body) => assert.equal(body.temperature, undefined),
  },
  "a server that refuses several calls in a turn without a reason": {
    refuses: (body) => body.messages.some((each: Body) => each.tool_calls?.length > 1),
    status: 400,
    body: openai("Bad request."),
    then: (body) => assert.ok(body.tools.length > 0),
  },
  "a server that refuses all but text without a reason": {
    refuses: (body) => body.tools !== undefined || body.messages.some(({ role }: Body) => role === "tool"),
    status: 422,
    body: { detail: "Unprocessable" },
    then: (body) => assert.equal(body.tools, undefined),
  },
};

const tools = [{
  name: "stdout",
  description: "Write.",
  parameters: { type: "object", properties: {}, additionalProperties: false },
}];

for (const [name, { refuses, status, body, then }] of Object.entries(families)) {
  Deno.test(`OpenAIModel finds and keeps the form of requests for ${name}`, async () => {
    const script = (request: RecordedRequest): Script => refuses(request.body) ? { status, body } : good;
    await using server = await startScriptedModel(script);
    const memory = new FormMemory();
    const lines: unknown[] = [];
    const logger = { ...silentLogger, info: (message: string) => void lines.push(message) };
    const ask = () => collect(openAIModel(server, { memory, logger }), modelRequest({ messages, tools }));
    assert.equal((await ask())[0].type, "text");
    const asked = server.requests.length;
    assert.ok(asked <= 5, `${asked} requests`);
    then(server.requests.at(-1)!.body);
    assert.equal((await ask())[0].type, "text");
    assert.equal(server.requests.length, asked + 1, "the second request uses the kept form");
    assert.deepEqual(server.requests.at(-1)!.body, server.requests.at(-2)!.body);
    assert.deepEqual(lines, ["learned which form of requests the model server accepts"]);
  });
}

Deno.test("OpenAIModel tries at most four other forms after an unknown refusal, then quotes it", async () => {
  await using server = await startScriptedModel({ status: 400, body: openai("Nothing pleases me.") });
  const { error } = await failureOf(openAIModel(server), modelRequest({ messages, tools }));
  assert.match(error.message, /"Nothing pleases me"/);
  assert.ok(server.requests.length <= 5, `${server.requests.length} requests`);
  assert.equal(new Set(server.requests.map(({ body }) => JSON.stringify(body))).size, server.requests.length);
});

for (
  const message of [
    "The model `gpt-9` does not exist or you do not have access to it.",
    "This model's maximum context length is 8192 tokens.",
    "Your credit balance is too low.",
    "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
  ]
) {
  Deno.test(`OpenAIModel tries no other form after the refusal ${JSON.stringify(message)}`, async () => {
    await using server = await startScriptedModel({ status: 400, body: openai(message) });
    await failureOf(openAIModel(server), modelRequest({ messages, tools }));
    assert.equal(server.requests.length, 1);
  });
}

Deno.test("OpenAIModel does not describe tools as text in a request without tools", async () => {
  await using server = await startScriptedModel(({ body }) =>
    body.tools === undefined ? good : { status: 400, body: openai("This model does not support tools.") }
  );
  const model = openAIModel(server, { memory: new FormMemory() });
  await collect(model, modelRequest({ messages, tools }));
  await collect(model, modelRequest({ messages: messages.slice(0, 2), tools: [] }));
  assert.deepEqual(server.requests.at(-1)!.body.messages, messages.slice(0, 2));
});

Deno.test("OpenAIModel does not learn the form of calls from a request without tools", async () => {
  const takesSystem = (body: Body) => body.messages.every(({ role }: Body) => role !== "system");
  await using server = await startScriptedModel(({ body }) =>
    takesSystem(body) ? good : { status: 422, body: { detail: "Unprocessable" } }
  );
  const model = openAIModel(server, { memory: new FormMemory() });
  await collect(model, modelRequest({ messages: messages.slice(0, 2), tools: [] }));
  await collect(model, modelRequest({ messages, tools }));
  assert.ok(server.requests.at(-1)!.body.tools.length > 0);
});
