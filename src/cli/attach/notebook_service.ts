/**
 * The service of one notebook: an agent, and after a failure that may pass by itself another one.
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
 * The pauses before a notebook is attached again, in milliseconds: short enough for a store that failed once, long enough for a notebook
 * whose log fails every store, as each attempt reads all of it.
 */
const PAUSES = { firstMs: 2_000, maxMs: 300_000 };

/** The errors that time does not mend: another runtime serves the notebook, the token is not taken, the settings are wrong. */
const finalErrors = [DisplacedError, RefusedError, ConfigurationError];

/** How the service of a notebook ended. */
export interface ServiceEnd {
  /** The exit code of what ended it; 0 after a shutdown. */
  exitCode: number;
  /** Whether another attempt would end alike. */
  isFinal: boolean;
}

/** What a service needs. */
export interface NotebookServiceOptions {
  notebookId: string;
  /** Makes an agent of the notebook. */
  makeAgent(options: Pick<AIPythonAgentOptions, "takeBack" | "onStatus">): Agent;
  logger: Logger;
  clock: Clock;
  /** Hides secrets. Default: hides nothing. */
  redact?: (text: string) => string;
  /** A number from 0 to 1 that spreads the attempts. Default: `Math.random`. */
  random?: () => number;
}

/** Serves one notebook. */
export class NotebookService {
  readonly #options: NotebookServiceOptions;
  readonly #over = new AbortController();
  readonly #started = Promise.withResolvers<void>();
  readonly #backoff: Backoff;
  #health: NotebookHealth;
  /** Dropped when it has ended, because it would keep its notebook in memory. */
  #agent: Agent | undefined;
  #isAlive = true;
  /** Whether an agent has failed and the next one is not attached yet. */
  #isBetweenAgents = false;
  #isGivenUp = false;

  /** Makes the first agent. Nothing is connected yet. */
  constructor(options: NotebookServiceOptions) {
    const { notebookId, clock, random = Math.random } = options;
    this.#options = options;
    this.#backoff = new Backoff({ ...PAUSES, random });
    this.#health = { notebook: notebookId, status: "starting", since: clock.date().toISOString() };
    this.#agent = this.#makeAgent({});
  }

  /** How the notebook is. */
  get health(): NotebookHealth {
    return this.#health;
  }

  /** Whether the notebook is served, or was not attached to yet. */
  get isAlive(): boolean {
    return this.#isAlive;
  }

  /** Resolves when the first agent has attached or failed. */
  get started(): Promise<void> {
    return this.#started.promise;
  }

  /**
   * Serves the notebook to its end. It is attached again after a failure that may pass, as long as that makes sense.
   *
   * @param goesOn whether another attempt makes sense
   */
  async run(goesOn: () => boolean): Promise<ServiceEnd> {
    const { clock, logger } = this.#options;
    const { signal } = this.#over;
    let end = await this.#serve();
    while (!end.isFinal && !signal.aborted && goesOn()) {
      this.#isBetweenAgents = true;
      const pauseMs = this.#backoff.next();
      logger.warn("the notebook is attached again after a pause", { inSeconds: Math.round(pauseMs / 100) / 10 });
      // The loop ends when the wait is aborted.
      await delay(clock, pauseMs, signal).catch(() => {});
      if (signal.aborted) break;
      // A runtime that has come meanwhile stays.
      this.#agent = this.#makeAgent({ takeBack: false });
      const next = await this.#serve();
      // How an attempt ended that was broken off says nothing of the notebook.
      if (!this.#isGivenUp) end = next;
    }
    this.#isBetweenAgents = false;
    return end;
  }

  /** Attaches to the notebook no more, where that failed: no other is served. Where the notebook has ended, this does nothing. */
  async giveUp(): Promise<void> {
    if (!this.#isBetweenAgents) return;
    this.#isGivenUp = true;
    this.#options.logger.warn("no notebook is served any more; a new start attaches to this one again");
    await this.shutdown();
  }

  /**
   * Ends the service, and the agent if there is one. A failure is logged.
   *
   * @returns the exit code of the failure, 0 if there is none
   */
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
