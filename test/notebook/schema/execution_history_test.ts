/**
 * Tests of this package's own tables: the executions, their outputs, and the requests that have ended.
 *
 * @module
 */

import assert from "node:assert/strict";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { inline } from "../../../src/notebook/schema/media.ts";
import { events, tables } from "../../../src/notebook/schema/mod.ts";
import { stopNote } from "../../../src/notebook/schema/stop_note.ts";
import { openPair } from "./notebook_pair.ts";

const date = new Date("2026-02-03T04:05:06.789Z");

Deno.test("the tables keep the history of executions", async (t) => {
  await using server = await startSyncServer();
  await using pair = await openPair(server);
  const { store } = pair.reader;
  const { write } = pair;
  const execution = (queueId: string) => store.query(tables.executions.where({ queueId }))[0];
  const orderOf = (queueId: string) => [execution(queueId).ordinal, execution(queueId).executionCount];
  const outputsOf = (queueId: string) =>
    store.query(tables.executionOutputs.where({ queueId }).orderBy("position", "asc"));
  const textsOf = (queueId: string) => outputsOf(queueId).map(({ data }) => data);

  const edit = (id: string, source: string) => events.cellSourceChanged({ id, source, modifiedBy: "ada" });
  const newCell = (id: string, source: string) => [
    events.cellCreated2({ id, fractionalIndex: "a0", cellType: "code", createdBy: "ada" }),
    edit(id, source),
  ];
  const start = (queueId: string, cellId: string) => [
    events.executionRequested({ queueId, cellId, executionCount: 4, requestedBy: "ada" }),
    events.executionStarted({ queueId, cellId, runtimeSessionId: "s", startedAt: date }),
  ];
  const end = (queueId: string, cellId: string, status: "success" | "error" | "cancelled" = "success") =>
    events.executionCompleted({ queueId, cellId, status, completedAt: date, executionDurationMs: 1 });
  const clear = (cellId: string, wait = false) => events.cellOutputsCleared({ cellId, wait, clearedBy: "runtime-r" });
  const text = (id: string, cellId: string, position = 0) =>
    events.terminalOutputAdded({ id, cellId, position, content: inline(id), streamName: "stdout" });
  const display = (id: string, cellId: string, data: string) =>
    events.multimediaDisplayOutputAdded({
      id,
      cellId,
      position: 0,
      representations: { "text/plain": inline(data) },
      displayId: "bar",
    });

  await t.step("the source is kept as it was executed, even if the cell is edited or deleted later", async () => {
    await write(
      ...newCell("source", "old"),
      events.executionRequested({ queueId: "q-source", cellId: "source", executionCount: 4, requestedBy: "ada" }),
      edit("source", "run"),
      ...start("q-source", "source"),
      edit("source", "new"),
      end("q-source", "source"),
      events.cellDeleted({ id: "source" }),
    );
    assert.deepEqual(execution("q-source"), {
      queueId: "q-source",
      ordinal: 1,
      cellId: "source",
      cellType: "code",
      startOfCell: 1,
      executionCount: 1,
      source: "run",
      status: "completed",
      fileChanges: 0,
    });
  });

  await t.step("executions are numbered in the order of their start and have the status of their end", async () => {
    await write(
      ...newCell("ends", ""),
      ...start("q-3", "ends"),
      end("q-3", "ends", "error"),
      ...start("q-1", "ends"),
      end("q-1", "ends", "cancelled"),
      ...start("q-2", "ends"),
      events.executionCancelled({ queueId: "q-2", cellId: "ends", cancelledBy: "ada", reason: "stopped" }),
      ...start("q-4", "ends"),
    );
    const [first, ...others] = ["q-3", "q-1", "q-2", "q-4"].map(execution);
    assert.deepEqual(others.map(({ ordinal }) => ordinal - first.ordinal), [1, 2, 3]);
    assert.deepEqual([first, ...others].map(({ status }) => status), ["failed", "failed", "cancelled", "executing"]);
    await write(events.allExecutionsCancelled());
    assert.deepEqual(["q-3", "q-1", "q-2", "q-4"].map((id) => execution(id).status), [
      "failed",
      "failed",
      "cancelled",
      "cancelled",
    ]);
  });

  await t.step(
    "an execution that another runtime takes over loses its outputs and keeps its number",
    async () => {
      await write(...newCell("taken", "1"), ...start("q-taken", "taken"), text("of the first", "taken"));
      await write(...start("q-since", "taken"), text("since", "taken"), end("q-since", "taken"));
      const { ordinal, executionCount } = execution("q-taken");
      assert.deepEqual(orderOf("q-since"), [ordinal + 1, executionCount! + 1]);
      await write(edit("taken", "2"), ...start("q-taken", "taken"), text("of the second", "taken"));
      assert.deepEqual(orderOf("q-taken"), [ordinal, executionCount]);
      assert.deepEqual([execution("q-taken").source, execution("q-taken").status], ["2", "executing"]);
      assert.deepEqual([textsOf("q-taken"), textsOf("q-since")], [["of the second"], ["since"]]);
    },
  );

  await t.step("the outputs of a finished execution are kept when the cell is cleared and run again", async () => {
    await write(
      ...newCell("again", ""),
      ...start("q-again-1", "again"),
      clear("again"),
      text("one", "again", 0),
      text("two", "again", 1),
      end("q-again-1", "again"),
      clear("again"),
      ...start("q-again-2", "again"),
      clear("again"),
      text("three", "again"),
    );
    assert.deepEqual(pair.reader.outputs("again").map(({ id }) => id), ["three"]);
    assert.deepEqual([textsOf("q-again-1"), textsOf("q-again-2")], [["one", "two"], ["three"]]);
    await write(end("q-again-2", "again"), events.allOutputsCleared({ clearedBy: "ada" }));
    assert.deepEqual([textsOf("q-again-1"), textsOf("q-again-2")], [["one", "two"], ["three"]]);
  });

  await t.step("outputs that an execution clears itself are removed, at once or with its next output", async () => {
    await write(...newCell("clears", ""), ...start("q-clears", "clears"));
    await write(text("one", "clears"), clear("clears"), text("two", "clears"));
    assert.deepEqual(textsOf("q-clears"), ["two"]);
    await write(clear("clears", true));
    assert.deepEqual(textsOf("q-clears"), ["two"]);
    await write(text("three", "clears"));
    assert.deepEqual(textsOf("q-clears"), ["three"]);
  });

  await t.step("a finished execution is kept when the next one applies its pending clear", async () => {
    await write(
      ...newCell("pending", ""),
      ...start("q-pending-1", "pending"),
      text("first", "pending"),
      clear("pending", true),
      end("q-pending-1", "pending"),
      ...start("q-pending-2", "pending"),
      text("second", "pending"),
    );
    assert.deepEqual([textsOf("q-pending-1"), textsOf("q-pending-2")], [["first"], ["second"]]);
  });

  await t.step("an output that is written again replaces the earlier one", async () => {
    await write(...newCell("once", ""), ...start("q-once", "once"), text("id", "once"));
    await write(
      events.errorOutputAdded({ id: "id", cellId: "once", position: 1, content: inline({ ename: "E" }) }),
    );
    assert.deepEqual(outputsOf("q-once").map(({ outputType, data }) => [outputType, data]), [
      ["error", '{"ename":"E"}'],
    ]);
  });

  await t.step("an update of a display changes every display with its id, also in an earlier execution", async () => {
    const shown = (queueId: string) => outputsOf(queueId)[0].representations?.["text/plain"];
    await write(...newCell("d", ""), ...start("q-d-1", "d"), display("d1", "d", "0 %"), end("q-d-1", "d"), clear("d"));
    await write(...start("q-d-2", "d"), display("d2", "d", "50 %"));
    assert.deepEqual([shown("q-d-1"), shown("q-d-2")], [inline("50 %"), inline("50 %")]);
    const representations = { "text/plain": inline("100 %") };
    await write(events.multimediaDisplayOutputUpdated({ displayId: "bar", representations }));
    assert.deepEqual([shown("q-d-1"), shown("q-d-2")], [inline("100 %"), inline("100 %")]);
  });

  await t.step("the first end of a request is kept, whatever comes later", async () => {
    const endOf = (queueId: string) => store.query(tables.endedRequests.where({ queueId }))[0]?.endedAs;
    const cancel = (queueId: string) =>
      events.executionCancelled({ queueId, cellId: "late", cancelledBy: "ada", reason: "stopped" });
    await write(
      ...newCell("late", ""),
      ...["l-1", "l-2", "l-3", "l-4"].flatMap((queueId) => start(queueId, "late")),
      end("l-1", "late"),
      end("l-2", "late", "error"),
      cancel("l-3"),
    );
    assert.deepEqual(["l-1", "l-2", "l-3", "l-4"].map(endOf), ["completed", "failed", "cancelled", undefined]);
    await write(
      cancel("l-1"),
      end("l-3", "late"),
      events.executionAssigned({ queueId: "l-2", runtimeSessionId: "s" }),
      events.allExecutionsCancelled(),
    );
    assert.deepEqual(["l-1", "l-2", "l-3", "l-4"].map(endOf), ["completed", "failed", "cancelled", "cancelled"]);
  });

  await t.step("requests that a person cancels while they are executed are marked as interrupted", async () => {
    const wasInterrupted = (queueId: string) => store.query(tables.endedRequests.where({ queueId }))[0]?.wasInterrupted;
    const cancel = (queueId: string, cancelledBy = "ada") =>
      events.executionCancelled({ queueId, cellId: "stops", cancelledBy, reason: "stopped" });
    const [request, begin] = start("i-1", "stops");
    await write(
      ...newCell("stops", ""),
      request,
      cancel("i-1"),
      begin,
      cancel("i-1"),
      ...start("i-2", "stops"),
      cancel("i-2", "runtime-r"),
      ...start("i-3", "stops"),
      cancel("i-3"),
      ...start("i-4", "stops"),
      end("i-4", "stops"),
      cancel("i-4"),
      ...start("i-5", "stops"),
      start("i-6", "stops")[0],
      events.allExecutionsCancelled(),
    );
    assert.deepEqual(["i-1", "i-2", "i-3", "i-4", "i-5", "i-6"].map(wasInterrupted), [
      false,
      false,
      true,
      false,
      true,
      false,
    ]);
  });

  await t.step("notes that a cell was not run are left out", async () => {
    const note = (id: string, cellId: string) =>
      events.terminalOutputAdded({ id, cellId, position: 9, content: stopNote("stopped\n"), streamName: "stderr" });
    await write(
      ...newCell("noted", ""),
      ...start("q-noted", "noted"),
      text("t-noted", "noted"),
      end("q-noted", "noted"),
    );
    await write(note("n", "noted"), ...newCell("moved", ""), note("n", "moved"));
    assert.deepEqual(textsOf("q-noted"), ["t-noted"]);
    assert.deepEqual(["noted", "moved"].map((id) => pair.reader.outputs(id).map((row) => row.id)), [["t-noted"], [
      "n",
    ]]);
  });

  await t.step("the outputs of cells that were never run are left out", async () => {
    const before = store.query(tables.executionOutputs).length;
    await write(...newCell("never", ""), text("stray", "never"));
    assert.equal(pair.reader.outputs("never").length, 1);
    assert.equal(store.query(tables.executionOutputs).length, before);
  });
});
