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
 * // ... until the program does not need it any more
 * await agent.shutdown();
 * await ended;
 * ```
 *
 * Options that are absent are read from the environment, but not from a `.env` file, which only the command reads. The agent does not exit
 * the process, print, or handle signals of the process: the program that uses it does.
 *
 * An agent can serve only once. If `start` has failed, it can be called again. An agent that has served the notebook and has ended, or that
 * was shut down, cannot be started again: use a new one.
 */
export class AIPythonAgent implements AsyncDisposable {
  /** The effective settings: from the options, the environment and the defaults, in this order. They contain secrets. */
  readonly settings: Readonly<AIPythonSettings>;
  readonly #logger: Logger;
  readonly #onStatus: ((status: AgentStatus) => void) | undefined;
  readonly #requestLimiter: RequestLimiter | undefined;
  readonly #ownModel: Model | undefined;
  readonly #isModelChosen: boolean;
  readonly #answers: CellAnswers;
  readonly #life: Lifecycle;

  /**
   * Creates an agent. It does not connect yet.
   *
   * @param options absent or `undefined` options are read from the environment, or have defaults
   * @throws {ConfigurationError} with everything that is missing or wrong
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

  /** The name of the model that answers the cells. It is that of the settings, except if `start` had to choose another one. */
  get model(): string {
    return this.#answers.model;
  }

  /** The token usage and the cost of this agent's model requests so far. */
  get usage(): SessionUsage {
    return this.#answers.usage;
  }

  /** The model's last failure; `undefined` if there was none, or a cell was answered since. */
  get modelFailure(): ModelFailure | undefined {
    return this.#answers.modelFailure;
  }

  /**
   * Attaches to the notebook. Resolves when cells are being served. Concurrent calls wait for the same attempt. A failed attempt leaves no
   * connection open, and `start` can be called again.
   *
   * @throws {RefusedError} if the notebook's server refuses the token, or the model's server refuses the API key
   * @throws {SyncUnreachableError} if the notebook's server cannot be reached within `connectTimeout`, or is not a notebook server
   * @throws {DisplacedError} if a newer runtime or a person has ended the session in the notebook, during the call or at any time before
   * @throws {ShutdownError} if the agent was shut down, during the call or at any time before
   * @throws the reason of the option `signal` if it was aborted, or the error that has ended the agent
   */
  async start(): Promise<void> {
    await this.#life.start();
  }

  /**
   * Waits until the agent has ended, and resolves after {@linkcode AIPythonAgent.shutdown}. If the agent was not started, starts it, with
   * the errors of `start`.
   *
   * @throws {DisplacedError} if another runtime has taken over the notebook, or a person has ended the session in the notebook
   * @throws {RefusedError} if the server does not accept the token any more
   * @throws {LogReplacedError} if the server has come back with a different log of the notebook; a new agent can serve it
   */
  async keepAlive(): Promise<void> {
    await this.#life.end();
  }

  /**
   * Cancels the running cell, delivers the events in flight, and ends the session. Takes at most 5 s. Waiting requests are left to the next
   * runtime.
   *
   * @throws {UndeliveredError} if the notebook's server did not accept the last events in time
   */
  async shutdown(): Promise<void> {
    await this.#life.shutdown();
  }

  /**
   * Shuts down like {@linkcode AIPythonAgent.shutdown}, but only after the running cell has ended, however long that takes. No further cell
   * is begun. A call of `shutdown` in the meantime cancels the cell.
   *
   * @throws {UndeliveredError} if the notebook's server did not accept the last events in time
   */
  async retire(): Promise<void> {
    await this.#life.retire();
  }

  /**
   * Shuts down at the end of a block with `await using`.
   *
   * @throws {UndeliveredError} if the notebook's server did not accept the last events in time
   */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#life.shutdown();
  }

  /** Attempts once to attach. After the attachment has started, no further step can fail. */
  async #attach(signal: AbortSignal): Promise<Attachment> {
    const settings = this.settings;
    const logger = this.#logger;
    const answers = this.#answers;
    answers.modelFailure = undefined;
    const telemetry = await openCellSpans(settings);
    // LiveStore takes most of a second to load. A program that only reads the settings does not have to wait for it.
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
    // Loads the model's client now, so that the first cell does not wait for it. An error is reported by that cell.
    model.warmUp?.().catch(() => {});
    logger.info("attached", attached);
    attachment.ended.catch(() => {}).finally(() => this.#reportUsage());
    return attachment;
  }

  #reportUsage(): void {
    if (this.usage.cells > 0) this.#logger.info("session usage", { ...this.usage });
  }
}
