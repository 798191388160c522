/**
 * Finds out which parameter a server refused a request for, so that it can be repeated without.
 *
 * @module
 */

import type { Refusal } from "./refusal.ts";

/** The parameters that a request can do without. */
const REFUSABLE = [
  "temperature",
  "reasoning_effort",
  "reasoning",
  "include",
  "store",
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
  /unsupported|not? support|support the provided|unknown|unrecogni[sz]ed|not permitted|not allowed|unexpected|forbidden|invalid|incompatible|deprecated|only the default/i;

/**
 * The parameters of a request that its refusal blames.
 *
 * @param refusal what the server said
 * @param body the request's body
 * @returns those that the body has; none when the refusal is about something else
 */
export function refusedParameters(
  { param, text }: Refusal,
  body: Partial<Record<RefusableParameter, unknown>>,
): RefusableParameter[] {
  const sent = REFUSABLE.filter((name) => body[name] !== undefined);
  const blamed = param === undefined ? [] : sent.filter((name) => names(param, name));
  if (blamed.length > 0 || !REFUSAL.test(text)) return blamed;
  return sent.filter((name) => names(text, name));
}

function names(text: string, parameter: RefusableParameter): boolean {
  return new RegExp(`\\b${parameter}\\b(?!\\.effort)`).test(text) || OTHER_NAMES[parameter]?.test(text) === true;
}
