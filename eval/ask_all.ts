/**
 * Asks a model for many cells, several at a time.
 *
 * @module
 */

import { ContextBudget } from "../src/execution/context_budget.ts";
import { UsageMeter } from "../src/execution/usage_meter.ts";
import { type Answer, askCell, type AskOptions } from "./ask_cell.ts";
import type { EvalCell } from "./eval_set.ts";

/** The options of {@linkcode askAll}. */
export interface AskAllOptions extends AskOptions {
  /** How many cells are asked for at a time. */
  concurrency: number;
  /** How many tokens, in and out, may be spent; 0 is no limit. */
  maxTokensPerSession: number;
  /** The id of the run; unique on one model server. */
  runId: string;
  /** Called with each answer. */
  onAnswer: (answer: Answer) => void;
}

/**
 * Asks for cells in several lanes. A lane takes the next cell when its last one is done, so that its cells are in the set's order. Each
 * lane has its own cache key, because a request begins like the one before it in its lane.
 *
 * @param signal aborts the run
 * @throws the signal's reason, when it is aborted
 * @throws {ModelError} of kind `session_limit` when the tokens are spent
 */
export async function askAll(cells: readonly EvalCell[], options: AskAllOptions, signal: AbortSignal): Promise<void> {
  const { concurrency, maxTokensPerSession, runId, onAnswer, ...ask } = options;
  const stopped = new AbortController();
  const either = AbortSignal.any([signal, stopped.signal]);
  const meter = new UsageMeter(maxTokensPerSession);
  const budget = new ContextBudget();
  const rest = cells.values();
  const work = async (lane: number) => {
    try {
      for (const cell of rest) {
        either.throwIfAborted();
        meter.requireTokens();
        const answer = await askCell(cell, { ...ask, budget }, `${runId}-${lane}`, either);
        meter.add(answer.usage);
        onAnswer(answer);
      }
    } catch (error) {
      stopped.abort(error);
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, cells.length) }, (_, lane) => work(lane)));
  stopped.signal.throwIfAborted();
}
