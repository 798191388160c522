/**
 * The agents of one command: one at a time for each notebook, in one process, each running and ending by itself.
 *
 * @module
 */

import type { Clock } from "../../async/clock.ts";
import { type Logger, withFields } from "../../logger.ts";
import { RequestLimiter } from "../../async/request_limiter.ts";
import { createRedactor } from "../../options/redactor.ts";
import { secretsOf } from "../../options/secrets_of.ts";
import type { AIPythonAgentOptions, CommandSettings } from "../../options/settings.ts";
import type { AgentClass } from "../host/agent_class.ts";
import { type HealthReport, sumUpHealth } from "../health/notebook_health.ts";
import { NotebookService, type NotebookServiceOptions, type ServiceEnd } from "./notebook_service.ts";

/** How many notebooks are attached to at a time: with more, all are ready no sooner and the first is ready later. */
const STARTS_AT_ONCE = 4;

/** The settings that agents are made from. */
export type AgentsSettings =
  & Omit<CommandSettings, "logLevel" | "logFormat" | "healthPort" | "healthHost" | "model">
  & Partial<Pick<CommandSettings, "model">>;

/** What the agents share besides the settings. */
export interface NotebookAgentsOptions
  extends Pick<AIPythonAgentOptions, "onTrace">, Pick<NotebookServiceOptions, "clock" | "random"> {
  /** Where log lines go. */
  logger: Logger;
  clock: Clock;
}

/** The agents of one command. */
export class NotebookAgents {
  readonly #services: readonly NotebookService[];
  #leaving = false;

  /**
   * Makes an agent for each notebook. Where there are several, every log line carries its notebook.
   *
   * @param settings complete
   * @param AgentClass makes an agent
   * @param options where log lines go, the clock, and who is told what the model is asked
   */
  constructor(settings: AgentsSettings, AgentClass: AgentClass, options: NotebookAgentsOptions) {
    const { notebookIds, maxConcurrentRequests, ...common } = settings;
    const { logger, onTrace, clock, random } = options;
    const requestLimiter = new RequestLimiter(maxConcurrentRequests);
    const redact = createRedactor(secretsOf(settings));
    this.#services = notebookIds.map((notebookId) => {
      const own = notebookIds.length === 1 ? logger : withFields(logger, { notebook: notebookId });
      return new NotebookService({
        notebookId,
        makeAgent: (further) =>
          new AgentClass({ ...common, notebookId, requestLimiter, onTrace, logger: own, ...further }),
        logger: own,
        clock,
        redact,
        random,
      });
    });
  }

  /** How the notebooks are. */
  get health(): HealthReport {
    return sumUpHealth(this.#services.map(({ health }) => health));
  }

  /**
   * Attaches to the notebooks and serves them until none is served any more. An error that ends one is logged and does not end the
   * others. Where the error may pass by itself, the notebook is attached again after a pause that grows, while others are served.
   *
   * @returns the exit code: that of a notebook that a new start may attach to again, if there is one, else of the one that ended last
   */
  async serve(): Promise<number> {
    const ends: ServiceEnd[] = [];
    const isServed = () => this.#services.some(({ isAlive }) => isAlive);
    const toStart = this.#services.values();
    const serving: Promise<void>[] = [];
    const serveOne = async (service: NotebookService) => {
      ends.push(await service.run(isServed));
      if (!isServed()) await Promise.all(this.#services.map((each) => each.giveUp()));
    };
    const startInTurn = async () => {
      for (const service of toStart) {
        if (this.#leaving) return;
        serving.push(serveOne(service));
        await service.started;
      }
    };
    await Promise.all(Array.from({ length: STARTS_AT_ONCE }, startInTurn));
    await Promise.all(serving);
    return (ends.find(({ isFinal }) => !isFinal) ?? ends.at(-1))?.exitCode ?? 0;
  }

  /**
   * Shuts all agents down at once. Failures are logged.
   *
   * @returns the exit code of the first notebook that failed to, 0 if there is none
   */
  async shutdown(): Promise<number> {
    this.#leaving = true;
    const exitCodes = await Promise.all(this.#services.map((service) => service.shutdown()));
    return exitCodes.find((code) => code !== 0) ?? 0;
  }
}
