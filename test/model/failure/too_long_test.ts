/**
 * Messages with which servers refuse a request that is too long, from their sources, documentation and public issue trackers.
 *
 * @module
 */

import assert from "node:assert/strict";
import { readTooLong, type TooLong } from "../../../src/model/failure/too_long.ts";

const textOf = (body: unknown) => typeof body === "string" ? body : JSON.stringify(body);

const said = (message: string, fields: object = {}) => ({ error: { message, ...fields } });

const TOO_LONG: Record<string, [status: number, body: unknown, told: TooLong]> = {
  "OpenAI": [
    400,
    said(
      "This model's maximum context length is 8192 tokens. However, your messages resulted in 9013 tokens (8013 in the messages, " +
        "1000 in the functions). Please reduce the length of the messages or functions.",
      { code: "context_length_exceeded", type: "invalid_request_error", param: "messages" },
    ),
    { contextLength: 8192, promptTokens: 8013 },
  ],
  "OpenAI about messages and completion": [
    400,
    said(
      "This model's maximum context length is 4097 tokens. However, you requested 5000 tokens (4000 in the messages, 1000 in the " +
        "completion). Please reduce the length of the messages or completion.",
    ),
    { contextLength: 4097, promptTokens: 4000 },
  ],
  "OpenAI's Responses interface": [
    400,
    said("Your input exceeds the context window of this model. Please adjust your input and try again.", {
      code: "context_length_exceeded",
    }),
    {},
  ],
  "OpenAI about tokens per minute": [
    429,
    said(
      "Request too large for gpt-4o in organization org-x on tokens per min (TPM): Limit 30000, Requested 41234. The input or " +
        "output tokens must be reduced in order to run successfully.",
      { type: "tokens", code: "rate_limit_exceeded" },
    ),
    { contextLength: 30000, promptTokens: 41234 },
  ],
  "vLLM": [
    400,
    {
      object: "error",
      message:
        "This model's maximum context length is 8192 tokens. However, you requested 9000 tokens in the messages, Please " +
        "reduce the length of the messages.",
      type: "BadRequestError",
      code: 400,
    },
    { contextLength: 8192, promptTokens: 9000 },
  ],
  "current vLLM": [
    400,
    said(
      "You passed 9001 input tokens and requested 0 output tokens. However, the model's context length is only 8192 tokens, " +
        "resulting in a maximum input length of 8192 tokens. Please reduce the length of the input prompt.",
    ),
    { contextLength: 8192, promptTokens: 9001 },
  ],
  "vLLM's engine": [
    400,
    said("The decoder prompt (length 9001) is longer than the maximum model length of 8192."),
    { contextLength: 8192, promptTokens: 9001 },
  ],
  "SGLang": [
    400,
    said("The input (9001 tokens) is longer than the model's context length (8192 tokens)."),
    { contextLength: 8192, promptTokens: 9001 },
  ],
  "llama.cpp": [
    400,
    said("request (5321 tokens) exceeds the available context size (4096 tokens), try increasing it", {
      code: 400,
      type: "exceed_context_size_error",
      n_prompt_tokens: 5321,
      n_ctx: 4096,
    }),
    { contextLength: 4096, promptTokens: 5321 },
  ],
  "older llama.cpp": [
    400,
    said("the request exceeds the available context size. try increasing the context size or enable context shift", {
      type: "exceed_context_size_error",
    }),
    {},
  ],
  "Anthropic": [
    400,
    said("prompt is too long: 212345 tokens > 200000 maximum", { type: "invalid_request_error" }),
    { contextLength: 200000, promptTokens: 212345 },
  ],
  "Anthropic about input and max_tokens": [
    400,
    said(
      "input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000, decrease input length or `max_tokens`",
    ),
    { contextLength: 200000 },
  ],
  "Gemini": [
    400,
    [said("The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).")],
    { contextLength: 1048576, promptTokens: 1200000 },
  ],
  "Mistral": [
    400,
    {
      object: "error",
      message: "Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context length",
      type: "invalid_request_prompt",
    },
    { contextLength: 32768, promptTokens: 40000 },
  ],
  "Groq": [
    413,
    said(
      "Request too large for model `llama-3.1-8b-instant` in organization `org_1` service tier `on_demand` on tokens per minute " +
        "(TPM): Limit 6000, Requested 9876, please reduce your message size and try again.",
      { type: "tokens", code: "rate_limit_exceeded" },
    ),
    { contextLength: 6000, promptTokens: 9876 },
  ],
  "OpenRouter": [
    400,
    said(
      "This endpoint's maximum context length is 32768 tokens. However, you requested about 40123 tokens (40123 of text input). " +
        'Please reduce the length of either one, or use the "middle-out" transform to compress your prompt automatically.',
    ),
    { contextLength: 32768, promptTokens: 40123 },
  ],
  "xAI": [
    400,
    {
      code: "Client specified an invalid argument",
      error: "This model's maximum prompt length is 131072 but the request contains 140000 tokens.",
    },
    { contextLength: 131072, promptTokens: 140000 },
  ],
  "TGI": [
    422,
    {
      error:
        "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 5000 `inputs` tokens and 20 `max_new_tokens`",
      error_type: "validation",
    },
    { contextLength: 4096, promptTokens: 5000 },
  ],
  "LM Studio": [
    400,
    {
      error:
        "Trying to keep the first 5321 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens, which is not enough.",
    },
    { contextLength: 4096 },
  ],
  "Cohere": [
    400,
    {
      message:
        "too many tokens: total number of tokens in the prompt cannot exceed 4081 - received 5000. Try using a shorter prompt",
    },
    { contextLength: 4081, promptTokens: 5000 },
  ],
  "Bedrock": [400, said("Input is too long for requested model."), {}],
  "Moonshot": [400, said("Invalid request: Your request exceeded model token limit: 8192"), { contextLength: 8192 }],
  "Fireworks": [
    400,
    said("The prompt is too long: 9000, model maximum context length: 8191"),
    { contextLength: 8191, promptTokens: 9000 },
  ],
  "LiteLLM": [
    400,
    said(
      "litellm.ContextWindowExceededError: litellm.BadRequestError: this is a mapped error. OpenAIException - This model's maximum " +
        "context length is 16,385 tokens. However, your messages resulted in 17,001 tokens.",
    ),
    { contextLength: 16385, promptTokens: 17001 },
  ],
  "a proxy": [413, "<html><head><title>413 Request Entity Too Large</title></head></html>", {}],
  "a server that gives no reason": [413, "", {}],
};

for (const [who, [status, body, told]] of Object.entries(TOO_LONG)) {
  Deno.test(`readTooLong() reads the message of ${who}`, () => {
    const { contextLength, promptTokens, ...rest } = readTooLong(textOf(body), status) ?? { other: true };
    assert.deepEqual(rest, {});
    assert.deepEqual({ contextLength, promptTokens }, { contextLength: undefined, promptTokens: undefined, ...told });
  });
}

const OTHERS: Record<string, [status: number, body: unknown]> = {
  "a rate limit": [
    429,
    said("Rate limit reached for gpt-4o on tokens per min (TPM): Limit 30000, Used 29000, Requested 2000."),
  ],
  "too many requests": [429, said("Too many requests in route. The limit is 20 requests per minute; exceeded by 1")],
  "a quota": [429, said("You exceeded your current quota, please check your plan and billing details.")],
  "a limit of the answer's length": [
    400,
    said("max_tokens is too large: 99999. This model supports at most 16384 completion tokens"),
  ],
  "an unknown model": [404, said("The model `x` does not exist or you do not have access to it.")],
  "an error of a chat template": [400, said("Conversation roles must alternate user/assistant/user/assistant/...")],
  "a failure of the server": [500, said("CUDA out of memory. Tried to allocate 2.00 GiB")],
  "a wrong parameter": [400, said("Unsupported value: 'temperature' does not support 0 with this model.")],
};

for (const [what, [status, body]] of Object.entries(OTHERS)) {
  Deno.test(`readTooLong() returns undefined for ${what}`, () => {
    assert.equal(readTooLong(textOf(body), status), undefined);
  });
}

Deno.test("readTooLong() recognizes a refusal without a status, as in a stream", () => {
  assert.deepEqual(readTooLong("the input length exceeds the context length"), {
    contextLength: undefined,
    promptTokens: undefined,
  });
});
