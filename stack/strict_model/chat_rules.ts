/**
 * Refuses chat completion requests as real servers do, with the same messages.
 *
 * @module
 */

import { firstRefusal, type Refusal, type Rule } from "./chat_request.ts";
import type { Fields } from "./fields.ts";
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
 * Checks a chat completion request as a server of the family does.
 *
 * @returns the server's error response; `undefined` if it accepts the request
 */
export function refuse(body: Fields, family: ModelFamily): Refusal | undefined {
  return firstRefusal(rulesOf[family], body);
}
