/**
 * The rules of OpenAI's own server for the messages of a chat completion request.
 *
 * @module
 */

import { callsOf, messagesOf, type Refusal, type Rule } from "./chat_request.ts";
import { isGiven } from "./fields.ts";
import { openaiRefusal } from "./openai_refusal.ts";

/** The largest number of characters in a tool call's id. */
const MAX_ID = 40;

const NAME = /^[a-zA-Z0-9_-]+$/;

/** llama_index#17921, langchainjs#4153: only an assistant's message with calls may have no content. */
const contentNull: Rule = (body) => {
  const index = messagesOf(body).findIndex((message) => !isGiven(message.content) && callsOf(message).length === 0);
  if (index === -1) return undefined;
  return openaiRefusal("Invalid value for 'content': expected a string, got null.", {
    param: `messages.[${index}].content`,
  });
};

/** CopilotKit#529 for a conversation without messages, chatbox#2079 and openai-node#1341 for a turn with an empty list of calls. */
const emptyList: Rule = (body) => {
  if (isEmptyList(body.messages)) return emptyArray("messages");
  const index = messagesOf(body).findIndex(({ tool_calls }) => isEmptyList(tool_calls));
  return index === -1 ? undefined : emptyArray(`messages[${index}].tool_calls`);
};

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function emptyArray(param: string): Refusal {
  return openaiRefusal(
    `Invalid '${param}': empty array. Expected an array with minimum length 1, but got an empty array instead.`,
    { param, code: "empty_array" },
  );
}

/** The length of ids as users of vLLM and of "call_" with a UUID report it; the pattern of names: mcp-use#90. */
const callsOutOfForm: Rule = (body) => {
  for (const [index, message] of messagesOf(body).entries()) {
    if (typeof message.tool_call_id === "string" && message.tool_call_id.length > MAX_ID) {
      return tooLong(`messages[${index}].tool_call_id`, message.tool_call_id);
    }
    for (const [number, { id, name }] of callsOf(message).entries()) {
      const param = `messages[${index}].tool_calls[${number}]`;
      if (id.length > MAX_ID) return tooLong(`${param}.id`, id);
      if (!NAME.test(name)) return wrongName(`${param}.function.name`);
    }
  }
};

function tooLong(param: string, { length }: string): Refusal {
  return openaiRefusal(
    `Invalid '${param}': string too long. Expected a string with maximum length ${MAX_ID}, but got a string with length ${length} instead.`,
    { param, code: "string_above_max_length" },
  );
}

function wrongName(param: string): Refusal {
  return openaiRefusal(
    `Invalid '${param}': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.`,
    { param, code: "invalid_value" },
  );
}

/** dataline#172 for calls without an answer, morphic#136 for answers without a call (the spelling is OpenAI's). */
const callsAndAnswers: Rule = (body) => {
  const messages = messagesOf(body);
  let open: string[] = [];
  let known: string[] = [];
  for (const [index, message] of messages.entries()) {
    if (message.role !== "tool") {
      if (open.length > 0) return unanswered(open, index);
      open = known = callsOf(message).map(({ id }) => id);
      continue;
    }
    const id = String(message.tool_call_id);
    if (known.length === 0) {
      return openaiRefusal(
        "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.",
        { param: `messages.[${index}].role` },
      );
    }
    if (!known.includes(id)) {
      return openaiRefusal(
        `Invalid parameter: 'tool_call_id' of '${id}' not found in 'tool_calls' of previous message.`,
        { param: `messages.[${index}].tool_call_id` },
      );
    }
    open = open.filter((other) => other !== id);
  }
  return open.length > 0 ? unanswered(open, messages.length) : undefined;
};

function unanswered(ids: string[], index: number): Refusal {
  return openaiRefusal(
    "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. " +
      `The following tool_call_ids did not have response messages: ${ids.join(", ")}`,
    { param: `messages.[${index}].role` },
  );
}

/** In the order in which they are applied. */
export const openaiMessageRules: readonly Rule[] = [emptyList, contentNull, callsOutOfForm, callsAndAnswers];
