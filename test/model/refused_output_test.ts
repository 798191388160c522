/**
 * Errors of servers that could not parse their own model's output, and errors that resemble them.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { JsonValue } from "../../src/media/json_value.ts";
import { TEST_KEY } from "../support/model_requests.ts";
import { raw, stdout, type Step, streamedError } from "../support/scripted_answer.ts";
import { failing } from "./failing_request.ts";

const refused: { [server: string]: [number, JsonValue] } = {
  Groq: [400, {
    message: "Failed to call a function. Please adjust your prompt. See 'failed_generation' for more details.",
    type: "invalid_request_error",
    code: "tool_use_failed",
    failed_generation: "<function=stdout>",
  }],
  "Groq about an unknown tool": [400, {
    message: "tool call validation failed: attempted to call tool 'print' which was not in request.tools",
    code: "tool_use_failed",
  }],
  "Groq with gpt-oss": [400, {
    message: "Parsing failed. The model generated output that could not be parsed. See 'failed_generation'.",
    code: "output_parse_failed",
  }],
  "llama.cpp": [500, { code: 500, message: "Failed to parse input at pos 12: <tool_call>", type: "server_error" }],
  "llama.cpp's newer parser": [500, {
    code: 500,
    message: "The model produced output that does not match the expected peg-native format",
    type: "server_error",
  }],
  "llama.cpp's grammar": [500, {
    code: 500,
    message: "Unexpected empty grammar stack after accepting piece: functional (47573)",
    type: "server_error",
  }],
  Ollama: [500, {
    message: "error parsing tool call: raw='ls -R', err=invalid character 'l' looking for beginning of value",
    type: "api_error",
  }],
  SGLang: [400, {
    object: "error",
    message: "400",
    type: "Failed to parse fc related info to json format!",
    code: 400,
  }],
  "LM Studio": [400, "Failed to parse tool call: Unexpected end of content."],
  "vLLM with gpt-oss": [500, {
    message: 'unexpected tokens remaining in message header: Some("to=functions.stdout")',
    type: "Internal Server Error",
  }],
  OpenAI: [500, {
    message:
      "The model produced invalid content. Consider modifying your prompt if you are seeing this error persistently.",
    type: "model_error",
  }],
};

for (const [server, [status, error]] of Object.entries(refused)) {
  Deno.test(`a request is not repeated when a server refuses the model's own output: ${server}`, async () => {
    const failure = await failing({ status, body: { error } });
    assert.equal(failure.error.kind, "invalid_answer");
    assert.equal(failure.error.status, status);
    assert.equal(failure.requests, 1);
    assert.match(
      failure.message,
      new RegExp(`^HOST could not read what the model "gpt-test" wrote \\(${status}\\): ".+"\\.$`),
    );
  });

  Deno.test(`events before a refusal of the model's own output in a stream are kept: ${server}`, async () => {
    for (const end of [streamedError(error), raw(`event: error\ndata: ${JSON.stringify({ error })}\n\n`)] as Step[][]) {
      const { error, events } = await failing([...stdout("a"), ...end]);
      assert.equal(error.kind, "invalid_answer");
      assert.equal(events.length, 2);
    }
  });
}

Deno.test("a refusal of the model's own output is recognized in the stream of older llama.cpp", async () => {
  const line = raw('error: {"code":500,"message":"Failed to parse input at pos 3","type":"server_error"}\n\n');
  assert.equal((await failing([...stdout("a"), ...line])).error.kind, "invalid_answer");
});

const others: [number, JsonValue, string][] = [
  [500, { message: "tools param requires --jinja flag", type: "server_error" }, "server_error"],
  [
    400,
    { message: "Failed to parse the request body as JSON: messages[0].content", type: "invalid_request_error" },
    "bad_request",
  ],
  [400, { message: "failed to parse grammar", type: "invalid_request_error" }, "bad_request"],
  [400, { message: "This model does not support tools", type: "invalid_request_error" }, "bad_request"],
  [429, { message: "Too many failed tool calls; tool_use_failed", type: "tokens" }, "rate_limited"],
  [401, { message: "The model produced invalid content", type: "model_error" }, "refused"],
  [503, { message: "The model is overloaded", type: "model_error" }, "server_error"],
];

for (const [status, error, kind] of others) {
  Deno.test(`status ${status} with ${JSON.stringify(error)} is not a refusal of the model's own output`, async () => {
    assert.equal((await failing({ status, body: { error } })).error.kind, kind);
  });
}

Deno.test("a quote of the model's own output does not show the API key", async () => {
  const { message } = await failing({
    status: 400,
    body: { error: { code: "tool_use_failed", message: `print("${TEST_KEY}")` } },
  });
  assert.ok(!message.includes(TEST_KEY), message);
});
