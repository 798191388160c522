/**
 * Restarts a notebook's runtime: stops what runs and forgets what was run before.
 *
 * @module
 */

import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { api } from "../api/api.ts";
import { servingSessions } from "../store/queries.ts";
import type { NotebookActions } from "./notebook_actions.ts";

/** The time that the server has to learn of a restart, and that the new session has to appear, in milliseconds. */
const RESTART_TIMEOUT_MS = 10_000;

/**
 * Marks a new session in the notebook, asks the server for a new runtime, and waits until its session appears in the notebook.
 *
 * @returns whether the new runtime serves the notebook
 */
export async function restartRuntime(id: string, notebook: NotebookStore, actions: NotebookActions): Promise<boolean> {
  const before = new Set(notebook.query(servingSessions));
  actions.forgetRuns();
  try {
    // Without a connection nothing can be restarted. The next attempt will find the mark.
    await notebook.settled(AbortSignal.timeout(RESTART_TIMEOUT_MS));
    const { state } = await api.restartRuntime(id);
    if (state === "ready") await sessionBesides(before, notebook, AbortSignal.timeout(RESTART_TIMEOUT_MS));
    return state === "ready";
  } catch {
    return false;
  }
}

/** Waits for a session that serves cells and is not one of these. */
async function sessionBesides(
  before: ReadonlySet<string>,
  notebook: NotebookStore,
  signal: AbortSignal,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const giveUp = () => reject(signal.reason);
  signal.addEventListener("abort", giveUp);
  const stop = notebook.watch(servingSessions, (ids: readonly string[]) => {
    if (ids.some((id) => !before.has(id))) resolve();
  });
  try {
    await promise;
  } finally {
    stop();
    signal.removeEventListener("abort", giveUp);
  }
}
