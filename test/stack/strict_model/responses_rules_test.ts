/**
 * The strict server's refusals of requests of the Responses interface, with OpenAI's messages.
 *
 * @module
 */

import assert from "node:assert/strict";
import { refuseResponsesRequest } from "../../../stack/strict_model/responses_rules.ts";
import {
  input,
  made,
  output,
  parameters,
  type RefusedRequest,
  request,
  said,
  testRefusals,
  thought,
  tool,
  user,
} from "./responses_requests.ts";

for (
  const [what, body] of [
    ["input that is a text", request({ input: "hi" })],
    [
      "every kind of message",
      input({ role: "developer", content: "rules" }, user, { role: "assistant", content: "a" }),
    ],
    ["a message with content parts", input({ role: "user", content: [{ type: "input_text", text: "a" }] })],
    [
      "a message from an earlier answer",
      input(user, { ...said, content: [{ type: "output_text", text: "a", annotations: [] }] }),
    ],
    [
      "a message with a refusal and a phase",
      input({ ...said, phase: "commentary", content: [{ type: "refusal", refusal: "no" }] }),
    ],
    ["a call and its output", input(user, { ...made, id: "fc_1", status: "completed" }, output)],
    [
      "reasoning and the items that follow it",
      input(
        user,
        thought,
        { ...thought, id: undefined },
        made,
        output,
      ),
    ],
    ["a function that is not strict", request({ tools: [tool] })],
    [
      "a strict function with a valid schema",
      parameters({
        type: "object",
        properties: { a: { type: "array", items: { type: "object", additionalProperties: false } } },
        required: ["a"],
        additionalProperties: false,
      }),
    ],
    ["a temperature when the effort is none", request({ temperature: 0, reasoning: { effort: "none" } })],
    ["a temperature for a model without reasoning", request({ model: "gpt-4.1", temperature: 0 })],
    ["a temperature for a model that reasons only on request", request({ model: "gpt-5.1", temperature: 0 })],
    ["parameters that are null", request({ temperature: null, include: null, reasoning: null, tools: undefined })],
    [
      "every other parameter",
      request({ truncation: "auto", metadata: {}, tool_choice: "auto", max_output_tokens: 99 }),
    ],
  ] as const
) {
  Deno.test(`refuseResponsesRequest() accepts ${what}`, () => {
    assert.equal(refuseResponsesRequest(body), undefined);
  });
}

testRefusals([
  // Required parameters.
  ["Missing required parameter: 'model'.", "model", "missing_required_parameter", request({ model: undefined })],
  [
    "Invalid type for 'model': expected a string, but got an integer instead.",
    "model",
    "invalid_type",
    request({ model: 7 }),
  ],
  ["Missing required parameter: 'input'.", "input", "missing_required_parameter", request({ input: undefined })],
  [
    "One of \"input\" or \"previous_response_id\" or 'prompt' or 'conversation' must be provided.",
    null,
    "missing_required_parameter",
    input(),
  ],
  [
    "Invalid type for 'input': expected one of a string or array of input items, but got an object instead.",
    "input",
    "invalid_type",
    request({ input: {} }),
  ],
  // Names of parameters.
  ["Unknown parameter: 'max_tokens'.", "max_tokens", "unknown_parameter", request({ max_tokens: 9 })],
  [
    "Unsupported parameter: 'messages'. In the Responses API, this parameter has moved to 'input'. Try again with the new " +
    "parameter. See the API documentation for more information: https://platform.openai.com/docs/api-reference/responses/create.",
    null,
    "unsupported_parameter",
    request({ messages: [] }),
  ],
  // Values of parameters.
  [
    "Invalid type for 'store': expected a boolean, but got a string instead.",
    "store",
    "invalid_type",
    request({ store: "no" }),
  ],
  [
    "Invalid type for 'temperature': expected a decimal, but got a string instead.",
    "temperature",
    "invalid_type",
    request({ temperature: "hot" }),
  ],
  [
    "Invalid 'prompt_cache_key': string too long. Expected a string with maximum length 64, but got a string with length 65 " +
    "instead.",
    "prompt_cache_key",
    "string_above_max_length",
    request({ prompt_cache_key: "x".repeat(65) }),
  ],
  [
    "Invalid value: 'thoughts'. Supported values are: 'file_search_call.results', 'web_search_call.results', " +
    "'web_search_call.action.sources', 'message.input_image.image_url', 'computer_call_output.output.image_url', " +
    "'code_interpreter_call.outputs', 'reasoning.encrypted_content', and 'message.output_text.logprobs'.",
    "include[0]",
    "invalid_value",
    request({ include: ["thoughts"] }),
  ],
  // Reasoning.
  [
    "Invalid value: 'least'. Supported values are: 'none', 'minimal', 'low', 'medium', 'high', 'xhigh', and 'max'.",
    "reasoning.effort",
    "invalid_value",
    request({ reasoning: { effort: "least" } }),
  ],
  [
    "Unknown parameter: 'reasoning.generate_summary'.",
    "reasoning.generate_summary",
    "unknown_parameter",
    request({ reasoning: { generate_summary: "auto" } }),
  ],
  [
    "Invalid type for 'reasoning': expected an object, but got a string instead.",
    "reasoning",
    "invalid_type",
    request({ reasoning: "low" }),
  ],
  ...([
    ["gpt-6-astra", "none", "'low', 'medium', 'high', 'xhigh', and 'max'"],
    ["gpt-6.1-sol-2026-09-29", "none", "'low', 'medium', 'high', 'xhigh', and 'max'"],
    ["gpt-6-luna", "minimal", "'none', 'low', 'medium', 'high', 'xhigh', and 'max'"],
    ["gpt-5.5", "max", "'none', 'low', 'medium', 'high', and 'xhigh'"],
    ["gpt-5.1", "minimal", "'none', 'low', 'medium', and 'high'"],
    ["gpt-5-mini", "none", "'minimal', 'low', 'medium', and 'high'"],
    ["gpt-5-pro", "low", "'high'"],
    ["o3", "none", "'low', 'medium', and 'high'"],
  ].map(([model, effort, efforts]): RefusedRequest => [
    `Unsupported value: '${effort}' is not supported with the '${model}' model. Supported values are: ${efforts}.`,
    "reasoning.effort",
    "unsupported_value",
    request({ model, reasoning: { effort } }),
  ])),
  // Features that the model lacks.
  [
    "Unsupported parameter: 'temperature' is not supported with this model.",
    "temperature",
    null,
    request({ temperature: 0 }),
  ],
  [
    "Unsupported parameter: 'temperature' is not supported with this model.",
    "temperature",
    null,
    request({ model: "gpt-5.1", temperature: 0, reasoning: { effort: "low" } }),
  ],
  [
    "Encrypted content is not supported with this model.",
    "include",
    null,
    request({ model: "gpt-4.1", include: ["reasoning.encrypted_content"] }),
  ],
  [
    "Unsupported parameter: 'reasoning.effort' is not supported with this model.",
    "reasoning.effort",
    "unsupported_parameter",
    request({ model: "gpt-4o", reasoning: { effort: "low" } }),
  ],
]);

Deno.test("refuseResponsesRequest() refuses a body that is not an object", () => {
  for (const body of [null, [], "x", undefined]) {
    assert.equal(refuseResponsesRequest(body)?.body.error.message, "We could not parse the JSON body of your request.");
  }
});
