/**
 * Which model answered which cell. A runtime session does not name its model in the notebook, so a page of the site that started
 * the runtime records it in the notebook's metadata.
 *
 * @module
 */

import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { events, tables } from "../../../src/notebook/schema/mod.ts";

/** The runtime that answered a cell. */
export interface Answerer {
  /** Whether the runtime is AIPython, whose outputs are all simulated. */
  isAIPython: boolean;
  /** The runtime's model, if known. */
  model?: string;
}

/** The runtime type that AIPython announces. The notebook app's runtimes, which execute code, announce other types. */
const RUNTIME_TYPE = "python";

const modelKey = (sessionId: string) => `aipython.model.${sessionId}`;

/** The active sessions, with the data to identify their runtimes. */
export const activeSessions = tables.runtimeSessions.select("sessionId", "runtimeId").where({ isActive: true });

/** Records the model of a session, once. */
export function noteModel(notebook: NotebookStore, sessionId: string, model: string): void {
  const key = modelKey(sessionId);
  const [noted] = notebook.query(tables.notebookMetadata.select("key", "value").where({ key }));
  if (noted === undefined) notebook.commit(events.notebookMetadataSet({ key, value: model }));
}

/**
 * Returns the cells that were run here, by id, and the runtime that last answered a code cell. AI cells do not count as outputs
 * of the notebook's code.
 */
export function readAnswerers(notebook: NotebookStore): { byCell: Map<string, Answerer>; latest?: Answerer } {
  const sessions = new Map(
    notebook.query(tables.runtimeSessions.select("sessionId", "runtimeType")).map((row) => [row.sessionId, row]),
  );
  const models = new Map(
    notebook.query(tables.notebookMetadata.select("key", "value")).map(({ key, value }) => [key, value]),
  );
  const assigned = new Map(
    notebook.query(tables.cells.select("id", "assignedRuntimeSession")).map((row) => [
      row.id,
      row.assignedRuntimeSession,
    ]),
  );
  const byCell = new Map<string, Answerer>();
  let latest: Answerer | undefined;
  const executions = notebook.query(tables.executions.select("cellId", "cellType").orderBy("ordinal", "asc"));
  for (const { cellId, cellType } of executions) {
    const sessionId = assigned.get(cellId);
    if (sessionId === undefined) continue;
    const model = sessionId === null ? undefined : models.get(modelKey(sessionId));
    const type = sessionId === null ? undefined : sessions.get(sessionId)?.runtimeType;
    const isAIPython = type === undefined || type === RUNTIME_TYPE;
    const answerer = model === undefined ? { isAIPython } : { isAIPython, model };
    byCell.set(cellId, answerer);
    if (cellType === "code") latest = answerer;
  }
  return { byCell, latest };
}
