/**
 * The strict server's refusals of requests of the Responses interface, in OpenAI's words.
 *
 * @module
 */

import assert from "node:assert/strict";
import { encryptedReasoning } from "../../../stack/strict_model/responses_answer.ts";
import { refuseResponsesRequest } from "../../../stack/strict_model/responses_rules.ts";

const user = { role: "user", content: "hi" };
const tool = { type: "function", name: "f", parameters: { type: "object", properties: {} }, strict: false };
const made = { type: "function_call", call_id: "call_1", name: "f", arguments: "{}" };
const output = { type: "function_call_output", call_id: "call_1", output: "ok" };
const thought = { type: "reasoning", id: "rs_1", summary: [], encrypted_content: encryptedReasoning("rs_1") };
const said = { type: "message", id: "msg_1", role: "assistant", status: "completed", content: [] };

const request = (fields: object) => ({ model: "gpt-6-luna", input: [user], store: false, stream: true, ...fields });
const input = (...items: unknown[]) => request({ input: items });
const parameters = (schema: unknown) => request({ tools: [{ ...tool, strict: true, parameters: schema }] });

for (
  const [what, body] of [
    ["text alone", request({ input: "hi" })],
    [
      "every kind of message",
      input({ role: "developer", content: "rules" }, user, { role: "assistant", content: "a" }),
    ],
    ["parts of messages", input({ role: "user", content: [{ type: "input_text", text: "a" }] })],
    [
      "an answer's own message",
      input(user, { ...said, content: [{ type: "output_text", text: "a", annotations: [] }] }),
    ],
    ["a refusal and a phase", input({ ...said, phase: "commentary", content: [{ type: "refusal", refusal: "no" }] })],
    ["a call and its output", input(user, { ...made, id: "fc_1", status: "completed" }, output)],
    [
      "reasoning and what follows it",
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
      "a strict function that may be",
      parameters({
        type: "object",
        properties: { a: { type: "array", items: { type: "object", additionalProperties: false } } },
        required: ["a"],
        additionalProperties: false,
      }),
    ],
    ["a temperature where nothing is reasoned", request({ temperature: 0, reasoning: { effort: "none" } })],
    ["a temperature of a model that does not reason", request({ model: "gpt-4.1", temperature: 0 })],
    ["a temperature of a model that reasons only when told to", request({ model: "gpt-5.1", temperature: 0 })],
    ["what is null", request({ temperature: null, include: null, reasoning: null, tools: undefined })],
    [
      "every other parameter",
      request({ truncation: "auto", metadata: {}, tool_choice: "auto", max_output_tokens: 99 }),
    ],
  ] as const
) {
  Deno.test(`the strict server takes ${what}`, () => {
    assert.equal(refuseResponsesRequest(body), undefined);
  });
}

for (
  const [message, param, code, body, status = 400] of [
    // What must be there.
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
    // Names.
    ["Unknown parameter: 'max_tokens'.", "max_tokens", "unknown_parameter", request({ max_tokens: 9 })],
    [
      "Unsupported parameter: 'messages'. In the Responses API, this parameter has moved to 'input'. Try again with the new " +
      "parameter. See the API documentation for more information: https://platform.openai.com/docs/api-reference/responses/create.",
      null,
      "unsupported_parameter",
      request({ messages: [] }),
    ],
    // Values.
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
    // Efforts.
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
    ].map(([model, effort, efforts]) => [
      `Unsupported value: '${effort}' is not supported with the '${model}' model. Supported values are: ${efforts}.`,
      "reasoning.effort",
      "unsupported_value",
      request({ model, reasoning: { effort } }),
    ])),
    // What the model cannot do.
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
    // Tools.
    [
      "Missing required parameter: 'tools[0].name'.",
      "tools[0].name",
      "missing_required_parameter",
      request({ tools: [{ type: "function", function: { name: "f" } }] }),
    ],
    [
      "Missing required parameter: 'tools[0].type'.",
      "tools[0].type",
      "missing_required_parameter",
      request({ tools: [{}] }),
    ],
    [
      "Unknown parameter: 'tools[0].schema'.",
      "tools[0].schema",
      "unknown_parameter",
      request({ tools: [{ ...tool, schema: {} }] }),
    ],
    [
      "Invalid 'tools[0].name': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.",
      "tools[0].name",
      "invalid_value",
      request({ tools: [{ ...tool, name: "a.b" }] }),
    ],
    [
      "Invalid schema for function 'f': In context=(), 'additionalProperties' is required to be supplied and to be false.",
      "tools[0].parameters",
      "invalid_function_parameters",
      request({ tools: [{ ...tool, strict: undefined }] }),
    ],
    [
      "Invalid schema for function 'f': In context=(), 'required' is required to be supplied and to be an array including " +
      "every key in properties. Missing 'b'.",
      "tools[0].parameters",
      "invalid_function_parameters",
      parameters({
        type: "object",
        properties: { a: { type: "string" }, b: { type: "string" } },
        required: ["a"],
        additionalProperties: false,
      }),
    ],
    [
      "Invalid schema for function 'f': In context=('properties', 'a', 'items'), 'additionalProperties' is required to be " +
      "supplied and to be false.",
      "tools[0].parameters",
      "invalid_function_parameters",
      parameters({
        type: "object",
        properties: { a: { type: "array", items: { type: "object" } } },
        required: ["a"],
        additionalProperties: false,
      }),
    ],
    [
      "Invalid schema for function 'f': schema must be a JSON Schema of 'type: \"object\"', got 'type: \"None\"'.",
      "tools[0].parameters",
      "invalid_function_parameters",
      request({ tools: [{ ...tool, parameters: {} }] }),
    ],
    // Items.
    [
      "Invalid type for 'input[0]': expected an input item, but got null instead.",
      "input[0]",
      "invalid_type",
      input(null),
    ],
    [
      "Invalid value: 'tool'. Supported values are: 'assistant', 'system', 'developer', and 'user'.",
      "input[1]",
      "invalid_value",
      input(user, { role: "tool", content: "ok" }),
    ],
    [
      "Invalid value: 'call'. Supported values are: 'function_call', 'function_call_output', 'item_reference', 'message', and " +
      "'reasoning'.",
      "input[0]",
      "invalid_value",
      input({ type: "call" }),
    ],
    [
      "Unknown parameter: 'input[0].tool_calls'.",
      "input[0].tool_calls",
      "unknown_parameter",
      input({ role: "assistant", content: "", tool_calls: [] }),
    ],
    [
      "Unknown parameter: 'input[0].phase'.",
      "input[0].phase",
      "unknown_parameter",
      input({ ...user, phase: "commentary" }),
    ],
    [
      "Invalid type for 'input[0].content': expected one of an array of objects or string, but got null instead.",
      "input[0].content",
      "invalid_type",
      input({ role: "assistant", content: null }),
    ],
    [
      "Missing required parameter: 'input[0].content'.",
      "input[0].content",
      "missing_required_parameter",
      input({ role: "user" }),
    ],
    [
      "Invalid value: 'input_text'. Supported values are: 'output_text' and 'refusal'.",
      "input[0].content[0]",
      "invalid_value",
      input({ role: "assistant", content: [{ type: "input_text", text: "a" }] }),
    ],
    [
      "Missing required parameter: 'input[0].call_id'.",
      "input[0].call_id",
      "missing_required_parameter",
      input({ ...made, call_id: undefined }),
    ],
    [
      "Missing required parameter: 'input[1].output'.",
      "input[1].output",
      "missing_required_parameter",
      input(made, { ...output, output: undefined }),
    ],
    [
      "Invalid type for 'input[1].output': expected one of a string or array of objects, but got an object instead.",
      "input[1].output",
      "invalid_type",
      input(made, { ...output, output: {} }),
    ],
    [
      "Invalid type for 'input[0].arguments': expected a string, but got an object instead.",
      "input[0].arguments",
      "invalid_type",
      input({ ...made, arguments: {} }),
    ],
    [
      "Invalid 'input[0].id': 'call_1'. Expected an ID that begins with 'fc'.",
      "input[0].id",
      "invalid_value",
      input({ ...made, id: "call_1" }),
    ],
    [
      "Invalid 'input[0].id': 'fc_1'. Expected an ID that begins with 'msg'.",
      "input[0].id",
      "invalid_value",
      input({ ...said, id: "fc_1" }),
    ],
    [
      "Invalid 'input[0].call_id': empty string. Expected a string with minimum length 1, but got an empty string instead.",
      "input[0].call_id",
      "empty_string",
      input({ ...made, call_id: "" }),
    ],
    [
      "Invalid 'input[0].call_id': string too long. Expected a string with maximum length 64, but got a string with length 65 " +
      "instead.",
      "input[0].call_id",
      "string_above_max_length",
      input({ ...made, call_id: "x".repeat(65) }),
    ],
    // The conversation.
    ["No tool output found for function call call_1.", "input", null, input(user, made)],
    ["No tool output found for function call call_1.", "input", null, input(made, output, made)],
    ["No tool call found for function call output with call_id call_1.", "input", null, input(output)],
    ["No tool call found for function call output with call_id call_1.", "input", null, input(output, made)],
    ["No tool call found for function call output with call_id call_1.", "input", null, input(made, output, output)],
    [
      "Duplicate item found with id msg_1. Remove duplicate items from your input and try again.",
      "input",
      null,
      input(said, said),
    ],
    [
      "Item 'rs_1' of type 'reasoning' was provided without its required following item.",
      "input",
      null,
      input(thought, user),
    ],
    // Reasoning.
    [
      "Missing required parameter: 'input[0].summary'.",
      "input[0].summary",
      "missing_required_parameter",
      input({ ...thought, summary: undefined }),
    ],
    [
      "Unknown parameter: 'input[0].status'.",
      "input[0].status",
      "unknown_parameter",
      input({ ...thought, status: null }),
    ],
    [
      "Invalid 'input[0].content': array too long. Expected an array with maximum length 0, but got an array with length 1 " +
      "instead.",
      "input[0].content",
      "array_above_max_length",
      input({ ...thought, content: [{ type: "reasoning_text", text: "a" }] }),
    ],
    [
      "The encrypted content gAAA...AAAA could not be verified. Reason: Encrypted content could not be decrypted or parsed.",
      null,
      "invalid_encrypted_content",
      input({ ...thought, encrypted_content: "gAAAAAAA" }, said),
    ],
    [
      "Item with id 'rs_1' not found. Items are not persisted when `store` is set to false. Try again with `store` set to " +
      "true, or remove this item from your input.",
      "input",
      null,
      input({ ...thought, encrypted_content: null }, said),
      404,
    ],
    [
      "Item with id 'msg_9' not found.",
      "input",
      null,
      request({ store: true, input: [{ type: "item_reference", id: "msg_9" }] }),
      404,
    ],
  ] as [string, string | null, string | null, object, number?][]
) {
  Deno.test(`the strict server refuses a request: ${message}`, () => {
    const plain = JSON.parse(JSON.stringify(body));
    const error = { message, type: "invalid_request_error", param, code };
    assert.deepEqual(refuseResponsesRequest(plain), { status, body: { error } });
  });
}

Deno.test("the strict server refuses a body that is not an object", () => {
  for (const body of [null, [], "x", undefined]) {
    assert.equal(refuseResponsesRequest(body)?.body.error.message, "We could not parse the JSON body of your request.");
  }
});
