/**
 * Skips the thoughts that a reasoning model writes before its answer.
 *
 * @module
 */

import type { Reading, TextSource } from "./text_source.ts";

/** The marks at the beginning of thoughts. */
export const THOUGHT_MARKS = ["<think>", "<thinking>", "<thought>", "<reasoning>", "<seed:think>", "[THINK]"];

/**
 * The marks at the end of thoughts. Many chat templates contain the begin mark themselves, so that only the end mark is in the
 * reply.
 */
export const THOUGHT_ENDS = ["</think>", "</thinking>", "</thought>", "</reasoning>", "</seed:think>", "[/THINK]"];

/** Consumes thoughts up to their end mark. Returns the end mark, which is not consumed, or `undefined` if the text ended first. */
export function* skipThoughts(text: TextSource, ends: readonly string[]): Reading<string | undefined> {
  while (true) {
    text.run(/[^<[]+/y);
    const end = yield* text.match(ends);
    if (end !== undefined) return end;
    if ((yield* text.peek()) === "") return undefined;
    text.take();
  }
}
