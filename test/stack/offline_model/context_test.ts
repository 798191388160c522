/**
 * The offline model with a limited context window.
 *
 * @module
 */

import assert from "node:assert/strict";
import { type OfflineModelOptions, startOfflineModel } from "../../../stack/offline_model/offline_model.ts";
import { loadTokenizer } from "../../../stack/offline_model/tokenizer.ts";
import { assistant, calling, type Json, system, tool, user } from "../strict_model/requests.ts";
import { ask, headersOf, post, result, tools } from "./support.ts";

/** The context length in tokens: enough for the tools and a few cells. */
const LIMIT = 1_000;

const long = user(`In [1]:\nx = "${"word ".repeat(1_000)}"`);
const done = assistant("(no output)");
const short = user("In [2]:\n'x' in dir()");

async function answerTo(options: OfflineModelOptions, messages: Json[], fields: Json = {}) {
  await using model = await startOfflineModel({ contextLength: LIMIT, ...options });
  const response = await post(model, { model: "m", messages, tools, ...fields });
  const { data: [listed] } = await (await fetch(`${model.url}/models`, { headers: headersOf(model) })).json();
  return { status: response.status, body: await response.json(), listed };
}

/** Replaces numbers above the limit, which are counts that depend on the tokenizer. */
function withoutCount(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, item) => typeof item === "number" && item > LIMIT ? "TOKENS" : item);
}

const TOKENS = /\b\d+(?= (?:tokens|in the messages|in the functions)\b)/g;

const REFUSALS: [string, OfflineModelOptions, unknown, Json][] = [
  [
    "OpenAI",
    {},
    {
      error: {
        message:
          "This model's maximum context length is N tokens. However, your messages resulted in N tokens (N in the messages, N in " +
          "the functions). Please reduce the length of the messages or functions.",
        type: "invalid_request_error",
        param: "messages",
        code: "context_length_exceeded",
      },
    },
    {},
  ],
  [
    "Mistral",
    { contextServer: "mistral" },
    {
      object: "error",
      message: "Prompt contains N tokens and 0 draft tokens, too large for model with 1000 maximum context length",
      type: "invalid_request_invalid_args",
      param: null,
      code: "3051",
      raw_status_code: 400,
    },
    { max_context_length: LIMIT },
  ],
  [
    "llama.cpp",
    { strict: "llama" },
    {
      error: {
        code: 400,
        message: "request (N tokens) exceeds the available context size (N tokens), try increasing it",
        type: "exceed_context_size_error",
        n_prompt_tokens: "TOKENS",
        n_ctx: LIMIT,
      },
    },
    { owned_by: "llamacpp", meta: { n_ctx: LIMIT } },
  ],
  [
    "vLLM",
    { contextServer: "vllm" },
    {
      error: {
        message:
          "This model's maximum context length is N tokens. However, you requested 0 output tokens and your prompt contains at least " +
          "1001 input tokens, for a total of at least N tokens. Please reduce the length of the input prompt or the number of requested " +
          "output tokens. (parameter=input_tokens, value=1001)",
        type: "BadRequestError",
        param: "input_tokens",
        code: 400,
      },
    },
    { owned_by: "vllm", max_model_len: LIMIT },
  ],
];

for (const [name, options, refusal, listing] of REFUSALS) {
  Deno.test(`the offline model refuses a request longer than its context, and lists the context length, as ${name} does`, async () => {
    const { status, body, listed } = await answerTo(options, [long, done, short]);
    assert.equal(status, 400);
    const words = JSON.parse(JSON.stringify(body).replace(TOKENS, "N"));
    assert.deepEqual(withoutCount(words), refusal);
    assert.deepEqual({ ...listed, ...listing }, listed);
    assert.equal((await answerTo(options, [short])).status, 200);
  });
}

Deno.test("the Responses interface refuses a request longer than the context without a number of tokens", async () => {
  await using model = await startOfflineModel({ contextLength: LIMIT });
  const body = JSON.stringify({ model: "m", input: [long, done, short] });
  const response = await fetch(`${model.url}/responses`, { method: "POST", headers: headersOf(model), body });
  assert.equal(response.status, 400);
  assert.deepEqual((await response.json()).error, {
    message: "Your input exceeds the context window of this model. Please adjust your input and try again.",
    type: "invalid_request_error",
    param: "input",
    code: "context_length_exceeded",
  });
});

Deno.test("a model behind Ollama sees a truncated request, which only its usage shows", async (t) => {
  await using model = await startOfflineModel({ contextLength: LIMIT, contextServer: "ollama", forgetful: true });
  const read = async (messages: Json[]) =>
    await (await post(model, { model: "m", messages, tools, prompt_cache_key: "k" })).json();

  await t.step("cells that fit in the context are seen", async () => {
    assert.deepEqual(await ask(model, ["y = 1", "'y' in dir()"]), [result("True")]);
  });

  await t.step("the oldest cells of a request that is too long are not seen", async () => {
    const { usage, choices: [{ message }] } = await read([system("s"), long, done, short]);
    assert.equal(message.tool_calls[0].function.arguments, '{"data":{"text/plain":"False"}}');
    assert.ok(usage.prompt_tokens < LIMIT, `${usage.prompt_tokens}`);
  });

  await t.step("a last cell that is longer than the context is still seen", async () => {
    const { usage, choices: [{ message }] } = await read([system("s"), long]);
    assert.deepEqual([message.content, usage.prompt_tokens], ["(no output)", LIMIT]);
  });
});

Deno.test("usage counts tokens with the tokenizer when the context is limited", async () => {
  const count = await loadTokenizer();
  const numbers = `x = [${Array.from({ length: 90 }, (_, index) => index * 7_919).join(", ")}]`;
  const messages = [user(`In [1]:\n${numbers}`), calling("a"), tool("a"), assistant("(done)"), user("In [2]:\n1")];
  const { body: { usage } } = await answerTo({}, messages, { tools: undefined });
  const texts = [`In [1]:\n${numbers}`, 'stdout\n{"text":"1\\n"}', "ok", "(done)", "In [2]:\n1"];
  const expected = texts.reduce((sum, text) => sum + 4 + count(text), 0);
  assert.ok(expected > numbers.length / 3, "digits need more than one token for three characters");
  assert.equal(usage.prompt_tokens, expected);
});

Deno.test("a text that looks like a special token is counted as plain text", async () => {
  const count = await loadTokenizer();
  assert.ok(count("<|endoftext|>") > 1);
});
