/**
 * The rules of Mistral's server. It refuses unknown parameters, and requests that the validator of its package
 * mistral-common rejects (`protocol/instruct/validator.py`, version 3, in the mode for serving).
 *
 * @module
 */

import { callsOf, type ChatMessage, messagesOf, type Refusal, type Rule } from "./chat_request.ts";
import { type Fields, isGiven } from "./fields.ts";

/** The parameters of Mistral's API reference, "Chat Completion". */
const PARAMETERS: ReadonlySet<string> = new Set([
  ...["frequency_penalty", "max_tokens", "messages", "metadata", "model", "n", "parallel_tool_calls", "prediction"],
  ...["presence_penalty", "prompt_mode", "random_seed", "reasoning_effort", "response_format", "safe_prompt", "stop"],
  ...["stream", "temperature", "tool_choice", "tools", "top_p"],
]);

/** The fields of a message there, by its role. */
const MESSAGE_FIELDS: Readonly<Record<string, readonly string[]>> = {
  system: ["role", "content"],
  user: ["role", "content"],
  assistant: ["role", "content", "tool_calls", "prefix"],
  tool: ["role", "content", "name", "tool_call_id"],
};

/** The roles that may follow each role. */
const FOLLOWERS: Readonly<Record<string, readonly string[]>> = {
  system: ["user", "assistant", "system"],
  user: ["assistant", "system", "user"],
  assistant: ["assistant", "user", "tool"],
  tool: ["assistant", "tool"],
};

const ID = /^[a-zA-Z0-9]{9}$/;

/** Names all unknown fields at once, as openclaude#739 reports; crush#1590 and mistral-go#2 for fields of messages. */
const extraFields: Rule = (body) => {
  const detail = [
    ...extras(body, PARAMETERS, []),
    ...messagesOf(body).flatMap((message, index) =>
      extras(message, new Set(MESSAGE_FIELDS[message.role] ?? Object.keys(message)), ["messages", index, message.role])
    ),
  ];
  return detail.length === 0 ? undefined : { status: 422, body: { detail } };
};

function extras(fields: Fields, known: ReadonlySet<string>, path: (string | number)[]): Fields[] {
  return Object.entries(fields).filter(([name]) => !known.has(name)).map(([name, input]) => ({
    type: "extra_forbidden",
    loc: ["body", ...path, name],
    msg: "Extra inputs are not permitted",
    input,
  }));
}

/** The only turn of a conversation must be a user's or a system's. */
const onlyRole: Rule = (body) => {
  const [first, second] = messagesOf(body);
  if (first === undefined || second !== undefined || first.role === "user" || first.role === "system") return undefined;
  return messageOrder("Conversation must start with a user message or system message");
};

/** rig#1130. */
const lastRole: Rule = (body) => {
  const last = messagesOf(body).at(-1);
  if (last?.role !== "assistant" || last.prefix === true) return undefined;
  return messageOrder(
    `Expected last role User or Tool (or Assistant with prefix True) for serving but got ${last.role}`,
  );
};

/** litellm#17761, avante.nvim#2695. Newer versions of the package take a user's turn after a tool's. */
const roleOrder: Rule = (body) => {
  let previous: ChatMessage | undefined;
  for (const message of messagesOf(body)) {
    if (previous !== undefined && !(FOLLOWERS[previous.role] ?? []).includes(message.role)) {
      return messageOrder(`Unexpected role '${message.role}' after role '${previous.role}'`);
    }
    previous = message;
  }
};

/** client-ts#106, camel#1467. The first turn is not counted. */
const callsAndAnswers: Rule = (body) => {
  const refusal = messageOrder("Not the same number of function calls and responses");
  let expected = 0;
  for (const message of messagesOf(body).slice(1)) {
    if (message.role === "tool") expected--;
    if (message.role !== "assistant") continue;
    if (expected !== 0) return refusal;
    expected = callsOf(message).length;
  }
  return expected === 0 ? undefined : refusal;
};

/** langchain#21196 and copilot-cli#4884 for both, OpenHands#8685 for none. */
const contentOrCalls: Rule = (body) => {
  for (const message of messagesOf(body)) {
    if (message.role !== "assistant") continue;
    const hasContent = isGiven(message.content) && message.content !== "";
    if (hasContent !== callsOf(message).length > 0) continue;
    return refusal(
      `Assistant message must have either content or tool_calls, but not ${hasContent ? "both" : "none"}.`,
      "invalid_request_assistant_message",
      "3240",
    );
  }
};

/** zed#53034, claude-code-router#1070. */
const ids: Rule = (body) => {
  for (const message of messagesOf(body)) {
    const all = message.role === "tool" ? [String(message.tool_call_id)] : callsOf(message).map(({ id }) => id);
    const wrong = all.find((id) => !ID.test(id));
    if (wrong === undefined) continue;
    return refusal(
      `Tool call id was ${wrong} but must be a-z, A-Z, 0-9, with a length of 9.`,
      "invalid_function_call",
      "3280",
    );
  }
};

function messageOrder(message: string): Refusal {
  return refusal(message, "invalid_request_message_order", "3230");
}

function refusal(message: string, type: string, code: string): Refusal {
  return { status: 400, body: { object: "error", message, type, param: null, code } };
}

/** In the order in which they are applied. */
export const mistralRules: readonly Rule[] = [
  ...[extraFields, onlyRole, lastRole, roleOrder, callsAndAnswers, contentOrCalls, ids],
];
