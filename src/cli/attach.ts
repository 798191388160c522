/**
 * Attaches the agent to its notebook and keeps it there until it ends or a signal asks it to.
 *
 * @module
 */

import type { Logger } from "../logger.ts";
import type { AIPythonAgentOptions } from "../options/settings.ts";
import { exitCodeOfSignal, type StopSignal } from "./exit_code.ts";

/** What the command needs of an agent. */
export interface Agent {
  /** Attaches to the notebook. */
  start(): Promise<void>;
  /** Resolves when the agent has shut down; rejects with what ended it otherwise. */
  keepAlive(): Promise<void>;
  /** Finishes what is under way, says goodbye and detaches. */
  shutdown(): Promise<void>;
}

/** Makes an agent. */
export type AgentClass = new (options: AIPythonAgentOptions) => Agent;

/** What attaching depends on besides the settings. */
export interface AttachSurroundings {
  /** Where log lines go. */
  logger: Logger;
  /** Calls the listener at every signal that asks the command to stop; returns a function that ends that. */
  onStopSignal(listener: (signal: StopSignal) => void): () => void;
  /** Calls the listener at every error that nothing caught; returns a function that ends that. */
  onUncaught(listener: (error: unknown) => void): () => void;
  /** Loads the agent's class. Default: {@linkcode loadAgent}. */
  loadAgent?: () => Promise<AgentClass>;
}

/** Loads the agent: only now, because LiveStore takes most of a second to load, and neither help nor a wrong flag should wait for it. */
export async function loadAgent(): Promise<AgentClass> {
  const { AIPythonAgent } = await import("../agent.ts");
  return AIPythonAgent;
}

/**
 * Runs the agent.
 *
 * The first signal asks it to shut down, a second one leaves at once. An error that nothing caught shuts it down too.
 *
 * @param settings the agent's options, complete
 * @param surroundings signals and log
 * @returns the exit code
 * @throws whatever ended the agent
 */
export async function attach(
  settings: Omit<AIPythonAgentOptions, "logger">,
  { logger, onStopSignal, onUncaught, loadAgent: load = loadAgent }: AttachSurroundings,
): Promise<number> {
  const left = Promise.withResolvers<number>();
  let agent: Agent | undefined;
  let leaving = false;

  const leave = (settle: () => void) => {
    if (leaving || agent === undefined) return settle();
    leaving = true;
    agent.shutdown().then(settle, left.reject);
  };
  const forgetSignals = onStopSignal((signal) => {
    logger.info(leaving ? `${signal} again: leaving at once` : `${signal}: shutting down, once more leaves at once`);
    leave(() => left.resolve(exitCodeOfSignal(signal)));
  });
  const forgetUncaught = onUncaught((error) => {
    if (leaving) logger.error("an error that nothing caught", { error: String(error) });
    else leave(() => left.reject(error));
  });

  const live = async () => {
    const AgentClass = await load();
    agent = new AgentClass({ ...settings, logger });
    await agent.start();
    await agent.keepAlive();
    return 0;
  };
  const life = live().then((code) => leaving ? left.promise : code, (error) => {
    if (!leaving) throw error;
    logger.debug("the agent ended while it was shut down", { error: String(error) });
    return left.promise;
  });
  try {
    return await Promise.race([life, left.promise]);
  } finally {
    forgetSignals();
    forgetUncaught();
  }
}
