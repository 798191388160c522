/**
 * The agent: attaches to a notebook as its runtime and lets a model play IPython.
 *
 * @module
 */

import process from "node:process";
import { type ModelError, UndeliveredError } from "./errors.ts";
import { answerQuestion } from "./assistant/answer_question.ts";
import type { AnswerHabits } from "./assistant/hear_answer.ts";
import { pickCellSettings } from "./execution/cell_settings.ts";
import { type CellResult, executeCell } from "./execution/execute_cell.ts";
import { ContextBudget } from "./execution/context_budget.ts";
import { type SessionUsage, type UsageEvent, UsageMeter } from "./execution/usage_meter.ts";
import type { CellTelemetry } from "./execution/cell_telemetry.ts";
import { silentLogger } from "./logger.ts";
import { connectModel } from "./model/connect_model.ts";
import type { ModelFailure } from "./model/model_failure.ts";
import type { OpenAIModel } from "./model/openai_model.ts";
import type { Attachment } from "./notebook/attachment.ts";
import type { Assistant, CellJob, QuestionJob } from "./notebook/cell_service.ts";
import type { ClaimedRequest } from "./notebook/execution_queue.ts";
import type { RequestLimiter } from "./async/request_limiter.ts";
import { isOpenAI } from "./options/model_server.ts";
import type { CellTracing } from "./execution/trace/cell_recorder.ts";
import type { CellTrace } from "./execution/trace/cell_trace.ts";
import type { AgentStatus } from "./options/agent_status.ts";
import { traceInto } from "./options/trace_into.ts";
import { type AIPythonAgentOptions, type AIPythonSettings, resolveSettings } from "./options/mod.ts";
import { priceOf } from "./options/model_prices.ts";
import { openCellSpans } from "./telemetry/cell_spans.ts";

/**
 * A runtime agent for one notebook.
 *
 * ```ts
 * import { AIPythonAgent } from "@runt/aipython-runtime-agent";
 *
 * const agent = new AIPythonAgent({ model: "gpt-4o-mini", maxHistoryLength: 20, includeOutputs: true });
 * await agent.start();
 * await agent.keepAlive();
 * ```
 *
 * It neither exits the process, nor prints, nor listens to signals: that is up to whoever uses it.
 */
export class AIPythonAgent {
  /** The settings in force: what was given, else the environment, else the defaults. They hold the secrets. */
  readonly settings: Readonly<AIPythonSettings>;
  readonly #logger;
  readonly #onStatus: ((status: AgentStatus) => void) | undefined;
  readonly #onUsage: ((usage: UsageEvent) => void) | undefined;
  readonly #onTrace: ((trace: CellTrace) => void) | undefined;
  readonly #requestLimiter: RequestLimiter | undefined;
  #meter: UsageMeter;
  readonly #budget: ContextBudget;
  readonly #habits: AnswerHabits = {};
  readonly #isModelChosen: boolean;
  readonly #ending = new AbortController();
  #cells = 0;
  #starting: Promise<Attachment> | undefined;
  #model: OpenAIModel | undefined;
  #modelFailure: ModelFailure | undefined;
  #telemetry: CellTelemetry | undefined;

  /**
   * Makes an agent. Nothing is connected yet.
   *
   * @param options what is left out, or is `undefined`, is read from the environment, or has a default
   * @throws {ConfigurationError} naming everything that is missing or wrong
   */
  constructor(options: AIPythonAgentOptions = {}) {
    const { settings, origins } = resolveSettings(options, { environment: options.environment ?? process.env });
    this.settings = settings;
    this.#isModelChosen = origins.model?.source !== "default";
    this.#logger = options.logger ?? silentLogger;
    this.#onStatus = options.onStatus;
    this.#onUsage = options.onUsage;
    this.#onTrace = options.onTrace;
    this.#requestLimiter = options.requestLimiter;
    this.#meter = new UsageMeter(this.settings, priceOf(this.settings));
    this.#budget = new ContextBudget(this.settings.historyTokens);
  }

  /** The model that answers the cells: the one of the settings, until `start` has found that another one must be taken. */
  get model(): string {
    return this.#model?.name ?? this.settings.model;
  }

  /** What this agent's model requests have cost so far. */
  get usage(): SessionUsage {
    return { cells: this.#cells, ...this.#meter.total };
  }

  /** How the model failed last: nothing once a cell was answered, or while nothing has gone wrong. */
  get modelFailure(): ModelFailure | undefined {
    return this.#modelFailure;
  }

  /**
   * Attaches to the notebook; resolves when its cells are being served. A second call waits for the first.
   *
   * @throws {RefusedError} the notebook's server does not take the token, or the model's server not the API key
   * @throws {SyncUnreachableError} the notebook's server was not reached within `connectTimeout`, or is not one
   * @throws {DisplacedError} the session was ended in the notebook meanwhile, by a newer runtime or by a person
   */
  async start(): Promise<void> {
    this.#starting ??= this.#start();
    await this.#starting;
  }

  /**
   * Stays as long as the agent serves the notebook: resolves after {@linkcode AIPythonAgent.shutdown}.
   *
   * @throws {DisplacedError} another runtime has taken the notebook over, or somebody has ended the session in the notebook
   * @throws {RefusedError} the server does not take the token any more
   * @throws {LogReplacedError} the server has come back with another log of the notebook; a new agent serves that
   */
  async keepAlive(): Promise<void> {
    const attachment = await (this.#starting ??= this.#start());
    await attachment.ended;
  }

  /**
   * Stops: the running cell is cancelled, what is on its way is delivered, and the session is ended. It takes 5 s at most. Requests
   * that wait are left to the next runtime.
   *
   * @throws {UndeliveredError} the notebook's server did not take the last events in time
   */
  async shutdown(): Promise<void> {
    this.#ending.abort(new Error("the agent was shut down while it was starting"));
    const attachment = await this.#starting?.catch((error) => {
      // Anything else is for whoever started it.
      if (error instanceof UndeliveredError) throw error;
    });
    await attachment?.shutdown();
  }

  /**
   * Stops as {@linkcode AIPythonAgent.shutdown} does, but only once the cell that runs has ended by itself, however long that takes. No
   * other is begun. A call of `shutdown` meanwhile cancels the cell.
   *
   * @throws {UndeliveredError} the notebook's server did not take the last events in time
   */
  async retire(): Promise<void> {
    const attachment = await this.#starting?.catch(() => undefined);
    await attachment?.finish();
    await this.shutdown();
  }

  /** Says once what the session has cost, however it ended. */
  #reportUsage(): void {
    if (this.usage.cells > 0) this.#logger.info("session usage", { ...this.usage });
  }

  async #start(): Promise<Attachment> {
    const { settings } = this;
    this.#telemetry = await openCellSpans(settings);
    // LiveStore takes most of a second to load: whoever only looks at the options need not wait.
    const [{ Attachment }, model] = await Promise.all([
      import("./notebook/attachment.ts"),
      connectModel(settings, this.#logger, this.#ending.signal, {
        limiter: this.#requestLimiter,
        isModelChosen: this.#isModelChosen,
        onDoubt: (doubt) => this.#modelFailure = doubt,
      }),
    ]);
    this.#model = model;
    this.#meter = new UsageMeter(settings, priceOf({ ...settings, model: model.name }));
    const attachment = await Attachment.start({
      ...settings,
      execute: (job) => this.#execute(job),
      ...(settings.aiCells && { assistant: this.#assistant(model) }),
      onStatus: (status) => this.#tell("onStatus", () => this.#onStatus?.(status)),
      logger: this.#logger,
    }, this.#ending.signal);
    // The first cell must not wait for what the model's client loads; if that fails, the cell says why.
    model.warmUp().catch(() => {});
    this.#logger.info("attached", {
      notebook: settings.notebookId,
      runtime: settings.runtimeId,
      model: model.name,
      server: new URL(settings.syncUrl).host,
      modelServer: new URL(settings.baseUrl).host,
    });
    attachment.ended.then(() => this.#reportUsage(), () => this.#reportUsage());
    return attachment;
  }

  /** Who answers AI cells. The provider's name is no more than a word to the notebook, whose readers need not know the address. */
  #assistant(model: OpenAIModel): Assistant {
    const { name } = model;
    const provider = isOpenAI(this.settings.baseUrl) ? "openai" : "aipython";
    return {
      model: { name, displayName: name, provider, capabilities: ["completion", "tools"] },
      answer: (job) => this.#answer(job, model),
    };
  }

  async #execute(job: CellJob): Promise<CellResult> {
    const { cellId, context, history, files, code, executionCount, signal } = job;
    const model = this.#model;
    if (model === undefined) throw new Error("a cell was executed before the agent was started");
    return await this.#counted(cellId, (onModelError) =>
      executeCell({
        model,
        context,
        history,
        files,
        code,
        executionCount,
        cacheKey: this.settings.notebookId,
        signal,
        ...pickCellSettings(this.settings),
        meter: this.#meter,
        budget: this.#budget,
        logger: this.#logger,
        onModelError,
        trace: this.#tracing(job),
        telemetry: this.#telemetry,
      }));
  }

  async #answer(job: QuestionJob, model: OpenAIModel): Promise<CellResult> {
    return await this.#counted(job.cellId, (onModelError) =>
      answerQuestion({
        ...job,
        model,
        cacheKey: `${this.settings.notebookId}-ai`,
        ...pickCellSettings(this.settings),
        meter: this.#meter,
        budget: this.#budget,
        habits: this.#habits,
        logger: this.#logger,
        onModelError,
        trace: this.#tracing(job),
        telemetry: this.#telemetry,
      }));
  }

  /** Serves a cell, remembers how the model failed, if it did, and tells what it has cost. */
  async #counted(
    cellId: string,
    serve: (onModelError: (error: ModelError) => void) => Promise<CellResult>,
  ): Promise<CellResult> {
    const earlier = this.#meter.total;
    let failure: ModelFailure | undefined;
    try {
      const result = await serve(({ kind, status, message }) => failure = { kind, status, message });
      const wasAsked = result.usage !== undefined && result.usage.requests > 0;
      if (failure !== undefined || wasAsked) this.#modelFailure = failure;
      return result;
    } finally {
      this.#cells += 1;
      const usage = { cellId, cell: this.#meter.since(earlier), session: this.usage };
      this.#tell("onUsage", () => this.#onUsage?.(usage));
    }
  }

  #tracing({ cellId, queueId }: ClaimedRequest): CellTracing | undefined {
    const onTrace = this.#onTrace;
    if (onTrace === undefined) return undefined;
    const cell = { notebookId: this.settings.notebookId, cellId, queueId };
    return traceInto((trace) => this.#tell("onTrace", () => onTrace(trace)), this.settings, cell);
  }

  /** What a listener does wrong is not the cell's fault. */
  #tell(listener: string, call: () => void): void {
    try {
      call();
    } catch (error) {
      this.#logger.error(`${listener} threw`, { error: String(error) });
    }
  }
}
