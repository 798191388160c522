/**
 * Reads the finish reasons of different servers.
 *
 * @module
 */

/**
 * The reason for the end of an answer. Two values do not exist outside of this folder: `malformed`, the model made a call that its
 * server could not read, and `error`, the server or a gateway before it failed.
 */
export type EndReason = "stop" | "tool_calls" | "length" | "content_filter" | "malformed" | "error";

/** Words that mean that there is no reason yet. */
const NO_REASON = /^(?:|null|none|undefined)$/i;

/**
 * The words of each reason. The first pattern that matches counts; everything else is `stop`. OpenAI's own words are `stop`, `length`,
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
 * @param word the `finish_reason` of the server
 * @param native the reason of the provider behind a gateway. It counts only if it is `malformed`, which gateways turn into an error or a
 * stop
 * @returns `undefined` if there is no reason
 */
export function readEndReason(word: unknown, native?: unknown): EndReason | undefined {
  if (typeof word !== "string" || NO_REASON.test(word)) return undefined;
  return meaning(native) === "malformed" ? "malformed" : meaning(word);
}

/** Returns the more serious of two reasons: the first that is not `stop` or `tool_calls`, or else `tool_calls` before `stop`. */
export function moreSeriousReason<Reason extends EndReason>(first: Reason | undefined, second: Reason): Reason {
  if (first === undefined || first === "stop") return second;
  return first === "tool_calls" && second !== "stop" ? second : first;
}

function meaning(word: unknown): EndReason {
  const lower = String(word ?? "").toLowerCase();
  return WORDS.find(([pattern]) => pattern.test(lower))?.[1] ?? "stop";
}
