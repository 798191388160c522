/**
 * OpenAI's Python package as a client of the simulated model servers.
 *
 * @module
 */

import assert from "node:assert/strict";
import { startOfflineModel } from "../../stack/offline_model/offline_model.ts";
import { tools } from "../stack/offline_model/support.ts";
import { user } from "../stack/strict_model/requests.ts";
import { pythonTest, runPython } from "../support/python_packages.ts";

const ASK = new URL("./openai_package.py", import.meta.url);

const messages = [user("In [1]:\nprint(1)\n2")];

const STDOUT = ["stdout", { text: "1\n" }];
const RESULT = ["execute_result", { data: { "text/plain": "2" } }];

/** The events that the package creates from a stream of chat completions, besides the chunks. */
const CHAT_EVENTS = ["tool_calls.function.arguments.delta", "tool_calls.function.arguments.done"];

const RESPONSES_EVENTS = [
  ...["completed", "created", "function_call_arguments.delta", "function_call_arguments.done", "in_progress"],
  ...["output_item.added", "output_item.done"],
].map((name) => `response.${name}`);

/** Returns the form of an error in the package. Other fields are null. */
const refused = (status: string, message: string, fields: Record<string, string> = {}) => ({
  class: status,
  message,
  type: "invalid_request_error",
  param: null,
  code: null,
  request: true,
  ...fields,
});

pythonTest("OpenAI's Python package reads every answer of the offline model", ["openai"], async (t) => {
  await using model = await startOfflineModel({ strict: "openai" });
  const read = await runPython(ASK, { base_url: model.url, api_key: model.apiKey, model: model.name, messages, tools });
  const chat = { finish: "tool_calls", text: null, calls: [STDOUT, RESULT], ids: 2, usage: true };
  const response = { status: "completed", text: "", calls: [STDOUT, RESULT], ids: 2, usage: true };
  const role = "Invalid value: 'wizard'. Supported values are: 'assistant', 'system', 'developer', and 'user'.";
  const EXPECTED: Record<string, [scene: string, expected: unknown]> = {
    "a streamed chat completion is read": ["chat_streamed", { ...chat, events: CHAT_EVENTS }],
    "a whole chat completion is read": ["chat_whole", chat],
    "a streamed response is read": ["responses_streamed", { ...response, events: RESPONSES_EVENTS }],
    "a whole response is read": ["responses_whole", response],
    "the list of models is read": ["models", [{ ids: [model.name], known: model.name }]],
    "errors are read": ["errors", {
      "wrong path": refused(
        "NotFoundError",
        "Invalid URL (GET /v1/elsewhere/models). Expected /v1/chat/completions or /v1/responses or /v1/models.",
      ),
      "unknown model": refused(
        "NotFoundError",
        "The model `another` does not exist or you do not have access to it.",
        { code: "model_not_found" },
      ),
      "wrong role": refused("BadRequestError", role, { param: "input[0]", code: "invalid_value" }),
      "no cell": refused(
        "BadRequestError",
        "Invalid 'messages': Expected a message with the role 'user', which holds the cell to run.",
        { param: "messages", code: "invalid_value" },
      ),
      "no messages": refused(
        "BadRequestError",
        "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.",
        { param: "messages", code: "empty_array" },
      ),
    }],
  };
  for (const [what, [scene, expected]] of Object.entries(EXPECTED)) {
    await t.step(what, () => assert.deepEqual(read[scene], expected));
  }
});

pythonTest("OpenAI's Python package reads the errors of the simulated Mistral server", ["openai"], async () => {
  await using model = await startOfflineModel({ strict: "mistral" });
  const read = await runPython(ASK, { base_url: model.url, api_key: model.apiKey, model: model.name, messages, tools });
  assert.equal(read.chat_streamed, "UnprocessableEntityError: Error code: 422");
  assert.deepEqual(read.chat_whole.calls, [STDOUT, RESULT]);
  assert.deepEqual(read.errors["no cell"], {
    class: "BadRequestError",
    message: "Conversation must start with a user message or system message",
    type: "invalid_request_message_order",
    param: null,
    code: "3230",
    request: true,
  });
});
