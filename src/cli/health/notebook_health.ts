/**
 * The state of a command's notebooks, as health checks report it.
 *
 * @module
 */

import type { AgentStatus } from "../../options/agent_status.ts";

/** The status of a notebook: the status of its agent, or the way it ended. */
export type NotebookStatus =
  | AgentStatus
  /** The command is shutting down. */
  | "stopping"
  /** A permanent error ended it. */
  | "failed"
  /** Another runtime has taken it over, or its session was ended in the notebook. */
  | "displaced"
  /** A server refused the token or the API key. */
  | "refused";

export interface NotebookHealth {
  /** The notebook's id. */
  notebook: string;
  status: NotebookStatus;
  /** The time of the last change of the status, in UTC: `2026-11-29T12:11:06.000Z`. */
  since: string;
  /** The error that ended it, permanently or until it is attached again; absent without an error. */
  reason?: string;
}

/** The state of all notebooks of a command: the body of the response to `GET /healthz`. */
export interface HealthReport {
  /** The status of the notebook that is furthest from being attached: `attached` if all are. */
  status: NotebookStatus;
  notebooks: readonly NotebookHealth[];
}

/** Every status, from the best to the worst. */
export const notebookStatuses: readonly NotebookStatus[] = [
  "attached",
  "catching up",
  "starting",
  "reconnecting",
  "stopping",
  "failed",
  "displaced",
  "refused",
];

/** Returns the state of notebooks before their agents are created. */
export function startingHealth(notebookIds: readonly string[], now: Date): HealthReport {
  return sumUpHealth(notebookIds.map((notebook) => ({ notebook, status: "starting", since: now.toISOString() })));
}

/** Combines the states of a command's notebooks, at least one, into a report. */
export function sumUpHealth(notebooks: readonly NotebookHealth[]): HealthReport {
  const worst = Math.max(...notebooks.map(({ status }) => notebookStatuses.indexOf(status)));
  return { status: notebookStatuses[worst], notebooks };
}
