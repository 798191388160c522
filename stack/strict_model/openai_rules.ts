/**
 * The rules of OpenAI's own server. Their sources are its API reference and users' reports. Each rule names its
 * source.
 *
 * @module
 */

import { hasTools, type Refusal, type Rule } from "./chat_request.ts";
import { type Fields, isGiven } from "./fields.ts";
import { openaiMessageRules } from "./openai_message_rules.ts";
import { openaiRefusal } from "./openai_refusal.ts";

/** The parameters of the API reference, "Create chat completion", as the openai package 7 types them. */
const PARAMETERS: ReadonlySet<string> = new Set([
  ...["audio", "frequency_penalty", "function_call", "functions", "logit_bias", "logprobs", "max_completion_tokens"],
  ...["max_tokens", "messages", "metadata", "modalities", "model", "moderation", "n", "parallel_tool_calls"],
  ...["prediction", "presence_penalty", "prompt_cache_key", "prompt_cache_options", "prompt_cache_retention"],
  ...["reasoning_effort", "response_format", "safety_identifier", "seed", "service_tier", "stop", "store", "stream"],
  ...["stream_options", "temperature", "tool_choice", "tools", "top_logprobs", "top_p", "user", "verbosity"],
  ...["web_search_options"],
]);

/** The models that reason, by their names at OpenAI: https://platform.openai.com/docs/guides/reasoning. */
const REASONS = /^(?:o[1-9]|gpt-[5-9](?!.*-chat)|codex)/;

/** The models that do not reason. Names that match neither pattern are unknown. */
const DOES_NOT_REASON = /^(?:gpt-3|gpt-4|chatgpt|gpt-[5-9].*-chat)/;

/** gpt-5.4, which refuses function tools with any effort that is given. */
const REFUSES_EFFORT = /^gpt-5\.4(?!.*-chat)/;

/** gpt-5.5 and later, which refuse function tools unless the effort is `none`; by default they reason. */
const WANTS_NO_EFFORT = /^gpt-(?:5\.(?:[5-9]|\d\d)|[6-9])(?!.*-chat)/;

/** langchain_dart#712: an effort for a model that does not reason. */
const unknownParameters: Rule = (body) => {
  const isUnknown = (name: string) =>
    !PARAMETERS.has(name) || (name === "reasoning_effort" && DOES_NOT_REASON.test(modelOf(body)));
  const names = Object.keys(body).filter((name) => isGiven(body[name]) && isUnknown(name));
  if (names.length === 0) return undefined;
  return openaiRefusal(`Unrecognized request argument${names.length > 1 ? "s" : ""} supplied: ${names.join(", ")}`);
};

/** langchaingo#1355, llmcomp#69; accepted if the effort is `none`, according to the guide to gpt-5.2. */
const temperatureOfReasoningModels: Rule = (body) => {
  const { temperature } = body;
  if (!isGiven(temperature) || temperature === 1 || !REASONS.test(modelOf(body))) return undefined;
  if (body.reasoning_effort === "none") return undefined;
  return openaiRefusal(
    `Unsupported value: 'temperature' does not support ${temperature} with this model. Only the default (1) value is supported.`,
    { param: "temperature", code: "unsupported_value" },
  );
};

/** picoclaw#16, clarity-agent#59. */
const maxTokensOfReasoningModels: Rule = (body) => {
  if (!isGiven(body.max_tokens) || !REASONS.test(modelOf(body))) return undefined;
  return openaiRefusal(
    "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    { param: "max_tokens", code: "unsupported_parameter" },
  );
};

/** gpt-5.4: pipecat#4043, openai-openapi#541. From gpt-5.5 on, also if no effort is set: litellm#34569. */
const toolsWithReasoning: Rule = (body) => {
  if (!hasTools(body)) return undefined;
  const model = modelOf(body);
  const effort = body.reasoning_effort;
  const refused = (advice: string): Refusal =>
    openaiRefusal(
      `Function tools with reasoning_effort are not supported for ${model} in /v1/chat/completions. ${advice}`,
      { param: "reasoning_effort" },
    );
  if (REFUSES_EFFORT.test(model) && isGiven(effort)) return refused("Please use /v1/responses instead.");
  if (WANTS_NO_EFFORT.test(model) && effort !== "none") {
    return refused("To use function tools, use /v1/responses or set reasoning_effort to 'none'.");
  }
};

/** swarm#30, openai-openapi#287 for `parallel_tool_calls`; the same message is reported for `tool_choice`. */
const toolParametersWithoutTools: Rule = (body) => {
  if (hasTools(body)) return undefined;
  const param = ["tool_choice", "parallel_tool_calls"].find((name) => isGiven(body[name]));
  return param && openaiRefusal(
        `Invalid value for '${param}': '${param}' is only allowed when 'tools' are specified.`,
        { param },
      ) || undefined;
};

/** litellm#5803. */
const streamOptionsWithoutStream: Rule = (body) => {
  if (!isGiven(body.stream_options) || body.stream === true) return undefined;
  return openaiRefusal("The 'stream_options' parameter is only allowed when 'stream' is enabled.", {
    param: "stream_options",
  });
};

/** In the order in which they are applied. */
export const openaiRules: readonly Rule[] = [
  unknownParameters,
  streamOptionsWithoutStream,
  toolParametersWithoutTools,
  ...openaiMessageRules,
  maxTokensOfReasoningModels,
  temperatureOfReasoningModels,
  toolsWithReasoning,
];

function modelOf({ model }: Fields): string {
  return typeof model === "string" ? model : "";
}
