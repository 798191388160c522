/**
 * OpenAI's refusals of parameters, with its error messages.
 *
 * @module
 */

import assert from "node:assert/strict";
import { refuse } from "../../../stack/strict_model/chat_rules.ts";
import { refuses } from "./refusals.ts";
import { openaiError, request, user } from "./requests.ts";

refuses("openai", [
  [
    "an unknown parameter",
    request([user("a")], { frequency: 1 }),
    400,
    openaiError("Unrecognized request argument supplied: frequency"),
  ],
  [
    "several unknown parameters",
    request([user("a")], { frequency: 1, options: {} }),
    400,
    openaiError("Unrecognized request arguments supplied: frequency, options"),
  ],
  [
    "reasoning_effort for a model without reasoning",
    request([user("a")], { model: "gpt-4o", reasoning_effort: "low" }),
    400,
    openaiError("Unrecognized request argument supplied: reasoning_effort"),
  ],
  [
    "a temperature for a reasoning model",
    request([user("a")], { model: "gpt-5-mini", temperature: 0 }),
    400,
    openaiError(
      "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported.",
      "temperature",
      "unsupported_value",
    ),
  ],
  [
    "max_tokens for a reasoning model",
    request([user("a")], { model: "o3", temperature: undefined, max_tokens: 10 }),
    400,
    openaiError(
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      "max_tokens",
      "unsupported_parameter",
    ),
  ],
  [
    "tools with reasoning_effort for gpt-5.4",
    request([user("a")], { model: "gpt-5.4", temperature: undefined, reasoning_effort: "low" }),
    400,
    openaiError(
      "Function tools with reasoning_effort are not supported for gpt-5.4 in /v1/chat/completions. " +
        "Please use /v1/responses instead.",
      "reasoning_effort",
    ),
  ],
  [
    "tools without reasoning_effort for gpt-5.6",
    request([user("a")], { model: "gpt-5.6-terra", temperature: undefined }),
    400,
    openaiError(
      "Function tools with reasoning_effort are not supported for gpt-5.6-terra in /v1/chat/completions. " +
        "To use function tools, use /v1/responses or set reasoning_effort to 'none'.",
      "reasoning_effort",
    ),
  ],
  [
    "parallel_tool_calls without tools",
    request([user("a")], { tools: undefined, tool_choice: undefined, parallel_tool_calls: true }),
    400,
    openaiError(
      "Invalid value for 'parallel_tool_calls': 'parallel_tool_calls' is only allowed when 'tools' are specified.",
      "parallel_tool_calls",
    ),
  ],
  [
    "tool_choice without tools",
    request([user("a")], { tools: undefined }),
    400,
    openaiError(
      "Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are specified.",
      "tool_choice",
    ),
  ],
  [
    "stream_options without a stream",
    request([user("a")], { stream: false, stream_options: { include_usage: true } }),
    400,
    openaiError("The 'stream_options' parameter is only allowed when 'stream' is enabled.", "stream_options"),
  ],
]);

Deno.test("the openai rules accept tools for gpt-5.4 without an effort and for gpt-5.6 with the effort none", () => {
  const conversation = [user("a")];
  for (const fields of [{ model: "gpt-5.4" }, { model: "gpt-5.6", reasoning_effort: "none" }]) {
    assert.equal(refuse(request(conversation, { temperature: undefined, ...fields }), "openai"), undefined);
  }
});

Deno.test("the openai rules ignore parameters that are null", () => {
  const body = request([user("a")], { model: "gpt-5.4", temperature: null, reasoning_effort: null });
  assert.equal(refuse(body, "openai"), undefined);
});
