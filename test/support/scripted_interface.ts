/**
 * Chooses the interface by which a scripted answer is given: the one by which it was asked for.
 *
 * @module
 */

import type { SpokenStep, Step } from "./scripted_answer.ts";
import { ScriptedCompletion } from "./scripted_completion.ts";
import { ScriptedResponse } from "./scripted_response.ts";

/** Turns the steps of one answer into what is sent. */
export interface ScriptedInterface {
  /** The bytes or the text to send for a step. */
  write(step: SpokenStep): string | Uint8Array<ArrayBuffer>;
}

/**
 * Begins an answer.
 *
 * @param path the path that was asked: `/v1/chat/completions`, `/v1/responses`
 * @param number the request's number
 * @param steps the whole answer
 */
export function scriptedInterface(path: string, number: number, steps: readonly Step[]): ScriptedInterface {
  return /\/responses(?:\?|$)/.test(path) ? new ScriptedResponse(number, steps) : new ScriptedCompletion();
}
