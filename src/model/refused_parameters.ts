/**
 * Finds out which parameter a server refused a request for, so that it can be repeated without.
 *
 * @module
 */

import type { Refusal } from "./refusal.ts";

/**
 * The parameters that a request can do without, and how errors name them. `include` stands for encrypted reasoning, both asked for and
 * sent back, so it is also blamed where a reasoning item that was sent back is refused.
 */
const NAMES = {
  temperature: /\btemperature\b/,
  reasoning_effort: /\breasoning_effort\b|\breasoning\.effort\b/,
  reasoning: /\breasoning\b(?!\.encrypted_content|' item|' was provided)/,
  include: /\binclude\b|\bencrypted[_ ]content\b|'reasoning' (?:item|was provided)/i,
  store: /\bstore\b/,
  parallel_tool_calls: /\bparallel_tool_calls\b/,
  tool_choice: /\btool_choice\b/,
  stream_options: /\bstream_options\b/,
  prompt_cache_key: /\bprompt_cache_key\b/,
} as const;

/** A parameter that a request can do without. */
export type RefusableParameter = keyof typeof NAMES;

const REFUSABLE = Object.keys(NAMES) as RefusableParameter[];

/** How servers say that they do not take something, as far as they do not name it in `param`. */
const REFUSAL =
  /unsupported|not? support|support the provided|unknown|unrecogni[sz]ed|not permitted|not allowed|unexpected|forbidden|invalid|incompatible|deprecated|only the default|could not be verified|provided without/i;

/** How servers say that they do not have a parameter at all. */
const UNKNOWN = /unsupported parameter|unknown|unrecogni[sz]ed|extra inputs|not permitted|unexpected/i;

/**
 * The parameters of a request that its refusal blames. `store: false` keeps a notebook's code from being stored, so it is given up only
 * where the server has no such parameter.
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
  const named = (words: string) =>
    sent.filter((name) => NAMES[name].test(words) && (name !== "store" || UNKNOWN.test(text)));
  const blamed = param === undefined ? [] : named(param);
  if (blamed.length > 0) return blamed;
  return REFUSAL.test(text) ? named(text) : [];
}
