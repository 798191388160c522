/**
 * The context lengths of OpenAI's models, which its list of models does not contain.
 *
 * @module
 */

import { isOpenAI } from "../../options/model_server.ts";

/**
 * The maximum number of tokens of request and answer together. Source: OpenAI's pages on its models
 * (https://developers.openai.com/api/docs/models, autumn 2026).
 */
const CONTEXTS: readonly [model: RegExp, tokens: number][] = [
  [/^gpt-5\.4-(?:mini|nano)/, 400_000],
  [/^gpt-(?:5\.[4-9]|6)/, 1_050_000],
  [/^gpt-5(?:\.\d)?-chat/, 128_000],
  [/^gpt-5/, 400_000],
  [/^gpt-4\.1/, 1_047_576],
  [/^o1-mini|^gpt-4o|^gpt-4-turbo|^chatgpt-4o/, 128_000],
  [/^o\d/, 200_000],
  [/^gpt-4/, 8_192],
  [/^gpt-3\.5-turbo/, 16_385],
];

/** The context length of a model at OpenAI's own address; `undefined` for other servers, which may use the same name for another model. */
export function documentedContext(baseUrl: string, model: string): number | undefined {
  return isOpenAI(baseUrl) ? CONTEXTS.find(([name]) => name.test(model))?.[1] : undefined;
}
