/**
 * The interface of the agent for the command line.
 *
 * @module
 */

import type { AIPythonAgentOptions } from "../../options/settings.ts";

/** The methods of an agent that the command uses. */
export interface Agent {
  start(): Promise<void>;
  /** Resolves when the agent has shut down; rejects with the error if one ended it. */
  keepAlive(): Promise<void>;
  /** Finishes what is running, ends the session and detaches. */
  shutdown(): Promise<void>;
}

export type AgentClass = new (options: AIPythonAgentOptions) => Agent;
