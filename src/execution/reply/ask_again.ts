/**
 * The messages that ask a model again.
 *
 * @module
 */

import type { Message } from "../model.ts";
import { NO_OUTPUT } from "../prompt/system_prompt.ts";

/** The reason for asking a model again for the same cell. Invalid calls are not included, because their results contain the reason. */
export type AskAgainReason =
  /** The reply reached the length limit. */
  | "cut"
  /** The server failed in the middle of the reply, or could not parse it. */
  | "broken"
  /** The reply was prose. */
  | "prose"
  /** The reply was empty, or said that there is no output. */
  | "empty";

/** The text in the result of a reply's last call that asks for the next call. */
export const NEXT = `make the call for the next output, or reply with exactly ${NO_OUTPUT} if that was all`;

/** The text in the result of the reply's last call, by reason. */
const AFTER_CALLS: Partial<Record<AskAgainReason, string>> = {
  cut:
    "the reply was cut off here by the length limit. All output up to here is shown: go on right after it and repeat nothing",
  broken:
    "what followed in the reply could not be read. All output up to here is shown: go on right after it with valid tool " +
    `calls and repeat nothing, or reply with exactly ${NO_OUTPUT} if that was all`,
};

/** The text of a separate message after a reply without calls, by reason. */
const WITHOUT_CALLS: Record<AskAgainReason, string> = {
  cut: "Your reply was cut off by the length limit before any tool call. Make the tool calls now.",
  broken:
    "Your reply could not be read, and nothing of it is shown. Make the tool calls again, each with arguments that are valid JSON.",
  prose: `That was prose, and nothing of it is shown. Make the tool calls, or reply with exactly ${NO_OUTPUT}`,
  empty: "Your reply outputs nothing, but this cell outputs something. Make the tool calls now.",
};

/**
 * Returns the messages that ask a model again.
 *
 * @param turns returns the messages of the model's reply, with a text appended to the result of the last call
 */
export function askAgain(reason: AskAgainReason, turns: (lastAnswer?: string) => Message[]): Message[] {
  const messages = turns(AFTER_CALLS[reason]);
  return messages.at(-1)?.role === "tool" ? messages : [...messages, { role: "user", content: WITHOUT_CALLS[reason] }];
}
