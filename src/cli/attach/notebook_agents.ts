/**
 * The agents of one command: one at a time for each notebook, in one process. They run and end independently.
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

/** The number of notebooks that start at the same time. With more, the last would not be ready sooner, and the first would be later. */
const STARTS_AT_ONCE = 4;

export type AgentsSettings =
  & Omit<CommandSettings, "logLevel" | "logFormat" | "healthPort" | "healthHost" | "model">
  & Partial<Pick<CommandSettings, "model">>;

export interface NotebookAgentsOptions
  extends Pick<AIPythonAgentOptions, "onTrace">, Pick<NotebookServiceOptions, "clock" | "random"> {
  logger: Logger;
  clock: Clock;
}

export class NotebookAgents {
  readonly #services: readonly NotebookService[];
  #leaving = false;

  /** Creates an agent for each notebook. If there are several, every log line has a field with its notebook. */
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

  get health(): HealthReport {
    return sumUpHealth(this.#services.map(({ health }) => health));
  }

  /**
   * Attaches to the notebooks, and serves them until the last one ends. An error that ends one is logged and does not end the others. After
   * a temporary error the notebook is attached again with increasing delays, as long as others are served.
   *
   * @returns the exit code of a notebook that a new start may be able to attach, if there is one; otherwise of the one that ended last
   */
  async serve(): Promise<number> {
    const ends: ServiceEnd[] = [];
    const isServed = () => this.#services.some(({ isAlive }) => isAlive);
    const toStart = this.#services.values();
    const serving: Promise<void>[] = [];
    const serveOne = async (service: NotebookService) => {
      ends.push(await service.run(isServed));
      if (!isServed()) await Promise.all(this.#services.map((each) => each.stopRetrying()));
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
   * Shuts all agents down in parallel. Failures are logged.
   *
   * @returns the exit code of the first notebook that failed to shut down; 0 if all succeeded
   */
  async shutdown(): Promise<number> {
    this.#leaving = true;
    const exitCodes = await Promise.all(this.#services.map((service) => service.shutdown()));
    return exitCodes.find((code) => code !== 0) ?? 0;
  }
}
