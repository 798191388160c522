/**
 * Chooses the interface of a scripted answer by the path of the request.
 *
 * @module
 */

import type { SpokenStep, Step } from "./scripted_answer.ts";
import { ScriptedCompletion } from "./scripted_completion.ts";
import { ScriptedResponse } from "./scripted_response.ts";

/** Converts the steps of one answer to the response's body. */
export interface ScriptedInterface {
  /** Returns the bytes or the text to send for a step. */
  write(step: SpokenStep): string | Uint8Array<ArrayBuffer>;
}

/**
 * Starts an answer.
 *
 * @param path the request's path, such as `/v1/chat/completions` or `/v1/responses`
 * @param number the request's number
 * @param steps the whole answer
 */
export function scriptedInterface(path: string, number: number, steps: readonly Step[]): ScriptedInterface {
  return /\/responses(?:\?|$)/.test(path) ? new ScriptedResponse(number, steps) : new ScriptedCompletion();
}
