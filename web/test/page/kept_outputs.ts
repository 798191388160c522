/**
 * Several people with the outputs of two cells.
 *
 * @module
 */

import type { NotebookEvent, NotebookStore } from "../../../src/notebook/notebook_store.ts";
import type { StoredEvent } from "../../../src/notebook/sync/frames.ts";
import { inline } from "../../../src/notebook/schema/media.ts";
import { events, tables } from "../../../src/notebook/schema/mod.ts";
import { newNotebookId } from "../../../stack/notebook_id.ts";
import { NotebookActions } from "../../page/actions/notebook_actions.ts";
import type { SyncServer } from "../../../stack/sync_server/start.ts";
import { openPageStore } from "./page_notebook.ts";

/** The ids of the notebook's cells. */
export const cellIds = ["one", "two"];

const cells = cellIds.flatMap((id, index) => [
  events.cellCreated2({ id, fractionalIndex: `a${index}`, cellType: "code", createdBy: "ada" }),
  events.cellSourceChanged({ id, source: id, modifiedBy: "ada" }),
]);

/** Returns the events of a cell's start as an agent writes them. Later outputs belong to this run. */
export function begun(cellId: string, queueId: string): NotebookEvent[] {
  return [
    events.executionRequested({ queueId, cellId, executionCount: 1, requestedBy: "ada" }),
    events.executionStarted({ queueId, cellId, runtimeSessionId: "s", startedAt: new Date(0) }),
    events.cellOutputsCleared({ cellId, wait: false, clearedBy: "runtime-r" }),
  ];
}

/** Returns the event of a line of text that a cell has printed. */
export const text = (id: string, cellId: string, position = 0) =>
  events.terminalOutputAdded({ id, cellId, position, content: inline(`${id}\n`), streamName: "stdout" });

/** Opens a notebook of two cells for several people. Each has a store of the same log. */
export async function withPeople(
  server: Pick<SyncServer, "syncUrl" | "authToken">,
  count: number,
  test: (people: { notebook: NotebookStore; actions: NotebookActions; log: StoredEvent[] }[]) => Promise<void>,
): Promise<void> {
  const notebookId = newNotebookId();
  await using stack = new AsyncDisposableStack();
  const people = [];
  for (let person = 0; person < count; person++) {
    const { notebook, log } = await openPageStore(server, notebookId);
    stack.defer(() => notebook.close());
    people.push({ notebook, actions: new NotebookActions(notebook, `person ${person}`), log });
  }
  people[0].notebook.commit(...cells);
  await test(people);
}

/** Returns the outputs of all cells, sorted by id. */
export const rowsOf = (notebook: NotebookStore) => notebook.query(tables.outputs.orderBy("id", "asc"));

/** Returns the ids of the outputs of all cells, sorted. */
export const idsOf = (notebook: NotebookStore) => rowsOf(notebook).map(({ id }) => id);

/** Waits until a person's notebook has this number of outputs. */
export async function sees(notebook: NotebookStore, count: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = notebook.watch(tables.outputs.select("id"), (rows: readonly string[]) => {
    if (rows.length === count) resolve();
  });
  await promise.finally(() => stop());
}
