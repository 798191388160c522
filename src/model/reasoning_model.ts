/**
 * The models that reason by themselves before they answer, and the efforts that they take.
 *
 * @module
 */

import type { ReasoningEffort } from "../execution/model.ts";

/**
 * OpenAI's reasoning models: the o series (o1, o3-mini, o4-mini), gpt-5 and later except the chat variants, codex-mini and gpt-oss.
 * A name may have a gateway's prefix (`openai/o3`). Source: OpenAI's guide to reasoning models,
 * https://platform.openai.com/docs/guides/reasoning, and its list of models.
 */
const REASONING_MODEL = /(?:^|\/)(?:o[1-9]\d*(?:-|$)|gpt-[5-9](?!.*-chat)|codex-mini|gpt-oss)/i;

/**
 * The least effort that a model takes, by its name. The first pattern that matches counts. A model without an entry takes no less
 * than `low`. Source: OpenAI's guide to reasoning models, and the answers of its server to other values ("Supported values are: ...").
 */
const LEAST_EFFORTS: readonly [name: RegExp, effort: TakenEffort][] = [
  [/(?:^|\/)gpt-5-pro/i, "high"],
  [/(?:^|\/)gpt-5\.\d+-pro/i, "medium"],
  [/(?:^|\/)gpt-(?:5|5\.[12])-codex/i, "low"],
  [/(?:^|\/)gpt-6(?:\.\d+)?-astra/i, "low"],
  [/(?:^|\/)gpt-6\.1-sol/i, "low"],
  [/(?:^|\/)gpt-5(?:-|$)/i, "minimal"],
  [/(?:^|\/)gpt-(?:5\.[1-9]|[6-9])/i, "none"],
];

/** OpenAI's names of efforts, from the least to the greatest. */
const EFFORTS = ["none", "minimal", "low", "medium", "high"] as const;

/** An effort that a model takes. */
export type TakenEffort = typeof EFFORTS[number];

/** Whether a model of this name reasons by itself. */
export function reasonsByItself(model: string): boolean {
  return REASONING_MODEL.test(model);
}

/**
 * Returns the value for an effort: for `reasoning_effort` of chat completions
 * (https://platform.openai.com/docs/api-reference/chat/create) or `reasoning.effort` of the Responses interface
 * (https://platform.openai.com/docs/api-reference/responses/create).
 *
 * @returns the nearest value that the model takes
 */
export function reasoningEffort(model: string, effort: ReasoningEffort): TakenEffort {
  const least = LEAST_EFFORTS.find(([name]) => name.test(model))?.[1] ?? "low";
  return effort === "least" || EFFORTS.indexOf(effort) < EFFORTS.indexOf(least) ? least : effort;
}
