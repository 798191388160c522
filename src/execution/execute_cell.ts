/**
 * Runs one cell: asks a model what it would output and writes that to an execution context.
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
 * What {@linkcode executeCell} needs. Without settings, all earlier cells are sent with their outputs, `reasoning` and `toolMode` are
 * `auto`, and the output has no limit.
 */
export interface ExecuteCellOptions
  extends Partial<CellSettings>, Omit<ConversationOptions, "plan" | keyof ConversationPlan | "hasInput"> {
  /** Who plays IPython. */
  model: Model;
  /** Where the outputs go. */
  context: ExecutionContext;
  /** When the cell is run, which the model is told where the notebook reads the clock. Default: now. */
  date?: Date;
  /** The same for all cells of a notebook, so that the provider's prompt cache finds them: the notebook's id. */
  cacheKey?: string;
  /** Counts what the session costs and stops it; a new one without a limit, unless given. */
  meter?: UsageMeter;
  /** Knows how much of the past the model reads, and learns it from cell to cell; a new one, unless given. */
  budget?: ContextBudget;
  /** Interrupts the cell. */
  signal: AbortSignal;
  /** Called with the model's error if that ends the cell. */
  onModelError?: (error: ModelError) => void;
  /** Silent, unless given. */
  logger?: Logger;
  /** Wants a record of the exchange with the model. A cell without code has none. Default: nobody does. */
  trace?: CellTracing;
  /** Watches the cell and its model requests. Default: nobody does. */
  telemetry?: CellTelemetry;
}

/**
 * How a cell ended.
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
  /** `error` when the code raised an exception or the model gave no usable answer. */
  status: "success" | "error";
  /** The exception, as `ename: evalue`. */
  error?: string;
  /** How the model failed, if that ended the cell; `invalid_answer` also where it was asked again in vain. */
  failure?: ModelErrorKind;
  /** What it cost; absent where the model was not asked. */
  usage?: UsageTotal;
  /**
   * What should not be run after it: what was requested together with it (`run`), because its code raised or the session has spent its
   * tokens, or whatever waits (`queue`), because the model's server refuses the key. Default: all of it should.
   */
  stops?: "run" | "queue";
}

/**
 * Runs one cell. Text for stdout and stderr reaches the context while the model is still writing it.
 *
 * A model that fails ends the cell with an `error` output whose `ename` is `ModelError`, one that gives no usable answer even when
 * it is asked again with a note on stderr, and one that does not stop with a note that the output was cut; what was written before
 * stays. Where the context has `input`, the model may ask the person, and is asked to go on with what was typed. A cell without code succeeds without asking. The prompts of a session that code was copied from are taken out, here and in
 * earlier cells.
 *
 * @returns how the cell ended, after all of its outputs are flushed
 * @throws the signal's reason when the cell is interrupted; nothing is written after that
 * @throws what the context's `flush` rejects with when the outputs cannot arrive
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

/** A cell that has run, with the code that ran. */
function asRun(entry: HistoryEntry): HistoryEntry {
  const code = withoutPrompts(entry.code);
  return code === entry.code ? entry : { ...entry, code };
}

/** Has the dialogue; returns what kept the model from an answer. A Python exception is one. */
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
