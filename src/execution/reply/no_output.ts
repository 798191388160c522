/**
 * Knows the texts that stand for an answer without calls, however a model dresses them up.
 *
 * @module
 */

import { DONE, NO_OUTPUT } from "../prompt/system_prompt.ts";
import { THOUGHT_ENDS } from "./text_call_thoughts.ts";

/** How many characters at the end are looked at: more than any dressing has. */
const LOOKED_AT = 200;

/** Blanks, quotes, Markdown, a full stop, and the tokens that end a turn: `</s>`, `<|im_end|>`. */
const DRESSING = String.raw`(?:[\s"'“”‘’«».!*_~\x60]|</?s>|<eos>|<end_of_turn>|\[EOS\]|<[|｜][^<>|｜]*[|｜]>)+`;

const BEFORE = new RegExp(`^${DRESSING}`);
const AFTER = new RegExp(`${DRESSING}$`);

/** Brackets around the words, or none. */
const BRACKETS = /^[([<{]?(.*?)[)\]>}]?$/;

/**
 * Whether a reply says that the cell has no output: `(no output)` in any case, with quotes, a full stop or stop tokens, and after
 * thoughts or scratch work. With other brackets or none it counts only if there is nothing else.
 */
export function isNoOutput(reply: string): boolean {
  const answer = undress(reply);
  return answer.endsWith(NO_OUTPUT) || wordsOf(answer) === wordsOf(NO_OUTPUT);
}

/** Whether a reply says that all calls of the cell have been made: `(done)`, dressed as {@linkcode isNoOutput} allows. */
export function isDone(reply: string): boolean {
  return undress(reply).endsWith(DONE);
}

/** The end of a reply in small letters, without its dressing. */
function undress(reply: string): string {
  const start = Math.max(...THOUGHT_ENDS.map((mark) => endOfLast(reply, mark)));
  const answer = reply.slice(start).trim().slice(-LOOKED_AT);
  return answer.replace(BEFORE, "").replace(AFTER, "").toLowerCase().replaceAll(/[\s_]+/g, " ");
}

/** Where the last of these marks ends; 0 if there is none. */
function endOfLast(reply: string, mark: string): number {
  const position = reply.lastIndexOf(mark);
  return position === -1 ? 0 : position + mark.length;
}

function wordsOf(answer: string): string {
  return answer.replace(BRACKETS, "$1").trim();
}
