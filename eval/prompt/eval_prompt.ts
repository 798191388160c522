/**
 * A system prompt for asking for cells.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { SYSTEM_PROMPT } from "../../src/execution/prompt/system_prompt.ts";
import type { PromptFacts } from "../eval_run.ts";

export interface EvalPrompt {
  /** `built-in`, or the file's path. */
  name: string;
  /** The text; absent for the built-in prompt, which the agent chooses by the model's context. */
  systemPrompt?: string;
}

/** The prompt that the agent itself sends. */
export const builtInPrompt: EvalPrompt = { name: "built-in" };

/** Returns the beginning of a prompt's SHA-256, in hexadecimal digits. */
export function digestOf({ systemPrompt = SYSTEM_PROMPT }: EvalPrompt): string {
  return createHash("sha256").update(systemPrompt).digest("hex").slice(0, 12);
}

/** Describes a prompt, and counts its tokens. */
export async function promptFacts(prompt: EvalPrompt): Promise<PromptFacts> {
  const { countTokens } = await import("gpt-tokenizer/encoding/o200k_base");
  return { name: prompt.name, digest: digestOf(prompt), tokens: countTokens(prompt.systemPrompt ?? SYSTEM_PROMPT) };
}
