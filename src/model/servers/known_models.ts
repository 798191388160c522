/**
 * The models that are known to need another form, for servers that have no interface to ask.
 *
 * @module
 */

import type { RequestForm } from "../request_form.ts";
import { ONE_CALL_FORM, TEXT_FORM } from "./candidate_forms.ts";

/**
 * Models whose chat templates silently lose the calls of earlier turns. From the templates of their repositories on Hugging Face, and
 * confirmed with llama.cpp's `/apply-template`: HuggingFaceTB/SmolLM3-3B, LiquidAI/LFM2-8B-A1B, ibm-granite/granite-3.3-2b-instruct,
 * microsoft/Phi-3.5-mini-instruct, deepseek-ai/DeepSeek-R1-Distill-Llama-8B.
 */
const LOSES_CALLS = /smollm-?3|lfm-?2|granite-?3\.3|phi-?3\.5|r1-distill/i;

/**
 * Models that end their turn after one call. The templates of meta-llama/Llama-3.1-8B-Instruct to 3.3 refuse several calls in a turn,
 * those of openai/gpt-oss-120b and ai-sage/GigaChat3-10B-A1.8B render only the first one.
 */
const MAKES_ONE_CALL = /llama-?3(?!\d)|gpt-oss|gigachat/i;

/** Models that are derived from those above and have their own templates, which accept several calls. */
const MAKES_SEVERAL_CALLS = /hermes|functionary|firefunction/i;

/**
 * The services that render the whole conversation, and refuse a request with an error if they cannot. They do not use the template of the
 * model's repository.
 */
const WHOLE_SERVICES = [
  "openai.com",
  "openai.azure.com",
  "anthropic.com",
  "googleapis.com",
  "groq.com",
  "openrouter.ai",
  "mistral.ai",
  "deepseek.com",
  "x.ai",
];

/** Whether an address belongs to a service that renders all calls of a conversation. */
export function isWholeService(baseUrl: string): boolean {
  const { hostname } = new URL(baseUrl);
  return WHOLE_SERVICES.some((domain) => hostname === domain || hostname.endsWith(`.${domain}`));
}

/**
 * Returns the form for a model with one of these names.
 *
 * @param names the name in requests, and the one behind an alias
 * @returns `undefined` for a model that is not known to need another form
 */
export function knownForm(names: readonly string[]): RequestForm | undefined {
  if (names.some((name) => LOSES_CALLS.test(name))) return TEXT_FORM;
  const makesOne = names.some((name) => MAKES_ONE_CALL.test(name) && !MAKES_SEVERAL_CALLS.test(name));
  return makesOne ? ONE_CALL_FORM : undefined;
}
