/**
 * The refusals of Gemma 2 on vLLM, with vLLM's messages.
 *
 * @module
 */

import { refuses } from "./refusals.ts";
import { calling, request, system, tool, user } from "./requests.ts";
const vllmError = (message: string) => ({ error: { message, type: "BadRequestError", param: null, code: 400 } });

refuses("gemma", [
  [
    "tools",
    request([user("a")]),
    400,
    vllmError('"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set'),
  ],
  [
    "a system prompt",
    { model: "m", messages: [system("s"), user("a")] },
    400,
    vllmError("System role not supported"),
  ],
  [
    "two user turns in a row",
    { model: "m", messages: [user("a"), user("b")] },
    400,
    vllmError("Conversation roles must alternate user/assistant/user/assistant/..."),
  ],
  [
    "a tool turn",
    { model: "m", messages: [user("a"), calling("c"), tool("c"), user("b")] },
    400,
    vllmError("Conversation roles must alternate user/assistant/user/assistant/..."),
  ],
]);
