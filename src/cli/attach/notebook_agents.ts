/**
 * The agents of one command: one for each notebook, in one process, each running and ending by itself.
 *
 * @module
 */

import { type Logger, withFields } from "../../logger.ts";
import { RequestLimiter } from "../../async/request_limiter.ts";
import type { AIPythonAgentOptions, CommandSettings } from "../../options/settings.ts";
import { exitCodeOfError } from "../exit_code.ts";
import type { Agent, AgentClass } from "../host/agent_class.ts";
import { reportError } from "../report_error.ts";

/** How many notebooks are attached to at a time: with more, all are ready no sooner and the first is ready later. */
const STARTS_AT_ONCE = 4;

/** The settings that agents are made from. */
export type AgentsSettings =
  & Omit<CommandSettings, "logLevel" | "logFormat" | "model">
  & Partial<Pick<CommandSettings, "model">>;

/** An agent, and where it logs to. */
interface NotebookAgent {
  agent: Agent;
  logger: Logger;
}

/** The agents of one command. */
export class NotebookAgents {
  /** Those that have not ended. One that has is dropped, because it would keep its notebook in memory. */
  readonly #agents: Set<NotebookAgent>;
  #leaving = false;

  /**
   * Makes an agent for each notebook. Where there are several, every log line carries its notebook.
   *
   * @param settings complete
   * @param AgentClass makes an agent
   * @param options where log lines go, and who is told what the model is asked
   */
  constructor(
    settings: AgentsSettings,
    AgentClass: AgentClass,
    { logger, onTrace }: { logger: Logger } & Pick<AIPythonAgentOptions, "onTrace">,
  ) {
    const { notebookIds, maxConcurrentRequests, ...common } = settings;
    const requestLimiter = new RequestLimiter(maxConcurrentRequests);
    this.#agents = new Set(notebookIds.map((notebookId) => {
      const own = notebookIds.length === 1 ? logger : withFields(logger, { notebook: notebookId });
      return { agent: new AgentClass({ ...common, notebookId, requestLimiter, onTrace, logger: own }), logger: own };
    }));
  }

  /**
   * Attaches to the notebooks and serves them until the last one has ended. An error that ends one is logged and does not end the others.
   *
   * @returns the exit code of the one that ended last
   */
  async serve(): Promise<number> {
    let exitCode = 0;
    const toStart = this.#agents.values();
    const serving: Promise<void>[] = [];
    const startInTurn = async () => {
      for (const each of toStart) {
        if (this.#leaving) return;
        const started = each.agent.start();
        serving.push(this.#serveOne(each, started).then((code) => void (exitCode = code)));
        await started.catch(() => {});
      }
    };
    await Promise.all(Array.from({ length: STARTS_AT_ONCE }, startInTurn));
    await Promise.all(serving);
    return exitCode;
  }

  /**
   * Shuts all agents down at once. Failures are logged.
   *
   * @returns the exit code of the first failure, 0 if there is none
   */
  async shutdown(): Promise<number> {
    this.#leaving = true;
    const exitCodes: number[] = [];
    await Promise.all(Array.from(this.#agents, async ({ agent, logger }) => {
      try {
        await agent.shutdown();
      } catch (error) {
        reportError(error, logger);
        exitCodes.push(exitCodeOfError(error));
      }
    }));
    return exitCodes[0] ?? 0;
  }

  /** Runs one agent to its end; returns its exit code. */
  async #serveOne(each: NotebookAgent, started: Promise<void>): Promise<number> {
    const { agent, logger } = each;
    try {
      await started;
      await agent.keepAlive();
      return 0;
    } catch (error) {
      if (this.#leaving) logger.debug("the agent ended while it was shut down", { error: String(error) });
      else reportError(error, logger);
      return exitCodeOfError(error);
    } finally {
      this.#agents.delete(each);
    }
  }
}
