/**
 * How the notebooks of a command are, as health checks are told.
 *
 * @module
 */

import type { AgentStatus } from "../../options/agent_status.ts";

/** How a notebook is: as its agent says, or how it ended. */
export type NotebookStatus =
  | AgentStatus
  /** The command is leaving. */
  | "stopping"
  /** An error ended it that will not pass by itself. */
  | "failed"
  /** Another runtime has taken it over, or its session was ended in the notebook. */
  | "displaced"
  /** A server refused the token or the API key. */
  | "refused";

/** How one notebook is. */
export interface NotebookHealth {
  /** The notebook's id. */
  notebook: string;
  status: NotebookStatus;
  /** Since when, in UTC: `2026-11-29T12:11:06.000Z`. */
  since: string;
  /** The error that ended it, or ended it before it is attached again; absent where there was none. */
  reason?: string;
}

/** How all notebooks of a command are: the body of an answer to `GET /healthz`. */
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

/** How notebooks are before their agents are made. */
export function startingHealth(notebookIds: readonly string[], now: Date): HealthReport {
  return sumUpHealth(notebookIds.map((notebook) => ({ notebook, status: "starting", since: now.toISOString() })));
}

/** Sums up how the notebooks of a command are, one at least. */
export function sumUpHealth(notebooks: readonly NotebookHealth[]): HealthReport {
  const worst = Math.max(...notebooks.map(({ status }) => notebookStatuses.indexOf(status)));
  return { status: notebookStatuses[worst], notebooks };
}
