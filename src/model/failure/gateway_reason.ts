/**
 * Finds what a server said in the words of a gateway that passed the request on to it.
 *
 * @module
 */

/**
 * What LiteLLM puts before the words of the server behind it (seen at its proxy 1.108.7): its class of error, that of the provider,
 * and what the openai package of Python adds.
 */
const BEFORE = /^litellm\.\w+:\s*(?:\w+(?:Error|Exception)(?::| -)\s*)*(?:Error code: \d+ - )?/;

/** What it puts behind them. */
const BEHIND = /[.\s]*(?:Received Model Group=|Available Model Group Fallbacks=|LiteLLM Retried:)[^]*$/;

/**
 * Returns what the server behind a gateway said.
 *
 * @param reason the reason that was given
 * @returns nothing where no gateway speaks of another server
 */
export function reasonBehindGateway(reason: string): string | undefined {
  return BEFORE.test(reason) ? reason.replace(BEFORE, "").replace(BEHIND, "") : undefined;
}
