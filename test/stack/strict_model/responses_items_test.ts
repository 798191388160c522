/**
 * The strict server's refusals of tools, items and conversations of the Responses interface, with OpenAI's messages.
 *
 * @module
 */

import {
  input,
  made,
  output,
  parameters,
  request,
  said,
  testRefusals,
  thought,
  tool,
  user,
} from "./responses_requests.ts";

testRefusals([
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
]);
