/**
 * Runs one AI cell: sends its question to the model and shows the answer while it arrives.
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
import { type AnswerHabits, receiveAnswer } from "./receive_answer.ts";
import { buildQuestion, formatQuestion, type Question } from "./question_conversation.ts";

export interface AnswerQuestionOptions extends Question, Partial<CellSettings> {
  model: Model;
  /** The model that the cell names. Default: none. */
  namedModel?: string;
  /** Receives the answer. */
  context: AnswerContext;
  /** The key of the provider's prompt cache. All AI cells of a notebook share it, and nothing else uses it. */
  cacheKey: string;
  /** Counts the cost of the session and enforces its limit. */
  meter: UsageMeter;
  /** Decides how much is sent, and learns from each request how much the model reads. */
  budget: ContextBudget;
  /** Properties of the model's answers that the session has learned. All AI cells of a session share them. */
  habits: AnswerHabits;
  signal: AbortSignal;
  /** Called with the model's error if it ends the cell. */
  onModelError?: (error: ModelError) => void;
  logger: Logger;
  /** Receives a record of the exchange with the model. Default: no record. */
  trace?: CellTracing;
  /** Observes the cell and its model requests. Default: no telemetry. */
  telemetry?: CellTelemetry;
}

/** The number of times that a too long request is made smaller before the error is reported. */
const MAX_SHRINKS = 6;

/** The number of characters of a model's name that are shown. Anyone who edits the notebook can write the name. */
const LONGEST_NAME = 100;

/** A number of characters that is above the average per token of every tokenizer. */
const MOST_CHARACTERS_PER_TOKEN = 8;

/**
 * Answers a question. If the model fails, the cell ends with an `error` output whose `ename` is `ModelError`; the text before it is
 * kept. A cell without text succeeds without a request.
 *
 * @returns the end of the cell, after all of its outputs are flushed
 * @throws the signal's reason if the cell is interrupted; nothing is written after that
 * @throws the error of the context's `flush` if the outputs cannot be delivered
 */
export async function answerQuestion(options: AnswerQuestionOptions): Promise<CellResult> {
  const { question, model, meter, signal, trace, telemetry } = options;
  if (telemetry !== undefined) {
    const watched = { ...options, telemetry: undefined };
    return await telemetry.observe({ kind: "ai", model, signal }, (model) => answerQuestion({ ...watched, model }));
  }
  if (trace === undefined) return await answer(options);
  const code = formatQuestion(question);
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

/** Sends as much of the notebook as the model reads. Returns the error if there is no complete answer. */
async function ask(options: AnswerQuestionOptions, limit: OutputLimit): Promise<ModelError | undefined> {
  const { model, budget, cacheKey, signal, reasoning = "auto", question } = options;
  const { effort } = planReasoning(reasoning, () => readErrorReport(question) !== undefined);
  const request = { tools: [], cacheKey, effort, signal };
  const head = () => noteOtherModel(options);
  head();
  for (let shrinks = 0;; shrinks++) {
    const plan = budget.plan(model.contextLength, assistantPrompt(options.systemPrompt));
    const messages = buildQuestion({ ...options, ...plan });
    const size = sizeOf(messages, options);
    try {
      const usage = await receiveAnswer(messages, { ...options, request, head, limit });
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

/** Compares the server's token count with the size of the request. Warns once if the server silently truncated it. */
function compare(
  size: RequestSize,
  usage: TokenUsage,
  { model, budget, context, logger }: AnswerQuestionOptions,
): void {
  // Some servers count cached tokens separately.
  const counted = usage.cachedInput > usage.input ? usage.input + usage.cachedInput : usage.input;
  if (!budget.compare(size, counted, model.contextLength) || budget.hasReportedCuts) return;
  budget.hasReportedCuts = true;
  logger.warn("the model server silently truncated the request, because its context is too small", {
    sent: size.all,
    read: counted,
  });
  context.stderr(cutRequestNote(size.all, counted));
}

/** Notes that a model other than the one named by the cell answers. */
function noteOtherModel({ namedModel = "", model, context }: AnswerQuestionOptions): void {
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
