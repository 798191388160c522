/**
 * Estimates what an evaluation will cost, before anything is asked.
 *
 * @module
 */

import { ContextBudget } from "../../src/execution/context_budget.ts";
import { cachedAnalysis } from "../../src/execution/prompt/analysis_cache.ts";
import { buildConversation } from "../../src/execution/prompt/conversation.ts";
import { conversationTokens, toolTokens } from "../../src/execution/prompt/conversation_tokens.ts";
import { planReasoning, type ScratchWork } from "../../src/execution/prompt/reasoning.ts";
import { estimateTokens } from "../../src/execution/prompt/token_estimate.ts";
import { TOOLS } from "../../src/execution/reply/tools.ts";
import type { CellSettings } from "../../src/execution/cell_settings.ts";
import type { HistoryEntry } from "../../src/execution/history_entry.ts";
import type { UsageTotal } from "../../src/execution/usage_meter.ts";
import { needsReasoning } from "../../src/python/needs_reasoning.ts";
import type { Question } from "../ask_all.ts";
import type { Shown } from "../eval_run.ts";

/** The settings that a request's size depends on. */
export type CostSettings = Pick<CellSettings, "reasoning" | "maxHistoryLength" | "historyTokens" | "includeOutputs"> & {
  /** The model's context, in tokens. Default: unknown. */
  contextLength?: number;
};

/** The approximate size of a figure as SVG, in tokens. */
const PICTURE_TOKENS = 2_000;

/** The approximate size of a traceback, in tokens: the rule, two lines, a frame of five lines, and the last line. */
const TRACEBACK_TOKENS = 150;

/** The size of a call without its text, in tokens: the tool's name, the names of arguments, and the id. */
const CALL_TOKENS = 12;

/** The approximate size of scratch work, in tokens. A reasoning model may need many times as much. */
const SCRATCH_TOKENS: Readonly<Record<ScratchWork, number>> = { off: 0, brief: 150, full: 400 };

/**
 * Estimates the cost of asking each question once. Assumes that nothing is cached, that no cell is asked for twice,
 * and that the model does not reason by itself.
 */
export function estimateCost(questions: readonly Question[], settings: CostSettings): UsageTotal {
  const total: UsageTotal = { requests: 0, input: 0, cachedInput: 0, output: 0 };
  const tools = toolTokens(TOOLS);
  for (const { cell, prompts } of questions) {
    const { code, executionCount, history } = cell;
    const plan = planReasoning(settings.reasoning, () => needsReasoning(cachedAnalysis(code), defined(history)));
    for (const { systemPrompt } of prompts) {
      const planned = new ContextBudget(settings.historyTokens).plan(settings.contextLength, systemPrompt);
      const messages = buildConversation({ ...settings, ...planned, systemPrompt, code, executionCount, history });
      total.requests += 1;
      total.input += conversationTokens(messages) + tools;
      total.output += answerTokens(cell.accepted[0]) + SCRATCH_TOKENS[plan.scratch];
    }
  }
  return total;
}

function defined(history: readonly HistoryEntry[]): ReadonlySet<string> {
  return new Set(history.flatMap(({ code }) => cachedAnalysis(code).features.defines));
}

function answerTokens({ stdout, stderr, result, displays, error }: Shown): number {
  const texts = [stdout, stderr].filter((text) => text !== "").map(estimateTokens);
  const bundles = [...result === undefined ? [] : [result], ...displays].map((bundle) =>
    Object.entries(bundle).reduce(
      (sum, [type, data]) =>
        sum + (type.startsWith("image/") ? PICTURE_TOKENS : estimateTokens(type + JSON.stringify(data))),
      0,
    )
  );
  const errors = error === undefined ? [] : [TRACEBACK_TOKENS + 2 * estimateTokens(error.ename + error.evalue)];
  return [...texts, ...bundles, ...errors].reduce((sum, tokens) => sum + CALL_TOKENS + tokens, 0);
}
