/**
 * Restarts a notebook's runtime: what runs is stopped, and what was run before is forgotten.
 *
 * @module
 */

import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { api } from "../api/api.ts";
import type { NotebookActions } from "./notebook_actions.ts";

/** How long a restart waits until the server knows of it, in milliseconds. */
const RESTART_TIMEOUT_MS = 10_000;

/**
 * Marks a new session in the notebook, and asks the server for a new runtime.
 *
 * @param id the notebook's id
 */
export async function restartRuntime(id: string, notebook: NotebookStore, actions: NotebookActions): Promise<void> {
  actions.forgetRuns();
  // Without a connection there is nobody to restart; the next try will find the mark that was set.
  await notebook.settled(AbortSignal.timeout(RESTART_TIMEOUT_MS)).then(() => api.restartRuntime(id)).catch(() => {});
}
