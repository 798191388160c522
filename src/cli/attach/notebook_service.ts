/**
 * Serves one notebook with an agent, and after a temporary failure with a new one.
 *
 * @module
 */

import { Backoff } from "../../async/backoff.ts";
import type { Clock } from "../../async/clock.ts";
import { delay } from "../../async/delay.ts";
import { ConfigurationError, DisplacedError, RefusedError } from "../../errors.ts";
import type { Logger } from "../../logger.ts";
import type { AIPythonAgentOptions } from "../../options/settings.ts";
import { exitCodeOfError } from "../exit_code.ts";
import type { Agent } from "../host/agent_class.ts";
import { reportError } from "../report_error.ts";
import type { NotebookHealth, NotebookStatus } from "../health/notebook_health.ts";

/**
 * The delays before a notebook is attached again, in milliseconds. The first is short, for a store that failed once. The longest is long,
 * for a notebook whose log makes every store fail, because each attempt reads the whole log.
 */
const PAUSES = { firstMs: 2_000, maxMs: 300_000 };

/** The permanent errors: another runtime serves the notebook, the token is refused, or the settings are wrong. */
const finalErrors = [DisplacedError, RefusedError, ConfigurationError];

export interface ServiceEnd {
  /** The exit code of the error that ended it; 0 after a shutdown. */
  exitCode: number;
  /** Whether another attempt would end in the same way. */
  isFinal: boolean;
}

export interface NotebookServiceOptions {
  notebookId: string;
  makeAgent(options: Pick<AIPythonAgentOptions, "takeBack" | "onStatus">): Agent;
  logger: Logger;
  clock: Clock;
  /** Hides secrets. Default: hides nothing. */
  redact?: (text: string) => string;
  /** Returns a random number from 0 to 1, which spreads the attempts. Default: `Math.random`. */
  random?: () => number;
}

export class NotebookService {
  readonly #options: NotebookServiceOptions;
  readonly #over = new AbortController();
  readonly #started = Promise.withResolvers<void>();
  readonly #backoff: Backoff;
  #health: NotebookHealth;
  /** The current agent. Cleared when it has ended, because it would keep its notebook in memory. */
  #agent: Agent | undefined;
  #isAlive = true;
  /** Whether an agent has failed and the next one has not attached yet. */
  #isBetweenAgents = false;
  #hasStoppedRetrying = false;

  /** Creates the first agent, which does not connect yet. */
  constructor(options: NotebookServiceOptions) {
    const { notebookId, clock, random = Math.random } = options;
    this.#options = options;
    this.#backoff = new Backoff({ ...PAUSES, random });
    this.#health = { notebook: notebookId, status: "starting", since: clock.date().toISOString() };
    this.#agent = this.#makeAgent({});
  }

  get health(): NotebookHealth {
    return this.#health;
  }

  /** Whether the notebook is served, or has not been attached yet. */
  get isAlive(): boolean {
    return this.#isAlive;
  }

  /** Resolves when the first agent has attached or failed. */
  get started(): Promise<void> {
    return this.#started.promise;
  }

  /**
   * Serves the notebook to its end. After a temporary failure it is attached again.
   *
   * @param goesOn returns whether another attempt should be made
   */
  async run(goesOn: () => boolean): Promise<ServiceEnd> {
    const { clock, logger } = this.#options;
    const { signal } = this.#over;
    let end = await this.#serve();
    while (!end.isFinal && !signal.aborted && goesOn()) {
      this.#isBetweenAgents = true;
      const pauseMs = this.#backoff.next();
      logger.warn("the notebook will be attached again after a delay", { inSeconds: Math.round(pauseMs / 100) / 10 });
      // The loop ends when the wait is aborted.
      await delay(clock, pauseMs, signal).catch(() => {});
      if (signal.aborted) break;
      // A runtime that has attached in the meantime is not displaced.
      this.#agent = this.#makeAgent({ takeBack: false });
      const next = await this.#serve();
      // The end of an aborted attempt says nothing about the notebook.
      if (!this.#hasStoppedRetrying) end = next;
    }
    this.#isBetweenAgents = false;
    return end;
  }

  /** Stops the attempts to attach again, because no other notebook is served. Does nothing if the notebook has ended permanently. */
  async stopRetrying(): Promise<void> {
    if (!this.#isBetweenAgents) return;
    this.#hasStoppedRetrying = true;
    this.#options.logger.warn("no notebook is served any more; start the command again to attach to this one");
    await this.shutdown();
  }

  /** Ends the service and its agent, if there is one. A failure is logged. Returns the exit code of the failure; 0 without one. */
  async shutdown(): Promise<number> {
    this.#setStatus("stopping");
    this.#over.abort();
    try {
      await this.#agent?.shutdown();
      return 0;
    } catch (error) {
      reportError(error, this.#options.logger);
      return exitCodeOfError(error);
    }
  }

  #makeAgent(options: Pick<AIPythonAgentOptions, "takeBack">): Agent {
    return this.#options.makeAgent({ ...options, onStatus: (status) => this.#setStatus(status) });
  }

  /** Runs the agent to its end. */
  async #serve(): Promise<ServiceEnd> {
    const { logger, clock, redact = (text) => text } = this.#options;
    let attachedAt = Infinity;
    try {
      await this.#agent!.start();
      this.#isAlive = true;
      this.#isBetweenAgents = false;
      attachedAt = clock.now();
      this.#started.resolve();
      await this.#agent!.keepAlive();
      return { exitCode: 0, isFinal: true };
    } catch (error) {
      if (this.#over.signal.aborted) {
        logger.debug("the agent ended while it was shut down", { error: String(error) });
      } else reportError(error, logger);
      const isFinal = finalErrors.some((final) => error instanceof final);
      this.#setStatus(statusAfter(error, isFinal), redact(error instanceof Error ? error.message : String(error)));
      return { exitCode: exitCodeOfError(error), isFinal };
    } finally {
      this.#isAlive = false;
      this.#agent = undefined;
      this.#started.resolve();
      if (clock.now() - attachedAt >= PAUSES.maxMs) this.#backoff.reset();
    }
  }

  #setStatus(status: NotebookStatus, reason?: string): void {
    if (this.#over.signal.aborted) return;
    const { notebookId, clock } = this.#options;
    this.#health = { notebook: notebookId, status, since: clock.date().toISOString(), reason };
  }
}

function statusAfter(error: unknown, isFinal: boolean): NotebookStatus {
  if (error instanceof DisplacedError) return "displaced";
  if (error instanceof RefusedError) return "refused";
  return isFinal ? "failed" : "reconnecting";
}
