/**
 * What servers call the reason why an answer ended, in our words.
 *
 * @module
 */

/**
 * Why an answer ended. Besides what the core distinguishes: `malformed`, the model made a call that its server could not read, and
 * `error`, the server or somebody before it failed.
 */
export type EndReason = "stop" | "tool_calls" | "length" | "content_filter" | "malformed" | "error";

/** Words that stand for no reason at all. */
const NO_REASON = /^(?:|null|none|undefined)$/i;

/**
 * The words by which reasons are known, the first that fits; everything else is `stop`. OpenAI's own are `stop`, `length`,
 * `tool_calls`, `function_call` (its old form) and `content_filter`. The others come from Gemini (`MAX_TOKENS`, `RECITATION`,
 * `function_call_filter: MALFORMED_FUNCTION_CALL`), Anthropic (`tool_use`, `model_context_window_exceeded`, `refusal`), Mistral
 * (`model_length`), GLM (`sensitive`, `network_error`), DeepSeek (`insufficient_system_resource`), vLLM (`abort`) and Bedrock
 * (`guardrail_intervened`).
 */
const WORDS: readonly [RegExp, EndReason][] = [
  [/malformed|function_call_filter|unexpected_tool_call|too_many_tool_calls|tool_use_failed/, "malformed"],
  [/length|max_?(?:\w+_)?tokens|token_limit|context_window/, "length"],
  [/filter|safety|sensitive|recitation|blocklist|prohibited|spii|guardrail|refusal/, "content_filter"],
  [/error|abort|insufficient_system_resource|overloaded|timeout/, "error"],
  [/tool_?(?:calls?|use)|function_?call/, "tool_calls"],
];

/**
 * Reads the reason that a server gives.
 *
 * @param word its `finish_reason`
 * @param native what a provider behind it gave; of interest if the call was malformed, which gateways call an error or a stop
 * @returns `undefined` where it gives none
 */
export function readEndReason(word: unknown, native?: unknown): EndReason | undefined {
  if (typeof word !== "string" || NO_REASON.test(word)) return undefined;
  return meaning(native) === "malformed" ? "malformed" : meaning(word);
}

/** The reason that counts when a server has given two: the first that is a cause for concern, or else the more telling one. */
export function graverReason<Reason extends EndReason>(first: Reason | undefined, second: Reason): Reason {
  if (first === undefined || first === "stop") return second;
  return first === "tool_calls" && second !== "stop" ? second : first;
}

function meaning(word: unknown): EndReason {
  const lower = String(word ?? "").toLowerCase();
  return WORDS.find(([pattern]) => pattern.test(lower))?.[1] ?? "stop";
}
