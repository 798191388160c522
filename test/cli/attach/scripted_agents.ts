/**
 * Agents that start, end and fail when a test decides.
 *
 * @module
 */

import { NotebookAgents } from "../../../src/cli/attach/notebook_agents.ts";
import type { Agent } from "../../../src/cli/host/agent_class.ts";
import type { LogFields, Logger } from "../../../src/logger.ts";
import { commandOptionNames } from "../../../src/options/option_names.ts";
import { collectSettings } from "../../../src/options/resolve_settings.ts";
import type { AIPythonAgentOptions, CommandSettings } from "../../../src/options/settings.ts";
import { Notifier } from "../../../src/async/notifier.ts";
import { ManualClock } from "../../support/manual_clock.ts";

/** Creates agents for the given notebooks. The test controls when each one starts and ends. */
export function agentsFor(notebookIds: string[], given: Record<string, unknown> = {}) {
  const required = { notebookIds, authToken: "token", apiKey: "key", ...given };
  const { logLevel: _level, logFormat: _format, healthPort: _port, healthHost: _host, ...settings } = collectSettings(
    required,
    {},
    "command",
    commandOptionNames,
  ).settings as CommandSettings;
  const lines: [string, LogFields | undefined][] = [];
  const log = (message: string, fields?: LogFields) => void lines.push([message, fields]);
  const logger: Logger = { debug: () => {}, info: log, warn: log, error: log };
  const made: ScriptedAgent[] = [];
  const changed = new Notifier();
  class Made extends ScriptedAgent {
    constructor(options: AIPythonAgentOptions) {
      super(options);
      made.push(this);
      changed.notify();
    }
  }
  const clock = new ManualClock();
  const agents = new NotebookAgents(settings, Made, { logger, clock, random: () => 1 });
  /** Resolves with an agent when it is asked to start. */
  const nth = async (index: number) => {
    await changed.until(() => made.length > index);
    await made[index].asked.promise;
    return made[index];
  };
  return { agents, made, nth, lines, clock };
}

/** An agent whose promises the test settles. */
export class ScriptedAgent implements Agent {
  readonly options: AIPythonAgentOptions;
  readonly started = Promise.withResolvers<void>();
  readonly ended = Promise.withResolvers<void>();
  readonly asked = Promise.withResolvers<void>();
  isAsked = false;
  farewell: Error | undefined;

  constructor(options: AIPythonAgentOptions) {
    this.options = options;
  }
  start(): Promise<void> {
    this.isAsked = true;
    this.asked.resolve();
    return this.started.promise;
  }
  keepAlive(): Promise<void> {
    return this.ended.promise;
  }
  shutdown(): Promise<void> {
    this.started.resolve();
    this.ended.resolve();
    return this.farewell === undefined ? Promise.resolve() : Promise.reject(this.farewell);
  }
}
