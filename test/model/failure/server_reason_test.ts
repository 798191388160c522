/**
 * The reason for a failure is found in the error bodies of all kinds of servers.
 *
 * @module
 */

import assert from "node:assert/strict";
import { quoteReason } from "../../../src/model/failure/quote.ts";
import { readReason } from "../../../src/model/failure/server_reason.ts";
import { TEST_KEY } from "../../support/model_requests.ts";

/** Error bodies: the name of the form, the body, and the reason in it. */
const reasons: [string, unknown, string][] = [
  ["OpenAI", { error: { message: "No.", type: "invalid_request_error", param: null, code: null } }, "No."],
  ["Ollama", { error: "model requires more system memory" }, "model requires more system memory"],
  ["FastAPI", { detail: "Model is offline" }, "Model is offline"],
  [
    "FastAPI's validation",
    {
      detail: [{ loc: ["body", "messages", 0, "content"], msg: "Field required", type: "missing" }, {
        msg: "Extra inputs are not permitted",
      }],
    },
    "messages.0.content: Field required; Extra inputs are not permitted",
  ],
  ["an error within a detail", { detail: { error: { message: "No slot" } } }, "No slot"],
  [
    "Gemini",
    [{ error: { code: 400, message: "API key not valid.", status: "INVALID_ARGUMENT" } }],
    "API key not valid.",
  ],
  ["Cloudflare", { success: false, errors: [{ code: 7003, message: "No route" }], result: null }, "No route"],
  [
    "errors by field",
    { errors: { model: ["is not allowed"], tools: "are too many" } },
    "model: is not allowed; tools: are too many",
  ],
  ["only a message", { message: "team budget exceeded" }, "team budget exceeded"],
  ["AWS", { Message: "Not authorized" }, "Not authorized"],
  ["a msg field", { code: 1, msg: "bad token" }, "bad token"],
  ["a message that is an object", { error: { message: { error: { message: "deep" } } } }, "deep"],
  ["Spring and NestJS", { statusCode: 400, error: "Bad Request", message: "n must be 1" }, "n must be 1"],
  ["OAuth", { error: "invalid_client", error_description: "The client is unknown" }, "The client is unknown"],
  ["RFC 9457", { type: "about:blank", title: "Bad Request", status: 400, detail: "No body" }, "No body"],
  ["Apigee", { fault: { faultstring: "Invalid ApiKey" } }, "Invalid ApiKey"],
  ["MiniMax", { base_resp: { status_code: 1004, status_msg: "login fail" } }, "login fail"],
  ["Anthropic", { type: "error", error: { type: "overloaded_error", message: "Overloaded" } }, "Overloaded"],
  [
    "vLLM",
    { object: "error", message: "max_tokens must be at least 1", type: "BadRequestError", code: 400 },
    "max_tokens must be at least 1",
  ],
  ["only a code", { error: { code: "DeploymentNotFound" } }, "DeploymentNotFound"],
  ["only a type", { error: { type: "overloaded_error", message: "" } }, "overloaded_error"],
  [
    "a message with details",
    { message: "Validation failed", errors: ["n is 0"] },
    "Validation failed: n is 0",
  ],
  [
    "OpenRouter",
    { error: { message: "Provider returned error", code: 400, metadata: { raw: '{"error":{"message":"No tools"}}' } } },
    "Provider returned error: No tools",
  ],
  [
    "LiteLLM with a Python literal",
    {
      error: { message: `litellm.BadRequestError: AzureException - {'error': {'message': "It's full", 'code': 400}}` },
    },
    "litellm.BadRequestError: AzureException - It's full",
  ],
  [
    "LiteLLM with Python bytes",
    { error: { message: `litellm.APIError: GroqException - b'{"error":{"message":"Too hot"}}'. Retries: 0` } },
    "litellm.APIError: GroqException - Too hot. Retries: 0",
  ],
  [
    "the openai package of Python",
    {
      error: {
        message: "Error code: 400 - {'detail': [{'type': 'missing', 'loc': ('body',), 'msg': 'Field required'}]}",
      },
    },
    "Error code: 400 - Field required",
  ],
  ["JSON as the message", { error: { message: '{\n "error": {\n  "message": "Try later"\n }\n}\n' } }, "Try later"],
  [
    "JSON in two levels of JSON strings",
    { message: JSON.stringify({ error: JSON.stringify({ message: "inmost" }) }) },
    "inmost",
  ],
  [
    "truncated JSON",
    { message: 'upstream said {"error":{"message":"The model is out of' },
    "upstream said The model is out of",
  ],
  [
    "a message that quotes a schema",
    { message: "Invalid schema: {'type': 'object', 'x': {'message': 'string'}}" },
    "Invalid schema: {'type': 'object', 'x': {'message': 'string'}}",
  ],
  ["plain text", "upstream connect error\n", "upstream connect error"],
  ["a web page", "<html><head><title>502 Bad Gateway</title></head></html>", "502 Bad Gateway"],
  [
    "Express",
    "<!DOCTYPE html><title>Error</title><body><pre>Cannot POST /chat &#39;x&#39;</pre></body>",
    "Cannot POST /chat 'x'",
  ],
];

for (const [form, body, reason] of reasons) {
  Deno.test(`readReason() reads the reason from ${form}`, () => assert.equal(readReason(body), reason));
}

Deno.test("readReason() returns undefined for a body without a reason", () => {
  for (
    const body of [{}, [], null, undefined, "", 404, { error: null }, { error: { message: null, code: 500 } }, {
      object: "list",
      data: [],
    }]
  ) {
    assert.equal(readReason(body), undefined, JSON.stringify(body));
  }
});

Deno.test("readReason() reads very large and deep bodies in less than a second", () => {
  let deep: unknown = "x";
  for (let depth = 0; depth < 5_000; depth++) deep = { error: deep, message: deep, detail: deep };
  const started = performance.now();
  readReason(deep);
  readReason("[{".repeat(500_000));
  readReason(`{"error":${'"\\'.repeat(500_000)}`);
  assert.ok(performance.now() - started < 1_000);
});

Deno.test("quoteReason() returns a short quote on one line without control characters", () => {
  const quote = quoteReason({ message: `a\n\tb\u001b[31m${"😀".repeat(400)}` }, []);
  assert.match(quote, /^: "a b \[31m😀+.?\.\.\."$/u);
  assert.ok(quote.length < 320, `${quote.length}`);
});

for (
  const said of [
    `Incorrect key ${TEST_KEY}`,
    "Incorrect API key provided: sk-proj-****************abcd",
    "Received API Key = sk-...abcd, Key Hash (Token) =88dc28d0f030c55ed4ab77ed8faf098196cb1c05df778539800c9f1243fe6b4b",
    "Received=test**********cdef, expected to start with 'sk-'",
    "Invalid key gsk_0123456789abcdef0123456789",
    "Invalid key AIzaSy0123456789abcdef0123456789",
    "Bearer 0123456789abcdef is not known",
    `{"error":{"message":"Bad key ${TEST_KEY}"}}`,
  ]
) {
  Deno.test(`quoteReason() hides the key in "${said.slice(0, 40)}..."`, () => {
    const quote = quoteReason({ message: said }, [TEST_KEY]);
    assert.match(quote, /\[API key\]/);
    assert.doesNotMatch(quote, /abcd|cdef|88dc/);
  });
}

Deno.test("quoteReason() keeps text that only resembles a key", () => {
  const said = "Bearer authentication is missing; hf_hub and pplx-70b-online are **bold**, sk is not";
  assert.equal(quoteReason({ message: said }, []), `: "${said}"`);
});
