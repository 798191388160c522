/**
 * The agent, as the command sees it.
 *
 * @module
 */

import type { AIPythonAgentOptions } from "../../options/settings.ts";

/** What the command needs of an agent. */
export interface Agent {
  /** Attaches to the notebook. */
  start(): Promise<void>;
  /** Resolves when the agent has shut down; rejects with the error if one ended it. */
  keepAlive(): Promise<void>;
  /** Finishes what is running, ends the session and detaches. */
  shutdown(): Promise<void>;
}

/** Makes an agent. */
export type AgentClass = new (options: AIPythonAgentOptions) => Agent;
