/**
 * Finds the parameters that a server refused, so that the request can be repeated without them.
 *
 * @module
 */

import type { Refusal } from "./refusal.ts";

/**
 * The parameters that a request can do without, and their names in errors. `include` asks for encrypted reasoning, which is sent back
 * later. So `include` is also blamed if the server refuses a reasoning item that was sent back.
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

/** Messages of servers that refuse a parameter without naming it in `param`. */
const REFUSAL =
  /unsupported|not? support|support the provided|unknown|unrecogni[sz]ed|not permitted|not allowed|unexpected|forbidden|invalid|incompatible|deprecated|only the default|could not be verified|provided without/i;

/** Messages of servers that do not have a parameter at all. */
const UNKNOWN = /unsupported parameter|unknown|unrecogni[sz]ed|extra inputs|not permitted|unexpected/i;

/**
 * Returns the parameters of a request that its refusal blames. `store: false` keeps the provider from storing the notebook's code, so
 * it is blamed only if the server has no such parameter.
 *
 * @returns the blamed parameters that the body has; empty when the refusal is about something else
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
