/**
 * Finds out which parameter a server refused a request of the Responses interface for, so that it can be repeated without.
 *
 * @module
 */

import { bodyOf } from "../quote.ts";

/**
 * The parameters that a request can do without, and how errors name them. `include` stands for encrypted reasoning, both asked for and
 * sent back, so it is also blamed where a reasoning item that was sent back is refused.
 */
const NAMES = {
  temperature: /\btemperature\b/,
  reasoning: /\breasoning\b(?!\.encrypted_content|' item|' was provided)/,
  include: /\binclude\b|\bencrypted[_ ]content\b|'reasoning' (?:item|was provided)/i,
  parallel_tool_calls: /\bparallel_tool_calls\b/,
  prompt_cache_key: /\bprompt_cache_key\b/,
  store: /\bstore\b/,
} as const;

/** A parameter that a request of the Responses interface can do without. */
export type RefusableResponsesParameter = keyof typeof NAMES;

const REFUSABLE = Object.keys(NAMES) as RefusableResponsesParameter[];

/** How servers say that they do not have a parameter, or not this value of it. */
const REFUSAL =
  /unsupported|not? support|unknown|unrecogni[sz]ed|not permitted|not allowed|unexpected|forbidden|invalid|could not be verified|provided without/i;

/** How servers say that they do not have a parameter at all. */
const UNKNOWN = /unsupported parameter|unknown|unrecogni[sz]ed|extra inputs|not permitted|unexpected/i;

/**
 * The parameters of a request that its failure blames. `store: false` keeps a notebook's code from being stored, so it is given up
 * only where the server has no such parameter.
 *
 * @param error what the openai package threw
 * @param body the request's body
 * @returns those that the body has; none when the failure is of another kind
 */
export function refusedResponsesParameters(
  error: unknown,
  body: Partial<Record<RefusableResponsesParameter, unknown>>,
): RefusableResponsesParameter[] {
  if (!(error instanceof Error) || !("status" in error) || (error.status !== 400 && error.status !== 422)) return [];
  const { param } = bodyOf("error" in error ? error.error : undefined);
  const sent = REFUSABLE.filter((name) => body[name] !== undefined);
  const named = (text: string) =>
    sent.filter((name) => NAMES[name].test(text) && (name !== "store" || UNKNOWN.test(error.message)));
  const blamed = typeof param === "string" ? named(param) : [];
  if (blamed.length > 0) return blamed;
  return REFUSAL.test(error.message) ? named(error.message) : [];
}
