/**
 * Tests that execution numbers are computed only from the log, so that every client has the same ones.
 *
 * @module
 */

import assert from "node:assert/strict";
import { newNotebookId } from "../../../stack/notebook_id.ts";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { HISTORY_RESET_KEY } from "../../../src/notebook/history_reset.ts";
import type { NotebookEvent } from "../../../src/notebook/notebook_store.ts";
import { events, tables } from "../../../src/notebook/schema/mod.ts";
import { openClient } from "../../support/notebook_client.ts";
import { dump } from "./raw_notebook.ts";

const date = new Date("2026-02-03T04:05:06.789Z");

const cells = (["code", "sql", "ai", "markdown", "raw"] as const).map((cellType) =>
  events.cellCreated2({ id: cellType === "code" ? "c" : cellType, fractionalIndex: "a0", cellType, createdBy: "ada" })
);
const requested = (queueId: string, executionCount: number, cellId = "c") =>
  events.executionRequested({ queueId, cellId, executionCount, requestedBy: "ada" });
const started = (queueId: string, cellId = "c") =>
  events.executionStarted({ queueId, cellId, runtimeSessionId: "s", startedAt: date });
/** Returns the events of an execution whose request carries a count. */
const run = (queueId: string, executionCount: number, cellId = "c") => [
  requested(queueId, executionCount, cellId),
  started(queueId, cellId),
];
const cancelled = (queueId: string) =>
  events.executionCancelled({ queueId, cellId: "c", cancelledBy: "ada", reason: "stopped" });
const restarted = (ordinal: number) => events.notebookMetadataSet({ key: HISTORY_RESET_KEY, value: String(ordinal) });

Deno.test("executions are numbered from the log", async (t) => {
  await using server = await startSyncServer();
  const { syncUrl, authToken } = server;

  /** Returns the numbers of all executions in order, and checks that the writer and a later reader agree. */
  const numbers = async (...written: NotebookEvent[]) => {
    const notebookId = newNotebookId();
    await using writer = await openClient({ syncUrl, authToken, notebookId });
    writer.store.commit(...cells, ...written);
    await writer.store.settled();
    await using reader = await openClient({ syncUrl, authToken, notebookId });
    assert.deepEqual(dump(reader), dump(writer));
    const rows = reader.store.query(tables.executions.orderBy("ordinal", "asc"));
    return rows.map(({ queueId, executionCount }) => `${queueId} ${executionCount}`);
  };

  await t.step("the number is one more than the last number, whatever counts the requests carry", async () => {
    const counts = [1, 1, 9, 0, -7, 1e300, 2];
    const runs = counts.flatMap((count, index) => run(`q${index}`, count));
    assert.deepEqual(await numbers(...runs), counts.map((_, index) => `q${index} ${index + 1}`));
  });

  await t.step("the numbers follow the order of the starts and not that of the requests", async () => {
    assert.deepEqual(await numbers(requested("a", 1), ...run("b", 1), started("a")), ["b 1", "a 2"]);
  });

  await t.step("a request that never starts takes no number", async () => {
    const waiting = [requested("b", 5), requested("c", 1), cancelled("c")];
    assert.deepEqual(await numbers(...run("a", 1), ...waiting, ...run("d", 1)), ["a 1", "d 2"]);
  });

  await t.step("a request that is started again keeps its number", async () => {
    assert.deepEqual(await numbers(...run("a", 1), ...run("b", 1), started("a"), ...run("c", 1)), [
      "a 1",
      "b 2",
      "c 3",
    ]);
  });

  await t.step("a cell that is not code has no number, and no number is skipped", async () => {
    const written = ["sql", "ai", "markdown", "raw"].flatMap((cellId) => run(cellId, 7, cellId));
    assert.deepEqual(await numbers(...run("a", 1), ...written, ...run("b", 1)), [
      "a 1",
      "sql null",
      "ai null",
      "markdown null",
      "raw null",
      "b 2",
    ]);
    assert.deepEqual(await numbers(...run("a", 1), ...run("sql", 1, "sql"), restarted(2), ...run("b", 1)), [
      "a 1",
      "sql null",
      "b 1",
    ]);
  });

  await t.step("an execution is numbered by the type that the cell had at its last start", async () => {
    const becomes = (cellType: "code" | "sql") => events.cellTypeChanged({ id: "c", cellType });
    assert.deepEqual(
      await numbers(...run("a", 1), becomes("sql"), ...run("b", 1), becomes("code"), started("b"), ...run("d", 1)),
      ["a 1", "b 2", "d 3"],
    );
    assert.deepEqual(await numbers(...run("a", 1), ...run("b", 1), becomes("sql"), started("b")), ["a 1", "b null"]);
  });

  await t.step("the numbers begin with 1 again after a history reset", async () => {
    const before = [...run("a", 1), ...run("b", 2), requested("x", 3), cancelled("x"), restarted(2)];
    assert.deepEqual(await numbers(...before, ...run("c", 4), ...run("d", 5)), ["a 1", "b 2", "c 1", "d 2"]);
  });
});
