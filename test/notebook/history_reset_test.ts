/**
 * Tests that a new session in an old notebook does not remember what was run before it.
 *
 * @module
 */

import assert from "node:assert/strict";
import { newNotebookId } from "../../stack/notebook_id.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { HISTORY_RESET_KEY } from "../../src/notebook/history_reset.ts";
import { readHistory } from "../../src/notebook/history.ts";
import { events } from "../../src/notebook/schema/mod.ts";
import { openClient } from "../support/notebook_client.ts";

const date = new Date("2026-02-03T04:05:06.789Z");

/** Returns the events of an execution of the cell, from its request to its end. */
const ran = (queueId: string, source: string) => [
  events.cellSourceChanged({ id: "c", source, modifiedBy: "ada" }),
  events.executionRequested({ queueId, cellId: "c", executionCount: 1, requestedBy: "ada" }),
  events.executionStarted({ queueId, cellId: "c", runtimeSessionId: "s", startedAt: date }),
  events.executionCompleted({ queueId, cellId: "c", status: "success", completedAt: date, executionDurationMs: 1 }),
];

Deno.test("readHistory() returns only the executions since the last history reset", async () => {
  await using server = await startSyncServer();
  const place = { syncUrl: server.syncUrl, authToken: server.authToken, notebookId: newNotebookId() };
  await using person = await openClient(place);
  const codes = (queueId: string) => readHistory(person.store, queueId).map(({ code }) => code);
  person.store.commit(
    events.cellCreated2({ id: "c", fractionalIndex: "a0", cellType: "code", createdBy: "ada" }),
    ...ran("q1", "first"),
    ...ran("q2", "second"),
  );
  assert.deepEqual(codes("q2"), ["first"]);
  person.store.commit(
    events.notebookMetadataSet({ key: HISTORY_RESET_KEY, value: "2" }),
    ...ran("q3", "third"),
    ...ran("q4", "fourth"),
  );
  assert.deepEqual(codes("q3"), []);
  assert.deepEqual(codes("q4"), ["third"]);
});
