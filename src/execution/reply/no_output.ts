/**
 * Recognizes replies that say that there is no output, in the many forms that models use.
 *
 * @module
 */

import { DONE, NO_OUTPUT } from "../prompt/system_prompt.ts";
import { THOUGHT_ENDS } from "./text_call_thoughts.ts";

/** The number of characters at the end of a reply that are examined. Decorations are never longer. */
const LOOKED_AT = 200;

/** A tag or stop token, such as `</s>`, `<|im_end|>` or `[/INST]`, including the role after a token that begins a turn. */
const TAG = /<[|｜](?:im_start|start_header_id|start)[|｜]>\w*|<[^<>]*>|\[\/?[A-Z]+\]/g;

/** A decoration at the end: a tag, an escaped line break, or any character that is not a letter, a digit or a closing bracket. */
const AT_END = new RegExp(String.raw`(?:${TAG.source}|\\[nrt]|[^\p{L}\p{N})])$`, "u");

/**
 * Whether a reply says that the cell has no output: `(no output)` in any case, with quotes, a full stop, tags or stop tokens, and
 * after thoughts or scratch work. With other brackets or without any, it must be the only text.
 */
export function isNoOutput(reply: string): boolean {
  const answer = answerIn(reply);
  if (endsWith(answer, NO_OUTPUT)) return true;
  return answer.length <= LOOKED_AT && lettersOf(answer.replaceAll(TAG, dropTag)) === lettersOf(NO_OUTPUT);
}

/** Whether a reply says that all calls of the cell have been made: `(done)`, with the same decorations as in {@linkcode isNoOutput}. */
export function isDone(reply: string): boolean {
  return endsWith(answerIn(reply), DONE);
}

/** Returns the part of a reply after its thoughts. */
function answerIn(reply: string): string {
  const start = Math.max(...THOUGHT_ENDS.map((mark) => endOfLast(reply, mark)));
  return reply.slice(start).trim();
}

/** Whether an answer ends with this text in its brackets. */
function endsWith(answer: string, text: string): boolean {
  const undressed = withoutEnd(answer.slice(-LOOKED_AT).normalize("NFKC"));
  return undressed.endsWith(")") && lettersOf(undressed.slice(undressed.lastIndexOf("("))) === lettersOf(text);
}

/** Removes decorations from the end. */
function withoutEnd(answer: string): string {
  const [dressing = ""] = AT_END.exec(answer) ?? [];
  if (dressing === "") return answer;
  return withoutEnd(answer.slice(0, dropTag(dressing) === "" ? -dressing.length : -1));
}

/** Returns the empty text for a tag, unless the tag itself is the message: `<no output>`. */
function dropTag(tag: string): string {
  return lettersOf(tag).includes(lettersOf(NO_OUTPUT)) ? tag : "";
}

/** Returns the index behind the last occurrence of a mark, or 0 if there is none. */
function endOfLast(reply: string, mark: string): number {
  const position = reply.lastIndexOf(mark);
  return position === -1 ? 0 : position + mark.length;
}

/** Returns only the letters and digits of a text, in lower case. */
function lettersOf(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "");
}
