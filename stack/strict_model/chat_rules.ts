/**
 * Refuses chat completion requests as real servers do, in their words.
 *
 * @module
 */

import { type Fields, firstRefusal, type Refusal, type Rule } from "./chat_request.ts";
import type { ModelFamily } from "./family.ts";
import { gemmaRules } from "./gemma_rules.ts";
import { llamaRules } from "./llama_rules.ts";
import { mistralRules } from "./mistral_rules.ts";
import { openaiRules } from "./openai_rules.ts";

const rulesOf: Readonly<Record<ModelFamily, readonly Rule[]>> = {
  openai: openaiRules,
  mistral: mistralRules,
  llama: llamaRules,
  gemma: gemmaRules,
};

/**
 * Tells what a server of the family answers to a chat completion request that it does not take.
 *
 * @param body the request's JSON body
 * @returns the answer; `undefined` if the request is taken
 */
export function refuse(body: Fields, family: ModelFamily): Refusal | undefined {
  return firstRefusal(rulesOf[family], body);
}
