/**
 * The status of an agent.
 *
 * @module
 */

/**
 * The state of an agent's connection to its notebook.
 *
 * ```ts
 * import { AIPythonAgent, type AgentStatus } from "@runt/aipython-runtime-agent";
 *
 * let status: AgentStatus = "starting";
 * const agent = new AIPythonAgent({ onStatus: (now) => status = now });
 * await agent.start();
 * console.log(`the notebook is ${status}`);
 * await agent.shutdown();
 * ```
 */
export type AgentStatus =
  /** The agent is starting, and the notebook's server has not answered yet. */
  | "starting"
  /** The server has answered, and the agent is reading the rest of the notebook's log. */
  | "catching up"
  /** The notebook is served. */
  | "attached"
  /** The connection was lost. The agent retries with increasing delays. */
  | "reconnecting";
