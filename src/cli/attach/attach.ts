/**
 * Attaches agents to their notebooks, and serves them until the last one ends or a signal stops them.
 *
 * @module
 */

import { UndeliveredError } from "../../errors.ts";
import type { CellTrace } from "../../execution/trace/cell_trace.ts";
import type { Logger } from "../../logger.ts";
import type { CommandSettings } from "../../options/settings.ts";
import { exitCodeOfSignal } from "../exit_code.ts";
import type { AgentClass } from "../host/agent_class.ts";
import type { CommandHost } from "../host/command_host.ts";
import { TraceFile } from "../files/trace_file.ts";
import { reportError } from "../report_error.ts";
import { serveHealth } from "../health/health_server.ts";
import { type AgentsSettings, NotebookAgents } from "./notebook_agents.ts";
import { startingHealth } from "../health/notebook_health.ts";

/** The timeout of a shutdown, in milliseconds: a person who presses Ctrl-C does not wait longer. */
const SHUTDOWN_TIMEOUT_MS = 5_000;

export interface AttachContext extends Pick<CommandHost, "onStopSignal" | "onUncaught" | "loadAgent" | "clock"> {
  logger: Logger;
  /** The file of `--trace`, which records the model's request and reply for each cell. Default: none. */
  traceFile?: string;
}

/** The settings of the command, except those of the log. */
export type AttachSettings = AgentsSettings & Pick<CommandSettings, "healthHost" | "healthPort">;

/** Loads the agent when it is needed. LiveStore takes most of a second to load, and help or the report of a wrong flag does not need it. */
export async function loadAgent(): Promise<AgentClass> {
  const { AIPythonAgent } = await import("../../agent.ts");
  return AIPythonAgent;
}

/**
 * Runs an agent for each notebook.
 *
 * The first signal shuts the agents down, within 5 s. A second signal ends the command at once. An uncaught error shuts them down too.
 *
 * @throws the uncaught error
 * @throws {ConfigurationError} the trace file cannot be written, or the server for health checks cannot listen at its address
 * @throws {UndeliveredError} the agents did not shut down in time
 */
export async function attach(
  { healthHost: host, healthPort: port, ...settings }: AttachSettings,
  context: AttachContext,
): Promise<number> {
  const { logger, clock, onStopSignal, onUncaught, traceFile, loadAgent: load = loadAgent } = context;
  const file = traceFile === undefined ? undefined : new TraceFile(traceFile, logger);
  const left = Promise.withResolvers<number>();
  let agents: NotebookAgents | undefined;
  const health = startingHealth(settings.notebookIds, clock.date());
  await using _health = port === undefined
    ? undefined
    : serveHealth({ host, port }, () => agents?.health ?? health, logger);
  let leaving = false;
  let cancelTimeout = () => {};

  const leave = async (): Promise<number> => {
    if (leaving || agents === undefined) return 0;
    leaving = true;
    const late = Promise.withResolvers<never>();
    cancelTimeout = clock.setTimer(() => late.reject(neverEnded(SHUTDOWN_TIMEOUT_MS)), SHUTDOWN_TIMEOUT_MS);
    return await Promise.race([agents.shutdown(), late.promise]);
  };
  const forgetSignals = onStopSignal((signal) => {
    logger.info(leaving ? `${signal} again: ending at once` : `${signal}: shutting down; a second signal ends at once`);
    leave().then((failed) => left.resolve(failed || exitCodeOfSignal(signal)), left.reject);
  });
  const forgetUncaught = onUncaught((error) => {
    if (leaving) return logger.error("uncaught error", { error: String(error) });
    leave().catch((failure) => reportError(failure, logger)).then(() => left.reject(error));
  });

  const live = async () => {
    const onTrace = file && ((trace: CellTrace) => file.add(trace));
    agents = new NotebookAgents(settings, await load(), { logger, clock, onTrace });
    const exitCode = await agents.serve();
    return leaving ? left.promise : exitCode;
  };
  try {
    return await Promise.race([live(), left.promise]);
  } finally {
    cancelTimeout();
    forgetSignals();
    forgetUncaught();
  }
}

function neverEnded(limitMs: number): UndeliveredError {
  return new UndeliveredError(
    `the agent did not shut down within ${limitMs / 1000} s: ` +
      "the notebook may show this runtime as connected for a while, and the end of a running cell may be missing",
  );
}
