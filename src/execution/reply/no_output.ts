/**
 * Knows the texts that stand for an answer without calls, however a model dresses them up.
 *
 * @module
 */

import { DONE, NO_OUTPUT } from "../prompt/system_prompt.ts";
import { THOUGHT_ENDS } from "./text_call_thoughts.ts";

/** How many characters at the end are looked at: more than any dressing has. */
const LOOKED_AT = 200;

/** A tag or a stop token: `</s>`, `<|im_end|>`, `[/INST]`, and a role behind the token that begins a turn. */
const TAG = /<[|｜](?:im_start|start_header_id|start)[|｜]>\w*|<[^<>]*>|\[\/?[A-Z]+\]/g;

/** What may stand at the end: a tag, an escaped line break, any other character that is no letter, no digit and no bracket. */
const AT_END = new RegExp(String.raw`(?:${TAG.source}|\\[nrt]|[^\p{L}\p{N})])$`, "u");

/**
 * Whether a reply says that the cell has no output: `(no output)` in any case, with quotes, a full stop, tags or stop tokens, and after
 * thoughts or scratch work. With other brackets or none it counts only if there is nothing else.
 */
export function isNoOutput(reply: string): boolean {
  const answer = answerIn(reply);
  if (endsWith(answer, NO_OUTPUT)) return true;
  return answer.length <= LOOKED_AT && lettersOf(answer.replaceAll(TAG, dropTag)) === lettersOf(NO_OUTPUT);
}

/** Whether a reply says that all calls of the cell have been made: `(done)`, dressed as {@linkcode isNoOutput} allows. */
export function isDone(reply: string): boolean {
  return endsWith(answerIn(reply), DONE);
}

/** The reply behind its thoughts. */
function answerIn(reply: string): string {
  const start = Math.max(...THOUGHT_ENDS.map((mark) => endOfLast(reply, mark)));
  return reply.slice(start).trim();
}

/** Whether an answer ends with this text in its brackets. */
function endsWith(answer: string, text: string): boolean {
  const undressed = withoutEnd(answer.slice(-LOOKED_AT).normalize("NFKC"));
  return undressed.endsWith(")") && lettersOf(undressed.slice(undressed.lastIndexOf("("))) === lettersOf(text);
}

/** Takes what may stand at the end off, piece by piece. */
function withoutEnd(answer: string): string {
  const [dressing = ""] = AT_END.exec(answer) ?? [];
  if (dressing === "") return answer;
  return withoutEnd(answer.slice(0, dropTag(dressing) === "" ? -dressing.length : -1));
}

/** Nothing in place of a tag, unless the tag is what the model says: `<no output>`. */
function dropTag(tag: string): string {
  return lettersOf(tag).includes(lettersOf(NO_OUTPUT)) ? tag : "";
}

/** Where the last of these marks ends; 0 if there is none. */
function endOfLast(reply: string, mark: string): number {
  const position = reply.lastIndexOf(mark);
  return position === -1 ? 0 : position + mark.length;
}

/** Letters and digits in small letters. */
function lettersOf(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "");
}
