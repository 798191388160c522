/**
 * Answers an agent's cells with its model, and keeps the state of the session: usage, budget, and the model's last failure.
 *
 * @module
 */

import { answerQuestion } from "../assistant/answer_question.ts";
import type { AnswerHabits } from "../assistant/receive_answer.ts";
import type { ModelError } from "../errors.ts";
import { pickCellSettings } from "../execution/cell_settings.ts";
import { ContextBudget } from "../execution/context_budget.ts";
import { type CellResult, executeCell } from "../execution/execute_cell.ts";
import type { CellTelemetry } from "../execution/cell_telemetry.ts";
import type { Model } from "../execution/model.ts";
import type { CellTracing } from "../execution/trace/cell_recorder.ts";
import type { CellTrace } from "../execution/trace/cell_trace.ts";
import { type SessionUsage, type UsageEvent, UsageMeter } from "../execution/usage_meter.ts";
import type { Logger } from "../logger.ts";
import type { ModelFailure } from "../model/model_failure.ts";
import type { Assistant, CellJob, QuestionJob } from "../notebook/cell_service.ts";
import type { ClaimedRequest } from "../notebook/job.ts";
import { isOpenAI } from "../options/model_server.ts";
import { priceOf } from "../options/model_prices.ts";
import type { AIPythonSettings } from "../options/settings.ts";
import { secretsOf } from "../options/secrets_of.ts";
import { traceInto } from "../options/trace_into.ts";

export interface CellAnswersOptions {
  settings: Readonly<AIPythonSettings>;
  /** Called with the usage of each cell; must not throw. Default: usage is not reported. */
  onUsage?: (usage: UsageEvent) => void;
  /** Called with the trace of each cell; must not throw. Default: cells are not traced. */
  onTrace?: (trace: CellTrace) => void;
  logger: Logger;
}

export class CellAnswers {
  readonly #options: CellAnswersOptions;
  #meter: UsageMeter;
  readonly #budget: ContextBudget;
  readonly #habits: AnswerHabits = {};
  #cells = 0;
  #model: Model | undefined;
  #telemetry: CellTelemetry | undefined;
  /** The model's last failure; `undefined` if there was none, or a cell was answered since. */
  modelFailure: ModelFailure | undefined;

  constructor(options: CellAnswersOptions) {
    const { settings } = options;
    this.#options = options;
    this.#meter = new UsageMeter(settings, priceOf(settings));
    this.#budget = new ContextBudget(settings.historyTokens);
  }

  /** The name of the model that answers. It is that of the settings until {@linkcode CellAnswers.use} sets another one. */
  get model(): string {
    return this.#model?.name ?? this.#options.settings.model;
  }

  get usage(): SessionUsage {
    return { cells: this.#cells, ...this.#meter.total };
  }

  /**
   * Sets the model. Must be called before the first cell.
   *
   * @param telemetry observes the cells. Default: none
   */
  use(model: Model, telemetry?: CellTelemetry): void {
    const { settings } = this.#options;
    this.#model = model;
    this.#telemetry = telemetry;
    this.#meter = new UsageMeter(settings, priceOf({ ...settings, model: model.name }));
  }

  /** Answers AI cells. The provider is only a label in the notebook; it does not disclose the address of the model's server. */
  get assistant(): Assistant {
    const { model: name } = this;
    const provider = isOpenAI(this.#options.settings.baseUrl) ? "openai" : "aipython";
    return {
      model: { name, displayName: name, provider, capabilities: ["completion", "tools"] },
      answer: (job) => this.#answer(job),
    };
  }

  async execute(job: CellJob): Promise<CellResult> {
    const { cellId, context, history, files, code, executionCount, signal } = job;
    return await this.#counted(cellId, (onModelError) =>
      executeCell({
        model: this.#connected,
        context,
        history,
        files,
        code,
        executionCount,
        cacheKey: this.#options.settings.notebookId,
        signal,
        ...this.#common(job),
        onModelError,
      }));
  }

  async #answer(job: QuestionJob): Promise<CellResult> {
    return await this.#counted(job.cellId, (onModelError) =>
      answerQuestion({
        ...job,
        model: this.#connected,
        cacheKey: `${this.#options.settings.notebookId}-ai`,
        ...this.#common(job),
        habits: this.#habits,
        onModelError,
      }));
  }

  get #connected(): Model {
    if (this.#model === undefined) throw new Error("a cell was run before the agent was started");
    return this.#model;
  }

  #common(request: ClaimedRequest) {
    const { settings, logger } = this.#options;
    return {
      ...pickCellSettings(settings),
      meter: this.#meter,
      budget: this.#budget,
      logger,
      trace: this.#tracing(request),
      telemetry: this.#telemetry,
    };
  }

  /** Serves a cell, stores the model's failure if there was one, and reports the usage. */
  async #counted(
    cellId: string,
    serve: (onModelError: (error: ModelError) => void) => Promise<CellResult>,
  ): Promise<CellResult> {
    const earlier = this.#meter.total;
    let failure: ModelFailure | undefined;
    try {
      const result = await serve(({ kind, status, message }) => failure = { kind, status, message });
      const wasAsked = result.usage !== undefined && result.usage.requests > 0;
      if (failure !== undefined || wasAsked) this.modelFailure = failure;
      return result;
    } finally {
      this.#cells += 1;
      this.#options.onUsage?.({ cellId, cell: this.#meter.since(earlier), session: this.usage });
    }
  }

  #tracing({ cellId, queueId }: ClaimedRequest): CellTracing | undefined {
    const { settings, onTrace } = this.#options;
    return onTrace && traceInto(onTrace, secretsOf(settings), { notebookId: settings.notebookId, cellId, queueId });
  }
}
