/**
 * The agent: attaches to a notebook as its runtime and lets a model play IPython.
 *
 * @module
 */

import process from "node:process";
import { CellAnswers } from "./agent/cell_answers.ts";
import { Lifecycle } from "./agent/lifecycle.ts";
import type { RequestLimiter } from "./async/request_limiter.ts";
import type { SessionUsage } from "./execution/usage_meter.ts";
import { guardListener, guardLogger } from "./listener.ts";
import { type Logger, silentLogger } from "./logger.ts";
import type { Model } from "./execution/model.ts";
import { adoptModel } from "./model/adopt_model.ts";
import { connectModel } from "./model/connect_model.ts";
import type { ModelFailure } from "./model/model_failure.ts";
import type { Attachment } from "./notebook/attachment.ts";
import type { AgentStatus } from "./options/agent_status.ts";
import { type AIPythonAgentOptions, type AIPythonSettings, resolveSettings } from "./options/mod.ts";
import { openCellSpans } from "./telemetry/cell_spans.ts";

/**
 * A runtime agent for one notebook.
 *
 * ```ts
 * import { AIPythonAgent } from "@runt/aipython-runtime-agent";
 *
 * await using agent = new AIPythonAgent({ model: "gpt-4o-mini", maxHistoryLength: 20, includeOutputs: true });
 * await agent.start();
 * const ended = agent.keepAlive();
 * // ... until the program has no more need of it
 * await agent.shutdown();
 * await ended;
 * ```
 *
 * It reads the options that are absent from the environment, but no `.env` file: the command does that. It neither exits the process,
 * nor prints, nor listens to signals of the process: that is up to the program.
 *
 * An agent starts once. While that has failed, `start` tries again; once it has served the notebook and has ended, or was shut down, it
 * stays ended, and a new agent serves the notebook.
 */
export class AIPythonAgent implements AsyncDisposable {
  /** The settings in force: what was given, else the environment, else the defaults. They hold the secrets. */
  readonly settings: Readonly<AIPythonSettings>;
  readonly #logger: Logger;
  readonly #onStatus: ((status: AgentStatus) => void) | undefined;
  readonly #requestLimiter: RequestLimiter | undefined;
  readonly #ownModel: Model | undefined;
  readonly #isModelChosen: boolean;
  readonly #answers: CellAnswers;
  readonly #life: Lifecycle;

  /**
   * Makes an agent. Nothing is connected yet.
   *
   * @param options what is left out, or is `undefined`, is read from the environment, or has a default
   * @throws {ConfigurationError} naming everything that is missing or wrong
   */
  constructor(options: AIPythonAgentOptions = {}) {
    const { settings, origins } = resolveSettings(options, { environment: process.env });
    const { onStatus, onUsage, onTrace, requestLimiter, signal } = options;
    const logger = guardLogger(options.logger ?? silentLogger);
    this.settings = settings;
    this.#logger = logger;
    this.#onStatus = onStatus && guardListener("onStatus", onStatus, logger);
    this.#requestLimiter = requestLimiter;
    if (typeof options.model === "object") this.#ownModel = adoptModel(options.model, requestLimiter);
    this.#isModelChosen = origins.model?.source !== "default";
    this.#answers = new CellAnswers({
      settings,
      onUsage: onUsage && guardListener("onUsage", onUsage, logger),
      onTrace: onTrace && guardListener("onTrace", onTrace, logger),
      logger,
    });
    this.#life = new Lifecycle({
      begin: (signal) => this.#attach(signal),
      signal,
      onLeaveError: (error) => logger.error(error instanceof Error ? error.message : String(error)),
    });
  }

  /** The name of the model that answers the cells: the one of the settings, until `start` has found that another one must be taken. */
  get model(): string {
    return this.#answers.model;
  }

  /** What this agent's model requests have cost so far. */
  get usage(): SessionUsage {
    return this.#answers.usage;
  }

  /** How the model failed last: nothing once a cell was answered, or while nothing has gone wrong. */
  get modelFailure(): ModelFailure | undefined {
    return this.#answers.modelFailure;
  }

  /**
   * Attaches to the notebook; resolves when its cells are being served. Calls that come meanwhile wait for the same attempt. When it
   * fails, nothing of it is left, and a further call tries again.
   *
   * @throws {RefusedError} the notebook's server does not take the token, or the model's server not the API key
   * @throws {SyncUnreachableError} the notebook's server was not reached within `connectTimeout`, or is not one
   * @throws {DisplacedError} the session was ended in the notebook, by a newer runtime or by a person: meanwhile, or at any time before
   * @throws {ShutdownError} the agent was shut down: meanwhile, or at any time before
   * @throws the reason of the option `signal`, if that was aborted, or what has ended the agent otherwise
   */
  async start(): Promise<void> {
    await this.#life.start();
  }

  /**
   * Stays as long as the agent serves the notebook: resolves after {@linkcode AIPythonAgent.shutdown}. It starts an agent that has not
   * been started, and throws what `start` throws then.
   *
   * @throws {DisplacedError} another runtime has taken the notebook over, or somebody has ended the session in the notebook
   * @throws {RefusedError} the server does not take the token any more
   * @throws {LogReplacedError} the server has come back with another log of the notebook; a new agent serves that
   */
  async keepAlive(): Promise<void> {
    await this.#life.end();
  }

  /**
   * Stops: the running cell is cancelled, what is on its way is delivered, and the session is ended. It takes 5 s at most. Requests
   * that wait are left to the next runtime.
   *
   * @throws {UndeliveredError} the notebook's server did not take the last events in time
   */
  async shutdown(): Promise<void> {
    await this.#life.shutdown();
  }

  /**
   * Stops as {@linkcode AIPythonAgent.shutdown} does, but only once the cell that runs has ended by itself, however long that takes. No
   * other is begun. A call of `shutdown` meanwhile cancels the cell.
   *
   * @throws {UndeliveredError} the notebook's server did not take the last events in time
   */
  async retire(): Promise<void> {
    await this.#life.retire();
  }

  /**
   * Shuts down, at the end of a block with `await using`.
   *
   * @throws {UndeliveredError} the notebook's server did not take the last events in time
   */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#life.shutdown();
  }

  /** Makes one attempt to attach. Nothing can fail once the attachment is there. */
  async #attach(signal: AbortSignal): Promise<Attachment> {
    const settings = this.settings;
    const logger = this.#logger;
    const answers = this.#answers;
    answers.modelFailure = undefined;
    const telemetry = await openCellSpans(settings);
    // LiveStore takes most of a second to load: a program that only looks at the options need not wait.
    const [{ Attachment }, model] = await Promise.all([
      import("./notebook/attachment.ts"),
      this.#ownModel ?? connectModel(settings, logger, signal, {
        limiter: this.#requestLimiter,
        isModelChosen: this.#isModelChosen,
        onDoubt: (doubt) => answers.modelFailure = doubt,
      }),
    ]);
    answers.use(model, telemetry);
    const attached = {
      notebook: settings.notebookId,
      runtime: settings.runtimeId,
      model: model.name,
      server: new URL(settings.syncUrl).host,
      modelServer: new URL(settings.baseUrl).host,
    };
    const attachment = await Attachment.start({
      ...settings,
      execute: (job) => answers.execute(job),
      ...(settings.aiCells && { assistant: answers.assistant }),
      onStatus: this.#onStatus,
      logger,
    }, signal);
    // The first cell must not wait for what the model's client loads; if that fails, the cell says why.
    model.warmUp?.().catch(() => {});
    logger.info("attached", attached);
    attachment.ended.catch(() => {}).finally(() => this.#reportUsage());
    return attachment;
  }

  /** Says once what the session has cost, however it ended. */
  #reportUsage(): void {
    if (this.usage.cells > 0) this.#logger.info("session usage", { ...this.usage });
  }
}
