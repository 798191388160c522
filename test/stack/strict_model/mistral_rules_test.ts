/**
 * Mistral's refusals, with its messages.
 *
 * @module
 */

import { refuses } from "./refusals.ts";
import { assistant, calling, request, tool, user } from "./requests.ts";
const mistralError = (message: string, type: string, code: string) => ({
  object: "error",
  message,
  type,
  param: null,
  code,
});

const mistralOrder = (message: string) => mistralError(message, "invalid_request_message_order", "3230");

refuses("mistral", [
  [
    "a tool call id that is not nine letters and digits",
    request([user("a"), calling("call_1_0"), tool("call_1_0")]),
    400,
    mistralError(
      "Tool call id was call_1_0 but must be a-z, A-Z, 0-9, with a length of 9.",
      "invalid_function_call",
      "3280",
    ),
  ],
  [
    "a user turn after a tool turn",
    request([user("a"), calling("abcdefghi"), tool("abcdefghi"), user("b")]),
    400,
    mistralOrder("Unexpected role 'user' after role 'tool'"),
  ],
  [
    "an assistant turn at the end",
    request([user("a"), assistant("b")]),
    400,
    mistralOrder("Expected last role User or Tool (or Assistant with prefix True) for serving but got assistant"),
  ],
  [
    "a conversation of one assistant turn",
    request([assistant("a")]),
    400,
    mistralOrder("Conversation must start with a user message or system message"),
  ],
  [
    "a tool call in the first turn",
    request([calling("abcdefghi"), tool("abcdefghi")]),
    400,
    mistralOrder("Not the same number of function calls and responses"),
  ],
  [
    "a turn with content and calls",
    request([user("a"), { ...calling("abcdefghi"), content: "b" }, tool("abcdefghi")]),
    400,
    mistralError(
      "Assistant message must have either content or tool_calls, but not both.",
      "invalid_request_assistant_message",
      "3240",
    ),
  ],
  [
    "a turn without content and calls",
    request([user("a"), assistant(""), user("b")]),
    400,
    mistralError(
      "Assistant message must have either content or tool_calls, but not none.",
      "invalid_request_assistant_message",
      "3240",
    ),
  ],
  [
    "fewer answers than calls",
    request([user("a"), calling("abcdefghi", "abcdefghj"), tool("abcdefghi"), assistant("b"), user("c")]),
    400,
    mistralOrder("Not the same number of function calls and responses"),
  ],
  [
    "several unknown parameters",
    request([user("a")], { stream_options: { include_usage: true }, prompt_cache_key: "k" }),
    422,
    {
      detail: [["stream_options", { include_usage: true }], ["prompt_cache_key", "k"]].map(([name, input]) => ({
        type: "extra_forbidden",
        loc: ["body", name],
        msg: "Extra inputs are not permitted",
        input,
      })),
    },
  ],
  [
    "an unknown field of a message",
    request([user("a"), { ...assistant("b"), reasoning_content: "" }, user("c")]),
    422,
    {
      detail: [{
        type: "extra_forbidden",
        loc: ["body", "messages", 1, "assistant", "reasoning_content"],
        msg: "Extra inputs are not permitted",
        input: "",
      }],
    },
  ],
]);
