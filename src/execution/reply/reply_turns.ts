/**
 * Adds a reply to the conversation, with a result for each of its calls.
 *
 * @module
 */

import type { Message, ToolCall } from "../model.ts";
import type { ToolCallReader } from "./tool_call_reader.ts";

/** A tool call of a reply, with its state. */
export interface ReplyCall {
  /** The tool's name, or the name that the model wrote if there is no such tool. */
  name: string;
  /** Contains the arguments. */
  reader: ToolCallReader;
  /** The part of its stream text that has been shown. */
  written: string;
  /** Whether the call was carried out. An open call was cut off. */
  state: "open" | "done" | "invalid";
  /** The result of the call for the model. */
  answer: string;
}

/** The instructions after the error message of an invalid call. */
const MAKE_AGAIN =
  "Nothing of this call is shown, and all before it is: make it again, correctly, then go on, and repeat nothing else.";
const GO_ON = "The text up to here is shown, and all before it: go on right after it, and repeat nothing.";

/**
 * Creates the messages of a reply: the calls that were carried out, and the one after them. A stream call that was cut off has the
 * text that was shown. Other calls that were cut off showed nothing and are left out.
 *
 * @param calls the calls of the reply, up to the first that was not carried out
 * @param scratch the plain text of the reply
 * @param newId creates the id of a call
 * @param lastAnswer text to append to the result of the last call
 */
export function replyTurns(
  calls: readonly ReplyCall[],
  scratch: string,
  newId: () => string,
  lastAnswer?: string,
): Message[] {
  const sent = calls.filter(({ state, written }) => state !== "open" || written !== "");
  const toolCalls = sent.map((call): ToolCall => ({ id: newId(), name: nameOf(call), arguments: argumentsOf(call) }));
  const answers = sent.map((call, index): Message => {
    const last = index === sent.length - 1 ? lastAnswer : undefined;
    return { role: "tool", toolCallId: toolCalls[index].id, content: answerTo(call, last) };
  });
  const content = scratch === "" ? {} : { content: scratch };
  if (toolCalls.length > 0) return [{ role: "assistant", ...content, toolCalls }, ...answers];
  return scratch === "" ? [] : [{ role: "assistant", ...content }];
}

function answerTo({ state, written, answer }: ReplyCall, more?: string): string {
  if (state === "invalid") return `${answer} ${written === "" ? MAKE_AGAIN : GO_ON}`;
  return more === undefined ? answer : `${answer}; ${more}`;
}

/** The longest tool name that OpenAI accepts, in characters. */
const MAX_NAME_LENGTH = 64;

/** Returns a valid tool name, because servers reject conversations with other names. */
function nameOf({ name }: ReplyCall): string {
  return name.slice(0, MAX_NAME_LENGTH).replaceAll(/[^\w-]/g, "_") || "unnamed";
}

/** Returns valid arguments, because some servers parse them as JSON. */
function argumentsOf({ name, reader, written, state }: ReplyCall): string {
  const shown = name === "stdout" || name === "stderr" ? JSON.stringify({ text: written }) : "{}";
  return state === "open" ? shown : reader.json ?? shown;
}
