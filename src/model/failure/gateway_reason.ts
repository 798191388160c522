/**
 * Finds the reason of the server behind a gateway in the gateway's error.
 *
 * @module
 */

/**
 * The text that LiteLLM puts before the reason (seen at its proxy 1.108.7): its error class, the provider's error class, and the prefix
 * of Python's openai package.
 */
const BEFORE = /^litellm\.\w+:\s*(?:\w+(?:Error|Exception)(?::| -)\s*)*(?:Error code: \d+ - )?/;

/** The text that LiteLLM puts after the reason. */
const BEHIND = /[.\s]*(?:Received Model Group=|Available Model Group Fallbacks=|LiteLLM Retried:)[^]*$/;

/** Returns the reason of the server behind a gateway; `undefined` if the gateway's reason is not about another server. */
export function reasonBehindGateway(reason: string): string | undefined {
  return BEFORE.test(reason) ? reason.replace(BEFORE, "").replace(BEHIND, "") : undefined;
}
