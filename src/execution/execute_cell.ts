/**
 * Runs one cell: asks a model for its outputs and writes them to an execution context.
 *
 * @module
 */

import { systemClock } from "../async/clock.ts";
import { ModelError, type ModelErrorKind } from "../errors.ts";
import { type Logger, silentLogger } from "../logger.ts";
import type { CellAnalysis } from "../python/analyse_cell.ts";
import { withoutPrompts } from "../python/cell_source.ts";
import { needsReasoning } from "../python/needs_reasoning.ts";
import { CellDialogue } from "./cell_dialogue.ts";
import type { CellSettings } from "./cell_settings.ts";
import type { CellTelemetry } from "./cell_telemetry.ts";
import { CellConversation } from "./cell_conversation.ts";
import { ContextBudget, type ConversationPlan } from "./context_budget.ts";
import type { ConversationOptions } from "./prompt/conversation.ts";
import { type HistoryEntry, wasAnswered } from "./history_entry.ts";
import type { ExecutionContext } from "./execution_context.ts";
import { cachedAnalysis } from "./prompt/analysis_cache.ts";
import { IPythonOutput } from "./ipython_output.ts";
import { cutError, cutNote, failureNote, failureOutput, MODEL_ERROR_NAME, stoppedBy } from "./model_failure.ts";
import type { Model } from "./model.ts";
import { planReasoning, type ReasoningPlan } from "./prompt/reasoning.ts";
import { toolsOf } from "./reply/tools.ts";
import type { CellRecorder, CellTracing } from "./trace/cell_recorder.ts";
import { traceCell } from "./trace/trace_cell.ts";
import { UsageMeter, type UsageTotal } from "./usage_meter.ts";

/**
 * The options of {@linkcode executeCell}. By default, all earlier cells are sent with their outputs, `reasoning` and `toolMode` are
 * `auto`, and the output has no limit.
 */
export interface ExecuteCellOptions
  extends Partial<CellSettings>, Omit<ConversationOptions, "plan" | keyof ConversationPlan | "hasInput"> {
  model: Model;
  context: ExecutionContext;
  /** The time of the execution. It is sent to the model if the notebook reads the clock. Default: now. */
  date?: Date;
  /** The key of the provider's prompt cache. It must be the same for all cells of a notebook, for example the notebook's id. */
  cacheKey?: string;
  /** Counts the cost of the session and enforces its limit. Default: a new meter without a limit. */
  meter?: UsageMeter;
  /** Decides how much of the history is sent, and learns from each request how much the model reads. Default: a new budget. */
  budget?: ContextBudget;
  signal: AbortSignal;
  /** Called with the model's error if it ends the cell. */
  onModelError?: (error: ModelError) => void;
  /** Default: no logging. */
  logger?: Logger;
  /** Receives a record of the exchange with the model. There is no record of a cell without code. Default: no record. */
  trace?: CellTracing;
  /** Observes the cell and its model requests. Default: no telemetry. */
  telemetry?: CellTelemetry;
}

/**
 * The end of a cell.
 *
 * ```ts
 * import { CellOutputs, type CellResult, createModel, executeCell } from "@runt/aipython-runtime-agent";
 *
 * const result: CellResult = await executeCell("2 + 2", { model: await createModel(), context: new CellOutputs() });
 * if (result.failure !== undefined) console.error(`the model failed: ${result.error}`);
 * else if (result.status === "error") console.error(`the code raised ${result.error}`);
 * console.log(result.usage?.output);
 * ```
 */
export interface CellResult {
  /** `error` if the code raised an exception or the model gave no usable answer. */
  status: "success" | "error";
  /** The exception, as `ename: evalue`. */
  error?: string;
  /** The kind of the model's failure, if it ended the cell. `invalid_answer` if asking the model again did not help. */
  failure?: ModelErrorKind;
  /** The cost of the cell. Absent if the model was not asked. */
  usage?: UsageTotal;
  /**
   * The waiting cells that should not run. `run`: the rest of the same request, because the code raised an exception or the session
   * has reached its limit. `queue`: all waiting cells, because the model's server refuses the key. Default: none.
   */
  stops?: "run" | "queue";
}

/**
 * Runs one cell. Text on stdout and stderr reaches the context while the model is still writing it.
 *
 * If the model fails, the cell ends with an `error` output whose `ename` is `ModelError`. If it gives no usable answer even when it
 * is asked again, the cell ends with a note on stderr. If it does not stop, its output is cut and a note says so. All earlier
 * output is kept. If the context has `input`, the model may ask the person and then continues with the answer. A cell without code
 * succeeds without a request. Copied prompts are removed from this cell and from earlier ones.
 *
 * @returns the end of the cell, after all of its outputs are flushed
 * @throws the signal's reason if the cell is interrupted; nothing is written after that
 * @throws the error of the context's `flush` if the outputs cannot be delivered
 */
export async function executeCell(given: ExecuteCellOptions): Promise<CellResult> {
  const { trace, meter = new UsageMeter(), telemetry, ...watched } = given;
  if (telemetry !== undefined) {
    return await telemetry.observe(
      { kind: "code", ...given },
      (model) => executeCell({ ...watched, trace, meter, model }),
    );
  }
  if (trace === undefined) return await answerCell(given);
  const code = withoutPrompts(given.code);
  return await traceCell(
    { ...given, code, meter },
    trace,
    (model, recorder) => answerCell({ ...given, meter, model }, recorder),
  );
}

async function answerCell(given: ExecuteCellOptions, recorder?: CellRecorder): Promise<CellResult> {
  const { date = systemClock.date() } = given;
  const options = { ...given, date, code: withoutPrompts(given.code), history: given.history.map(asRun) };
  const { context, code, executionCount, signal, toolMode = "auto", logger = silentLogger } = options;
  const {
    model,
    cacheKey,
    meter = new UsageMeter(),
    budget = new ContextBudget(options.historyTokens),
    maxOutputPerCell = 0,
  } = options;
  signal.throwIfAborted();
  const analysis = cachedAnalysis(code);
  if (analysis.isEmpty) return { status: "success" };
  const { expressions, mustOutput, features: { plots } } = analysis;
  const hasResult = analysis.result !== "none";
  const output = new IPythonOutput({
    context,
    executionCount,
    code,
    hasResult,
    expressions,
    mustOutput,
    maxCharacters: maxOutputPerCell,
    logger,
  });
  const plan = planFor(options, analysis);
  const hasInput = context.input !== undefined;
  const tools = [...toolsOf(hasInput)];
  const request = { tools, cacheKey, effort: plan.effort, callsAsText: toolMode === "text", signal };
  const history = options.history.filter(wasAnswered);
  const conversation = new CellConversation({ ...options, hasInput, history, plan, budget, logger });
  const earlier = meter.total;
  try {
    const end = await play(
      new CellDialogue({
        model,
        request,
        conversation,
        context,
        code,
        output,
        executionCount,
        toolMode,
        mustOutput,
        plots,
        meter,
        logger,
        recorder,
      }),
      output,
    );
    signal.throwIfAborted();
    if (end === undefined) output.end();
    else output.settle();
    if (end instanceof ModelError) {
      const { kind, status, message } = end;
      logger.warn("The model gave no usable answer", { kind, status, message });
      const { ename, evalue, traceback } = failureOutput(end);
      context.error(ename, evalue, traceback);
      options.onModelError?.(end);
    } else if (end !== undefined) {
      logger.warn("The model gave no usable answer", { kind: "invalid_answer", message: end });
      output.note(failureNote(end));
    }
    const { limit } = output;
    if (limit !== undefined) {
      logger.warn("A cell's output was cut", { executionCount, limit });
      output.note(cutNote(limit));
    }
    conversation.takeNotes().forEach((note) => output.note(note));
    await context.flush();
    const error = limit !== undefined
      ? cutError(limit)
      : output.raised ?? (end && `${MODEL_ERROR_NAME}: ${end instanceof ModelError ? end.message : end}`);
    const usage = meter.since(earlier);
    if (error === undefined) return { status: "success", usage };
    const stops = output.raised !== undefined ? "run" : end instanceof ModelError ? stoppedBy(end) : undefined;
    const failure = end instanceof ModelError ? end.kind : end === undefined ? undefined : "invalid_answer";
    return {
      status: "error",
      error,
      ...(failure !== undefined && { failure }),
      usage,
      ...(stops !== undefined && { stops }),
    };
  } finally {
    logger.debug("cell cost", { executionCount, ...meter.since(earlier) });
  }
}

/** Replaces the code of an earlier cell by the code that ran, without copied prompts. */
function asRun(entry: HistoryEntry): HistoryEntry {
  const code = withoutPrompts(entry.code);
  return code === entry.code ? entry : { ...entry, code };
}

/** Runs the dialogue. Returns the reason why the model gave no answer, or `undefined`. A Python exception counts as an answer. */
async function play(dialogue: CellDialogue, output: IPythonOutput): Promise<ModelError | string | undefined> {
  try {
    return await dialogue.run();
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    return output.raised === undefined ? error : undefined;
  }
}

function planFor({ reasoning = "auto", history }: ExecuteCellOptions, analysis: CellAnalysis): ReasoningPlan {
  return planReasoning(reasoning, () => needsReasoning(analysis, definedIn(history.filter(wasAnswered))));
}

function definedIn(history: readonly HistoryEntry[]): ReadonlySet<string> {
  return new Set(history.flatMap(({ code }) => cachedAnalysis(code).features.defines));
}
