/**
 * Finds out which parameter a server refused a request for, so that it can be repeated without.
 *
 * @module
 */

import { bodyOf } from "./quote.ts";

/** The parameters that a request can do without. */
const REFUSABLE = [
  "temperature",
  "reasoning_effort",
  "parallel_tool_calls",
  "tool_choice",
  "stream_options",
  "prompt_cache_key",
] as const;

/** A parameter that a request can do without. */
export type RefusableParameter = typeof REFUSABLE[number];

/** What servers call these parameters in their errors, where it is not their name: OpenAI's newer interface nests this one. */
const OTHER_NAMES: Partial<Record<RefusableParameter, RegExp>> = { reasoning_effort: /\breasoning\.effort\b/ };

/** How servers say that they do not take something, as far as they do not name it in `param`. */
const REFUSAL =
  /unsupported|not? support|unknown|unrecogni[sz]ed|not permitted|not allowed|unexpected|forbidden|invalid|incompatible|only the default/i;

/**
 * The parameters of a request that its failure blames.
 *
 * @param error what the openai package threw
 * @param body the request's body
 * @returns those that the body has; none when the failure is of another kind
 */
export function refusedParameters(
  error: unknown,
  body: Partial<Record<RefusableParameter, unknown>>,
): RefusableParameter[] {
  if (!(error instanceof Error) || !("status" in error) || (error.status !== 400 && error.status !== 422)) return [];
  const param = bodyOf("error" in error ? error.error : undefined).param;
  const sent = REFUSABLE.filter((name) => body[name] !== undefined);
  const blamed = typeof param === "string" ? sent.filter((name) => names(param, name)) : [];
  if (blamed.length > 0 || !REFUSAL.test(error.message)) return blamed;
  return sent.filter((name) => names(error.message, name));
}

function names(text: string, parameter: RefusableParameter): boolean {
  return new RegExp(`\\b${parameter}\\b`).test(text) || OTHER_NAMES[parameter]?.test(text) === true;
}
