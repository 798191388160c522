/**
 * Tests of the effects of events about runtimes and the execution queue on the tables of another client.
 *
 * @module
 */

import assert from "node:assert/strict";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { events, tables } from "../../../src/notebook/schema/mod.ts";
import { openPair } from "./notebook_pair.ts";

const date = new Date("2026-02-03T04:05:06.789Z");

Deno.test("events about runtimes and the execution queue change the tables", async (t) => {
  await using server = await startSyncServer();
  await using pair = await openPair(server);
  const { store } = pair.reader;
  const { write } = pair;
  const cell = (id: string) => store.query(tables.cells.where({ id }))[0];
  const request = (id: string) => pair.reader.request(id);
  const session = (sessionId: string) => store.query(tables.runtimeSessions.where({ sessionId }))[0];
  const capabilities = { canExecuteCode: true, canExecuteSql: false, canExecuteAi: false };
  const started = (queueId: string, cellId: string) =>
    events.executionStarted({ queueId, cellId, runtimeSessionId: "s", startedAt: date });
  const completed = (queueId: string, cellId: string, status: "success" | "error" | "cancelled", ms = 12) =>
    events.executionCompleted({ queueId, cellId, status, completedAt: date, executionDurationMs: ms });
  let cells = 0;
  /** Adds a new cell and a request to run it. */
  const requested = async () => {
    const [cellId, queueId] = [`c${++cells}`, `q${cells}`];
    await write(
      events.cellCreated2({ id: cellId, fractionalIndex: "a0", cellType: "code", createdBy: "ada" }),
      events.executionRequested({ queueId, cellId, executionCount: cells, requestedBy: "ada" }),
    );
    return { cellId, queueId };
  };

  await t.step("v1.RuntimeSessionStarted adds one active session that is starting", async () => {
    const given = { sessionId: "s", runtimeId: "r", runtimeType: "python", capabilities };
    await write(
      events.runtimeSessionStarted(given),
      events.runtimeSessionStarted({ ...given, runtimeType: "html" }),
    );
    assert.deepEqual(session("s"), {
      ...given,
      status: "starting",
      isActive: true,
      lastRenewedAt: null,
      expiresAt: null,
      terminatedReason: null,
    });
  });

  await t.step("runtime session events of status, renewal and termination change their session", async () => {
    for (const status of ["ready", "busy", "restarting"] as const) {
      await write(events.runtimeSessionStatusChanged({ sessionId: "s", status }));
      assert.equal(session("s").status, status);
    }
    await write(events.runtimeSessionRenewal({ sessionId: "s", renewedAt: date, validForMs: 30_000 }));
    assert.deepEqual(session("s").lastRenewedAt, date);
    assert.deepEqual(session("s").expiresAt, new Date("2026-02-03T04:05:36.789Z"));
    await write(events.runtimeSessionTerminated({ sessionId: "s", reason: "displaced" }));
    const { status, isActive, terminatedReason } = session("s");
    assert.deepEqual([status, isActive, terminatedReason], ["terminated", false, "displaced"]);
  });

  await t.step("v1.ExecutionRequested adds a pending row and queues the cell", async () => {
    const { cellId, queueId } = await requested();
    assert.deepEqual(request(queueId), {
      id: queueId,
      cellId,
      executionCount: cells,
      requestedBy: "ada",
      status: "pending",
      assignedRuntimeSession: null,
      startedAt: null,
      completedAt: null,
      aipythonGroup: null,
      executionDurationMs: null,
    });
    assert.deepEqual([cell(cellId).executionState, cell(cellId).executionCount], ["queued", cells]);
  });

  await t.step("v1.ExecutionRequested does not change an existing row", async () => {
    const { cellId, queueId } = await requested();
    await write(started(queueId, cellId));
    const before = request(queueId);
    await write(events.executionRequested({ queueId, cellId, executionCount: 99, requestedBy: "bob" }));
    assert.deepEqual(request(queueId), before);
  });

  await t.step(
    "v1.MultipleExecutionRequested adds a row for each cell in order, whatever the ids are",
    async () => {
      const queueIds = ["m-z", "m-a", "m-y", "m-b"];
      const cellsInfo = queueIds.map((queueId, index) => ({ id: "c1", queueId, executionCount: 10 + index }));
      await write(
        events.executionRequested({ queueId: "m-x", cellId: "c1", executionCount: 9, requestedBy: "ada" }),
        events.multipleExecutionRequested({ requestedBy: "bob", cellsInfo }),
        events.executionRequested({ queueId: "m-0", cellId: "c1", executionCount: 14, requestedBy: "ada" }),
      );
      const rows = store.query<{ id: string; status: string; requestedBy: string; executionCount: number }[]>({
        query: "SELECT id, status, requestedBy, executionCount FROM executionQueue WHERE id LIKE 'm-%' ORDER BY rowid",
        bindValues: {},
      });
      assert.deepEqual(rows.map(({ id }) => id), ["m-x", ...queueIds, "m-0"]);
      assert.deepEqual(rows[2], { id: "m-a", status: "pending", requestedBy: "bob", executionCount: 11 });
      assert.deepEqual([cell("c1").executionState, cell("c1").executionCount], ["queued", 14]);
      assert.deepEqual(["m-x", ...queueIds, "m-0"].map((id) => request(id).aipythonGroup), [
        null,
        ...Array(4).fill("m-z"),
        null,
      ]);
    },
  );

  await t.step("v1.ExecutionAssigned claims the row for a session, and the last claim wins", async () => {
    const { queueId } = await requested();
    for (const runtimeSessionId of ["first", "last"]) {
      await write(events.executionAssigned({ queueId, runtimeSessionId }));
      assert.equal(request(queueId).status, "assigned");
      assert.equal(request(queueId).assignedRuntimeSession, runtimeSessionId);
    }
  });

  await t.step("v1.ExecutionStarted sets the row to executing and the cell to running", async () => {
    const { cellId, queueId } = await requested();
    await write(started(queueId, cellId));
    const { status, assignedRuntimeSession, startedAt } = request(queueId);
    assert.deepEqual([status, assignedRuntimeSession, startedAt], ["executing", "s", date]);
    assert.deepEqual([cell(cellId).executionState, cell(cellId).assignedRuntimeSession], ["running", "s"]);
  });

  const ends = {
    success: ["completed", "completed"],
    error: ["failed", "error"],
    cancelled: ["failed", "error"],
  } as const;
  for (const [status, [rowStatus, cellState]] of Object.entries(ends)) {
    await t.step(
      `v1.ExecutionCompleted with ${status} sets the row to ${rowStatus} and the cell to ${cellState}`,
      async () => {
        const { cellId, queueId } = await requested();
        await write(started(queueId, cellId), completed(queueId, cellId, status as keyof typeof ends));
        const row = request(queueId);
        assert.deepEqual([row.status, row.completedAt, row.executionDurationMs], [rowStatus, date, 12]);
        assert.equal(cell(cellId).executionState, cellState);
        assert.equal(cell(cellId).lastExecutionDurationMs, 12);
      },
    );
  }

  await t.step(
    "v1.ExecutionCancelled cancels the row, and a late completion overwrites this",
    async () => {
      const { cellId, queueId } = await requested();
      await write(
        started(queueId, cellId),
        events.executionCancelled({ queueId, cellId, cancelledBy: "ada", reason: "stopped" }),
      );
      assert.deepEqual([request(queueId).status, cell(cellId).executionState], ["cancelled", "idle"]);
      await write(completed(queueId, cellId, "success"));
      assert.deepEqual([request(queueId).status, cell(cellId).executionState], ["completed", "completed"]);
    },
  );

  await t.step(
    "v1.AllExecutionsCancelled cancels only the requests that have not ended",
    async () => {
      const [pending, assigned, executing, done, failed] = [
        await requested(),
        await requested(),
        await requested(),
        await requested(),
        await requested(),
      ];
      await write(
        events.executionAssigned({ queueId: assigned.queueId, runtimeSessionId: "s" }),
        started(executing.queueId, executing.cellId),
        completed(done.queueId, done.cellId, "success"),
        completed(failed.queueId, failed.cellId, "error"),
        events.allExecutionsCancelled(),
      );
      for (const { queueId, cellId } of [pending, assigned, executing]) {
        assert.deepEqual([request(queueId).status, cell(cellId).executionState], ["cancelled", "idle"]);
      }
      assert.deepEqual([request(done.queueId).status, cell(done.cellId).executionState], ["completed", "completed"]);
      assert.deepEqual([request(failed.queueId).status, cell(failed.cellId).executionState], ["failed", "error"]);
    },
  );

  await t.step("fractions in integer columns are rounded, and numbers out of range are limited", async () => {
    const { cellId, queueId } = await requested();
    await write(
      started(queueId, cellId),
      completed(queueId, cellId, "success", 12.7),
      events.executionRequested({ queueId: "fraction", cellId, executionCount: 3.4, requestedBy: "ada" }),
      events.executionRequested({ queueId: "huge", cellId: "none", executionCount: 1e300, requestedBy: "ada" }),
      events.runtimeSessionRenewal({ sessionId: "s", renewedAt: date, validForMs: 1e300 }),
    );
    assert.equal(request(queueId).executionDurationMs, 13);
    assert.equal(cell(cellId).lastExecutionDurationMs, 13);
    assert.equal(request("fraction").executionCount, 3);
    assert.equal(cell(cellId).executionCount, 3);
    assert.equal(request("huge").executionCount, Number.MAX_SAFE_INTEGER);
    assert.equal(session("s").expiresAt?.getUTCFullYear(), 275_760);
  });
});
