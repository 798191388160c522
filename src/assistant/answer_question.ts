/**
 * Runs one AI cell: asks the model its question and shows the answer while it arrives.
 *
 * @module
 */

import { ModelError } from "../errors.ts";
import type { CellSettings } from "../execution/cell_settings.ts";
import type { CellTelemetry } from "../execution/cell_telemetry.ts";
import type { ContextBudget, RequestSize } from "../execution/context_budget.ts";
import type { CellResult } from "../execution/execute_cell.ts";
import { cutError, cutNote, failureOutput, MODEL_ERROR_NAME, stoppedBy } from "../execution/model_failure.ts";
import type { Message, Model, TokenUsage } from "../execution/model.ts";
import { NOTE_PREFIX } from "../execution/notes.ts";
import { OutputLimit } from "../execution/output_limit.ts";
import { cutRequestNote } from "../execution/past_notes.ts";
import { conversationTokens } from "../execution/prompt/conversation_tokens.ts";
import { planReasoning } from "../execution/prompt/reasoning.ts";
import type { CellTracing } from "../execution/trace/cell_recorder.ts";
import { traceCell } from "../execution/trace/trace_cell.ts";
import type { UsageMeter } from "../execution/usage_meter.ts";
import type { Logger } from "../logger.ts";
import type { AnswerContext } from "./answer_context.ts";
import { assistantPrompt } from "./assistant_prompt.ts";
import { readErrorReport } from "./error_report.ts";
import { type AnswerHabits, hearAnswer } from "./hear_answer.ts";
import { buildQuestion, type Question, tellQuestion } from "./question_conversation.ts";

/** What an AI cell needs. */
export interface AnswerQuestionOptions extends Question, Partial<CellSettings> {
  /** Who answers. */
  model: Model;
  /** The model that the cell names. Default: none. */
  namedModel?: string;
  /** Where the answer goes. */
  context: AnswerContext;
  /** The same for all AI cells of a notebook, and for nothing else. */
  cacheKey: string;
  /** Counts what the session costs and stops it. */
  meter: UsageMeter;
  /** Knows how much the model reads, and learns it from request to request. */
  budget: ContextBudget;
  /** What is known of how the model answers; the same for all AI cells of a session. */
  habits: AnswerHabits;
  /** Interrupts the cell. */
  signal: AbortSignal;
  /** Called with the model's error if that ends the cell. */
  onModelError?: (error: ModelError) => void;
  logger: Logger;
  /** Wants a record of the exchange with the model. Default: nobody does. */
  trace?: CellTracing;
  /** Watches the cell and its model requests. Default: nobody does. */
  telemetry?: CellTelemetry;
}

/** How often a request is made smaller until its refusal counts. */
const MAX_SHRINKS = 6;

/** The most characters of a model's name that are repeated: whoever edits the notebook decides on it. */
const LONGEST_NAME = 100;

/** More characters than a token of any tokenizer stands for on the mean. */
const MOST_CHARACTERS_PER_TOKEN = 8;

/**
 * Answers a question. A model that fails ends the cell with an `error` output whose `ename` is `ModelError`; what was written before
 * stays. A cell without text succeeds without asking.
 *
 * @returns how the cell ended, after all of its outputs are flushed
 * @throws the signal's reason when the cell is interrupted; nothing is written after that
 * @throws what the context's `flush` rejects with when the outputs cannot arrive
 */
export async function answerQuestion(options: AnswerQuestionOptions): Promise<CellResult> {
  const { question, model, meter, signal, trace, telemetry } = options;
  if (telemetry !== undefined) {
    const watched = { ...options, telemetry: undefined };
    return await telemetry.observe({ kind: "ai", model, signal }, (model) => answerQuestion({ ...watched, model }));
  }
  if (trace === undefined) return await answer(options);
  const code = tellQuestion(question);
  return await traceCell({ code, model, meter, signal }, trace, (traced) => answer({ ...options, model: traced }));
}

async function answer(options: AnswerQuestionOptions): Promise<CellResult> {
  const { question, context, meter, signal, logger, maxOutputPerCell = 0 } = options;
  signal.throwIfAborted();
  if (question.trim() === "") return { status: "success" };
  const limit = new OutputLimit(maxOutputPerCell);
  const earlier = meter.total;
  try {
    const failure = await ask(options, limit);
    if (failure !== undefined) {
      const { kind, status, message } = failure;
      logger.warn("The model gave no usable answer", { kind, status, message });
      const { ename, evalue, traceback } = failureOutput(failure);
      context.error(ename, evalue, traceback);
      options.onModelError?.(failure);
    }
    if (limit.reached !== undefined) context.stderr(cutNote(limit.reached));
    await context.flush();
    const usage = meter.since(earlier);
    if (limit.reached !== undefined) return { status: "error", error: cutError(limit.reached), usage };
    if (failure === undefined) return { status: "success", usage };
    const stops = stoppedBy(failure);
    return {
      status: "error",
      error: `${MODEL_ERROR_NAME}: ${failure.message}`,
      failure: failure.kind,
      usage,
      ...(stops !== undefined && { stops }),
    };
  } finally {
    logger.debug("answer cost", { ...meter.since(earlier) });
  }
}

/** Asks with as much of the notebook as the model reads; returns why there is no whole answer. */
async function ask(options: AnswerQuestionOptions, limit: OutputLimit): Promise<ModelError | undefined> {
  const { model, budget, cacheKey, signal, reasoning = "auto", question } = options;
  const { effort } = planReasoning(reasoning, () => readErrorReport(question) !== undefined);
  const request = { tools: [], cacheKey, effort, signal };
  const head = () => tellOtherModel(options);
  head();
  for (let shrinks = 0;; shrinks++) {
    const plan = budget.plan(model.contextLength, assistantPrompt(options.systemPrompt));
    const messages = buildQuestion({ ...options, ...plan });
    const size = sizeOf(messages, options);
    try {
      const usage = await hearAnswer(messages, { ...options, request, head, limit });
      if (usage !== undefined) compare(size, usage, options);
      return undefined;
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      signal.throwIfAborted();
      const mayShrink = error.kind === "too_long" && limit.shown === 0 && shrinks < MAX_SHRINKS;
      if (!mayShrink || !budget.shrink(error, size)) return error;
    }
  }
}

/** Compares what the server has counted with what it was sent, and tells once of a server that cuts requests off without a word. */
function compare(
  size: RequestSize,
  usage: TokenUsage,
  { model, budget, context, logger }: AnswerQuestionOptions,
): void {
  // Some servers count the cached tokens apart.
  const counted = usage.cachedInput > usage.input ? usage.input + usage.cachedInput : usage.input;
  if (!budget.compare(size, counted, model.contextLength) || budget.hasToldOfCuts) return;
  budget.hasToldOfCuts = true;
  logger.warn("the model server cut the request off without saying so: its context is too small for it", {
    sent: size.all,
    read: counted,
  });
  context.stderr(cutRequestNote(size.all, counted));
}

/** Says on a line that another model answers than the one that the cell names. */
function tellOtherModel({ namedModel = "", model, context }: AnswerQuestionOptions): void {
  const named = namedModel.trim();
  if (named === "" || named === model.name) return;
  context.stderr(
    `${NOTE_PREFIX}This cell names the model ${
      JSON.stringify(named.slice(0, LONGEST_NAME))
    }, which this runtime does not have: ${model.name} answers.\n`,
  );
}

function sizeOf(messages: readonly Message[], options: AnswerQuestionOptions): RequestSize {
  const all = conversationTokens(messages);
  const past = all - conversationTokens(buildQuestion({ ...options, historyTokens: 0 }));
  return { all, past, shortPrompt: true, least: JSON.stringify(messages).length / MOST_CHARACTERS_PER_TOKEN };
}
