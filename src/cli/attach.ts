/**
 * Attaches the agent to its notebook and keeps it there until it ends or a signal asks it to.
 *
 * @module
 */

import { UndeliveredError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import type { AIPythonAgentOptions } from "../options/settings.ts";
import { exitCodeOfSignal, type StopSignal } from "./exit_code.ts";

/** How long the agent may take to shut down, in milliseconds: whoever presses Ctrl-C does not wait for longer. */
const SHUTDOWN_TIMEOUT_MS = 5_000;

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
  /** How long the agent may take to shut down, in milliseconds. Default: 5 s. */
  shutdownTimeoutMs?: number;
}

/** Loads the agent: only now, because LiveStore takes most of a second to load, and neither help nor a wrong flag should wait for it. */
export async function loadAgent(): Promise<AgentClass> {
  const { AIPythonAgent } = await import("../agent.ts");
  return AIPythonAgent;
}

/**
 * Runs the agent.
 *
 * The first signal asks it to shut down, for which it has 5 s; a second one leaves at once. An error that nothing caught shuts it
 * down too.
 *
 * @param settings the agent's options, complete
 * @param surroundings signals and log
 * @returns the exit code
 * @throws whatever ended the agent
 */
export async function attach(
  settings: Omit<AIPythonAgentOptions, "logger">,
  surroundings: AttachSurroundings,
): Promise<number> {
  const { logger, onStopSignal, onUncaught, loadAgent: load = loadAgent } = surroundings;
  const { shutdownTimeoutMs = SHUTDOWN_TIMEOUT_MS } = surroundings;
  const left = Promise.withResolvers<number>();
  let agent: Agent | undefined;
  let leaving = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const leave = (settle: () => void, onFailure: (failure: unknown) => void) => {
    if (leaving || agent === undefined) return settle();
    leaving = true;
    timer = setTimeout(() => onFailure(neverEnded(shutdownTimeoutMs)), shutdownTimeoutMs);
    agent.shutdown().then(settle, onFailure);
  };
  const forgetSignals = onStopSignal((signal) => {
    logger.info(leaving ? `${signal} again: leaving at once` : `${signal}: shutting down, once more leaves at once`);
    leave(() => left.resolve(exitCodeOfSignal(signal)), left.reject);
  });
  const forgetUncaught = onUncaught((error) => {
    if (leaving) return logger.error("an error that nothing caught", { error: String(error) });
    leave(() => left.reject(error), (failure) => {
      logger.error(failure instanceof Error ? failure.message : String(failure));
      left.reject(error);
    });
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
    clearTimeout(timer);
    forgetSignals();
    forgetUncaught();
  }
}

function neverEnded(limitMs: number): UndeliveredError {
  return new UndeliveredError(
    `the agent did not come to an end within ${limitMs / 1000} s: ` +
      "the notebook may show this runtime as connected for a while, and lack the end of a running cell",
  );
}
