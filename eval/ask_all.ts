/**
 * Asks a model for many cells, several at a time.
 *
 * @module
 */

import { ContextBudget } from "../src/execution/context_budget.ts";
import type { Price } from "../src/execution/price.ts";
import { type UsageLimits, UsageMeter } from "../src/execution/usage_meter.ts";
import { type Answer, askCell, type AskOptions } from "./ask_cell.ts";
import type { EvalCell } from "./eval_set.ts";
import { FailureStreak } from "./failure_streak.ts";
import type { EvalPrompt } from "./prompt/eval_prompt.ts";

/** A cell and the prompts to ask for it with. */
export interface Question {
  cell: EvalCell;
  /** The system prompts, in the order in which they are sent. */
  prompts: readonly EvalPrompt[];
}

export interface AskAllOptions extends Omit<AskOptions, "systemPrompt" | "budget"> {
  concurrency: number;
  /** The limit of the cost. */
  limits: UsageLimits;
  /** Default: unknown. */
  price?: Price;
  /** The id of the run; unique on one model server. */
  runId: string;
  /** Called with each answer and its prompt. */
  onAnswer: (answer: Answer, prompt: EvalPrompt) => void;
}

/**
 * Asks questions in several lanes. A lane takes the next question when its last one is done, so its cells are in the
 * set's order. It asks for a cell with one prompt after the other, so that a change of the server affects all
 * prompts. Each lane has a cache key for each session and prompt, because a request begins like the one before it in
 * its lane.
 *
 * @param signal aborts the run
 * @throws the signal's reason, when it is aborted
 * @throws {ModelError} of kind `session_limit` when the cost limit is reached, or of another kind when the model
 * fails cell after cell
 * @throws {RefusedError} when the API key is refused cell after cell
 */
export async function askAll(
  questions: readonly Question[],
  options: AskAllOptions,
  signal: AbortSignal,
): Promise<void> {
  const { concurrency, limits, price, runId, onAnswer, ...ask } = options;
  const stopped = new AbortController();
  const either = AbortSignal.any([signal, stopped.signal]);
  const meter = new UsageMeter(limits, price);
  const failures = new FailureStreak();
  const prompts = [...new Set(questions.flatMap(({ prompts }) => prompts))];
  const budgets = prompts.map(() => new ContextBudget(ask.historyTokens));
  const rest = questions.values();
  const work = async (lane: number) => {
    try {
      for (const { cell, prompts: inOrder } of rest) {
        for (const prompt of inOrder) {
          either.throwIfAborted();
          meter.requireBudget();
          const index = prompts.indexOf(prompt);
          const asked = { ...ask, systemPrompt: prompt.systemPrompt, budget: budgets[index] };
          const key = [runId, lane, ...(cell.session ? [cell.session] : []), ...(index === 0 ? [] : [index])].join("-");
          const answer = await askCell(cell, asked, key, either);
          meter.add(answer.usage);
          onAnswer(answer, prompt);
          failures.add(answer);
        }
      }
    } catch (error) {
      stopped.abort(error);
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, questions.length) }, (_, lane) => work(lane)));
  stopped.signal.throwIfAborted();
}
