/**
 * Puts a reply that is not the last one into the conversation, with an answer to each of its calls.
 *
 * @module
 */

import type { Message, ToolCall } from "../model.ts";
import type { ToolCallReader } from "./tool_call_reader.ts";

/** A tool call of a reply, and what became of it. */
export interface ReplyCall {
  /** The tool's name, as the model wrote it where it is none of the tools. */
  name: string;
  /** Holds its arguments. */
  reader: ToolCallReader;
  /** The stream text of it that has been shown. */
  written: string;
  /** Whether it was carried out; an open one was cut off. */
  state: "open" | "done" | "invalid";
  /** What the model is told about it. */
  answer: string;
}

/** What the model is told to do about a call that was invalid, after what was wrong with it. */
const MAKE_AGAIN =
  "Nothing of this call is shown, and all before it is: make it again, correctly, then go on, and repeat nothing else.";
const GO_ON = "The text up to here is shown, and all before it: go on right after it, and repeat nothing.";

/**
 * Makes the turns of a reply: the calls that were carried out, and the one after them. Of a stream's call that was cut off the text
 * stands that was shown; of others that were cut off nothing was shown, and they are left out.
 *
 * @param calls the reply's calls, up to the first that was not carried out
 * @param scratch the reply's plain text
 * @param newId makes the id of a call
 * @param lastAnswer added to the answer to the last call
 */
export function replyTurns(
  calls: readonly ReplyCall[],
  scratch: string,
  newId: () => string,
  lastAnswer?: string,
): Message[] {
  const told = calls.filter(({ state, written }) => state !== "open" || written !== "");
  const toolCalls = told.map((call): ToolCall => ({ id: newId(), name: nameOf(call), arguments: argumentsOf(call) }));
  const answers = told.map((call, index): Message => {
    const last = index === told.length - 1 ? lastAnswer : undefined;
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

/** The longest name of a tool that OpenAI takes, in characters. */
const MAX_NAME_LENGTH = 64;

/** A name that servers take: they refuse a conversation with another one. */
function nameOf({ name }: ReplyCall): string {
  return name.slice(0, MAX_NAME_LENGTH).replaceAll(/[^\w-]/g, "_") || "unnamed";
}

/** Arguments that servers take: some read them as JSON. */
function argumentsOf({ name, reader, written, state }: ReplyCall): string {
  const shown = name === "stdout" || name === "stderr" ? JSON.stringify({ text: written }) : "{}";
  return state === "open" ? shown : reader.json ?? shown;
}
