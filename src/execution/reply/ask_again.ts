/**
 * What is said to a model that has to be asked again.
 *
 * @module
 */

import type { Message } from "../model.ts";
import { NO_OUTPUT } from "../prompt/system_prompt.ts";

/** Why a model is asked again for the same cell, besides a call that was invalid, whose answer says so. */
export type AskAgainReason =
  /** The reply reached the length limit. */
  | "cut"
  /** The server failed in the middle of the reply, or could not read it. */
  | "broken"
  /** The reply was prose. */
  | "prose"
  /** The reply was empty, or said that there is no output. */
  | "empty";

/** What the answer to the last call of a reply says, where it asks for the next call. */
export const NEXT = `make the call for the next output, or reply with exactly ${NO_OUTPUT} if that was all`;

/** What is said in the answer to the reply's last call. */
const AFTER_CALLS: Partial<Record<AskAgainReason, string>> = {
  cut:
    "the reply was cut off here by the length limit. All output up to here is shown: go on right after it and repeat nothing",
  broken:
    "what followed in the reply could not be read. All output up to here is shown: go on right after it with valid tool " +
    `calls and repeat nothing, or reply with exactly ${NO_OUTPUT} if that was all`,
};

/** What is said in a turn of its own, after a reply without calls. */
const WITHOUT_CALLS: Record<AskAgainReason, string> = {
  cut: "Your reply was cut off by the length limit before any tool call. Make the tool calls now.",
  broken:
    "Your reply could not be read, and nothing of it is shown. Make the tool calls again, each with arguments that are valid JSON.",
  prose: `That was prose, and nothing of it is shown. Make the tool calls, or reply with exactly ${NO_OUTPUT}`,
  empty: "Your reply outputs nothing, but this cell outputs something. Make the tool calls now.",
};

/**
 * The turns that ask a model again.
 *
 * @param reason why
 * @param turns makes the turns of its reply, the answer to the last call followed by what is given
 */
export function askAgain(reason: AskAgainReason, turns: (lastAnswer?: string) => Message[]): Message[] {
  const told = turns(AFTER_CALLS[reason]);
  return told.at(-1)?.role === "tool" ? told : [...told, { role: "user", content: WITHOUT_CALLS[reason] }];
}
