/**
 * Functions that write executions and read the resulting history.
 *
 * @module
 */

import { newNotebookId } from "../../stack/notebook_id.ts";
import type { SyncServer } from "../../stack/sync_server/start.ts";
import { readHistory } from "../../src/notebook/history.ts";
import type { NotebookEvent } from "../../src/notebook/notebook_store.ts";
import { inline } from "../../src/notebook/schema/media.ts";
import { events } from "../../src/notebook/schema/mod.ts";
import { openClient } from "../support/notebook_client.ts";

export const date = new Date("2026-02-03T04:05:06.789Z");

export const created = (id: string) =>
  events.cellCreated2({ id, fractionalIndex: "a0", cellType: "code", createdBy: "ada" });

/** Returns the events that start an execution of a cell. The id of its request is `q` with the count. */
export const started = (cellId: string, count: number, source = `run ${count}`) => [
  created(cellId),
  events.cellSourceChanged({ id: cellId, source, modifiedBy: "ada" }),
  events.executionRequested({ queueId: `q${count}`, cellId, executionCount: count, requestedBy: "ada" }),
  events.executionStarted({ queueId: `q${count}`, cellId, runtimeSessionId: "s", startedAt: date }),
];

export const ended = (cellId: string, count: number, status: "success" | "error" | "cancelled" = "success") =>
  events.executionCompleted({
    queueId: `q${count}`,
    cellId,
    status,
    completedAt: date,
    executionDurationMs: 1,
  });

export const ran = (cellId: string, count: number, ...outputs: NotebookEvent[]) => [
  ...started(cellId, count),
  ...outputs,
  ended(cellId, count),
];

export const text = (id: string, cellId: string, data: string, position = 0) =>
  events.terminalOutputAdded({ id, cellId, position, content: inline(data), streamName: "stdout" });
export const note = (id: string, cellId: string, data: string, position = 0) =>
  events.terminalOutputAdded({ id, cellId, position, content: inline(data), streamName: "stderr" });
export const error = (id: string, cellId: string, data: unknown, position = 0) =>
  events.errorOutputAdded({ id, cellId, position, content: inline(data) });

/** Returns the history that a later client reads before the request `q9`, which is started last. */
export async function remembered({ syncUrl, authToken }: SyncServer, written: NotebookEvent[]) {
  const notebookId = newNotebookId();
  await using writer = await openClient({ syncUrl, authToken, notebookId });
  writer.store.commit(...written, ...started("now", 9));
  await writer.store.settled();
  await using reader = await openClient({ syncUrl, authToken, notebookId });
  return readHistory(reader.store, "q9");
}
