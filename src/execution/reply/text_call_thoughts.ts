/**
 * Skips what a reasoning model thought before it answered.
 *
 * @module
 */

import type { Reading, TextSource } from "./text_source.ts";

/** What thoughts begin with. */
export const THOUGHT_MARKS = ["<think>", "<thinking>", "<thought>", "<reasoning>", "<seed:think>", "[THINK]"];

/** What they end with; many chat templates write the beginning themselves, so that only the end is in the reply. */
export const THOUGHT_ENDS = ["</think>", "</thinking>", "</thought>", "</reasoning>", "</seed:think>", "[/THINK]"];

/**
 * Consumes thoughts up to the mark that ends them.
 *
 * @param ends the marks that may end them
 * @returns the mark, which is not consumed; `undefined` when the text ended first
 */
export function* skipThoughts(text: TextSource, ends: readonly string[]): Reading<string | undefined> {
  while (true) {
    text.run(/[^<[]+/y);
    const end = yield* text.match(ends);
    if (end !== undefined) return end;
    if ((yield* text.peek()) === "") return undefined;
    text.take();
  }
}
