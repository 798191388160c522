/**
 * The state of an agent's way to its notebook.
 *
 * @module
 */

/** The state of an agent's way to its notebook. */
export type AgentStatus =
  /** The agent begins, and the notebook's server has not answered yet. */
  | "starting"
  /** The server has answered, and what is missing of the notebook's log is being read. */
  | "catching up"
  /** The notebook is served. */
  | "attached"
  /** The connection was lost, and is tried again with growing pauses. */
  | "reconnecting";
