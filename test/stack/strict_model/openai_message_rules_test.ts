/**
 * OpenAI's refusals of chat messages, with its error messages.
 *
 * @module
 */

import { refuses } from "./refusals.ts";
import { assistant, calling, openaiError, request, tool, user } from "./requests.ts";

const emptyArray = (param: string) =>
  openaiError(
    `Invalid '${param}': empty array. Expected an array with minimum length 1, but got an empty array instead.`,
    param,
    "empty_array",
  );

refuses("openai", [
  ["a conversation without messages", request([]), 400, emptyArray("messages")],
  [
    "a turn with an empty list of calls",
    request([user("a"), { ...assistant("b"), tool_calls: [] }, user("c")]),
    400,
    emptyArray("messages[1].tool_calls"),
  ],
  [
    "a call without its answer",
    request([user("a"), calling("call_1", "call_2"), tool("call_1"), user("b")]),
    400,
    openaiError(
      "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. " +
        "The following tool_call_ids did not have response messages: call_2",
      "messages.[3].role",
    ),
  ],
  [
    "a call without its answer at the end of the conversation",
    request([user("a"), calling("call_1")]),
    400,
    openaiError(
      "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. " +
        "The following tool_call_ids did not have response messages: call_1",
      "messages.[2].role",
    ),
  ],
  [
    "an answer without a call",
    request([user("a"), assistant("b"), tool("call_1"), user("c")]),
    400,
    openaiError(
      "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.",
      "messages.[2].role",
    ),
  ],
  [
    "an answer to another call",
    request([user("a"), calling("call_1"), tool("call_2")]),
    400,
    openaiError(
      "Invalid parameter: 'tool_call_id' of 'call_2' not found in 'tool_calls' of previous message.",
      "messages.[2].tool_call_id",
    ),
  ],
  [
    "a turn without content and calls",
    request([user("a"), assistant(null), user("b")]),
    400,
    openaiError("Invalid value for 'content': expected a string, got null.", "messages.[1].content"),
  ],
  [
    "a tool call id that is too long",
    request([user("a"), calling("c".repeat(41)), tool("c".repeat(41))]),
    400,
    openaiError(
      "Invalid 'messages[1].tool_calls[0].id': string too long. Expected a string with maximum length 40, but got a " +
        "string with length 41 instead.",
      "messages[1].tool_calls[0].id",
      "string_above_max_length",
    ),
  ],
  [
    "a function name with a dot",
    request([
      user("a"),
      {
        role: "assistant",
        content: null,
        tool_calls: [{ id: "c", type: "function", function: { name: "a.b", arguments: "{}" } }],
      },
      tool("c"),
    ]),
    400,
    openaiError(
      "Invalid 'messages[1].tool_calls[0].function.name': string does not match pattern. Expected a string that matches " +
        "the pattern '^[a-zA-Z0-9_-]+$'.",
      "messages[1].tool_calls[0].function.name",
      "invalid_value",
    ),
  ],
]);
