/**
 * Which models reason by themselves before they answer, and how they are told how much.
 *
 * @module
 */

import type { ReasoningEffort } from "../execution/model.ts";

/**
 * OpenAI's reasoning models: the o series (o1, o3-mini, o4-mini), gpt-5 and later but for its chat variants, codex-mini and
 * gpt-oss, also behind a gateway's prefix (`openai/o3`). After OpenAI's guide to reasoning models,
 * https://platform.openai.com/docs/guides/reasoning, and its list of models.
 */
const REASONING_MODEL = /(?:^|\/)(?:o[1-9]\d*(?:-|$)|gpt-[5-9](?!.*-chat)|codex-mini|gpt-oss)/i;

/** gpt-5 before 5.1, the only models that take `minimal`. */
const TAKES_MINIMAL = /(?:^|\/)gpt-5(?:-|$)/i;

/** gpt-5.1 and later, the first models that take `none`. */
const TAKES_NONE = /(?:^|\/)gpt-(?:5\.[1-9]|[6-9])/i;

/** Whether a model of this name reasons by itself. */
export function reasonsByItself(model: string): boolean {
  return REASONING_MODEL.test(model);
}

/**
 * How an effort is told to a model, as the parameter `reasoning_effort` of chat completions. The least is `none` from gpt-5.1
 * on, `minimal` for gpt-5 and `low` for all others (https://platform.openai.com/docs/api-reference/chat/create).
 *
 * @param model the model's name
 * @param effort how much it is to reason
 */
export function reasoningEffort(
  model: string,
  effort: ReasoningEffort,
): "none" | "minimal" | "low" | "medium" | "high" {
  if (effort !== "least") return effort;
  return TAKES_NONE.test(model) ? "none" : TAKES_MINIMAL.test(model) ? "minimal" : "low";
}
