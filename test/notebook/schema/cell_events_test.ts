/**
 * Tests of the effects of events about the notebook and its cells on the tables of another client.
 *
 * @module
 */

import assert from "node:assert/strict";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { events, tables } from "../../../src/notebook/schema/mod.ts";
import { openPair } from "./notebook_pair.ts";

const date = new Date("2026-02-03T04:05:06.789Z");
const later = new Date("2026-02-03T05:00:00Z");

Deno.test("events about the notebook and its cells change the tables", async (t) => {
  await using server = await startSyncServer();
  await using pair = await openPair(server);
  const { store } = pair.reader;
  const { write } = pair;
  const cell = (id: string) => store.query(tables.cells.where({ id }))[0];
  const create = (id: string) => events.cellCreated2({ id, fractionalIndex: "a0", cellType: "code", createdBy: "ada" });

  await t.step("v1.Debug adds one row per id", async () => {
    await write(events.debug({ id: "d" }), events.debug({ id: "d" }));
    assert.deepEqual(store.query(tables.debug.where({ id: "d" })), [{ id: "d" }]);
  });

  await t.step(
    "v1.NotebookInitialized, v1.NotebookTitleChanged and v1.NotebookMetadataSet set metadata, and the last value counts",
    async () => {
      const metadata = () =>
        Object.fromEntries(store.query(tables.notebookMetadata).map((row) => [row.key, row.value]));
      await write(events.notebookInitialized({ id: "n", title: "Untitled", ownerId: "owner" }));
      assert.deepEqual(metadata(), { title: "Untitled", ownerId: "owner" });
      await write(
        events.notebookTitleChanged({ title: "Primes" }),
        events.notebookMetadataSet({ key: "runtimeType", value: "html" }),
        events.notebookMetadataSet({ key: "runtimeType", value: "python" }),
      );
      assert.deepEqual(metadata(), { title: "Primes", ownerId: "owner", runtimeType: "python" });
    },
  );

  await t.step("v1.FileUploaded adds a file or replaces the file of that name, even if it was deleted", async () => {
    const file = { mimeType: "text/csv", fileName: "a.csv", createdBy: "ada" };
    await write(
      events.fileUploaded({ ...file, artifactId: "n/1", createdAt: date, fileUrl: "/1" }),
      events.fileDeleted2({ fileName: "a.csv", deletedAt: date }),
      events.fileUploaded({ ...file, artifactId: "n/2", createdAt: later }),
    );
    assert.deepEqual(store.query(tables.files), [
      { ...file, artifactId: "n/2", createdAt: later, fileUrl: null, deletedAt: null },
    ]);
  });

  await t.step("v2.FileDeleted marks a file as deleted, and v1.FileDeleted removes it", async () => {
    await write(events.fileDeleted2({ fileName: "a.csv", deletedAt: later }));
    assert.deepEqual(store.query(tables.files.select("deletedAt")), [later]);
    await write(events.fileDeleted1({ fileName: "a.csv" }));
    assert.deepEqual(store.query(tables.files), []);
  });

  await t.step("v1.CellCreated derives the fractional index from the position, in base 36", async () => {
    const indexes = { 0: "a0", 7.9: "a7", 35: "az", 36: "a10", 1300: "a104" };
    for (const [position, index] of Object.entries(indexes)) {
      const id = `at ${position}`;
      await write(events.cellCreated1({ id, cellType: "code", position: Number(position), createdBy: "ada" }));
      assert.equal(cell(id).fractionalIndex, index);
    }
  });

  await t.step("v2.CellCreated adds an idle, visible, empty cell", async () => {
    await write(create("c"));
    assert.deepEqual(cell("c"), {
      id: "c",
      cellType: "code",
      source: "",
      fractionalIndex: "a0",
      executionCount: null,
      executionState: "idle",
      assignedRuntimeSession: null,
      lastExecutionDurationMs: null,
      sqlConnectionId: null,
      sqlResultVariable: null,
      aiProvider: null,
      aiModel: null,
      aiSettings: null,
      sourceVisible: true,
      outputVisible: true,
      aiContextVisible: true,
      createdBy: "ada",
    });
  });

  await t.step("v1.CellCreated and v2.CellCreated do not change an existing cell", async () => {
    await write(events.cellSourceChanged({ id: "c", source: "1 + 1", modifiedBy: "ada" }));
    const before = cell("c");
    await write(
      events.cellCreated1({ id: "c", cellType: "sql", position: 9, createdBy: "bob" }),
      events.cellCreated2({ id: "c", cellType: "raw", fractionalIndex: "z", createdBy: "bob" }),
    );
    assert.deepEqual(cell("c"), before);
  });

  await t.step(
    "v1.CellSourceChanged, v1.CellTypeChanged, v1.CellMoved and v2.CellMoved change only their cell",
    async () => {
      await write(
        create("changed"),
        create("untouched"),
        events.cellSourceChanged({ id: "changed", source: "print('é 😀')", modifiedBy: "ada" }),
        events.cellTypeChanged({ id: "changed", cellType: "markdown" }),
        events.cellMoved1({ id: "changed", newPosition: 37.5 }),
      );
      const { source, cellType, fractionalIndex } = cell("changed");
      assert.deepEqual([source, cellType, fractionalIndex], ["print('é 😀')", "markdown", "a11"]);
      await write(events.cellMoved2({ id: "changed", fractionalIndex: "Zz" }));
      assert.equal(cell("changed").fractionalIndex, "Zz");
      assert.deepEqual(cell("untouched"), { ...cell("c"), id: "untouched", source: "" });
    },
  );

  await t.step("each visibility event changes one column", async () => {
    const columns = () => {
      const { sourceVisible, outputVisible, aiContextVisible } = cell("c");
      return [sourceVisible, outputVisible, aiContextVisible];
    };
    await write(events.cellSourceVisibilityToggled({ id: "c", sourceVisible: false }));
    assert.deepEqual(columns(), [false, true, true]);
    await write(events.cellOutputVisibilityToggled({ id: "c", outputVisible: false }));
    assert.deepEqual(columns(), [false, false, true]);
    await write(
      events.cellAiContextVisibilityToggled({ id: "c", aiContextVisible: false }),
      events.cellSourceVisibilityToggled({ id: "c", sourceVisible: true }),
    );
    assert.deepEqual(columns(), [true, false, false]);
  });

  await t.step("the AI and SQL events set the cell's columns, and the SQL events clear them", async () => {
    const settings = { temperature: 0.5, systemPrompt: "Be brief." };
    await write(
      events.aiSettingsChanged({ cellId: "c", provider: "openai", model: "m", settings }),
      events.sqlConnectionChanged({ cellId: "c", connectionId: "db", changedBy: "ada" }),
      events.sqlResultVariableChanged({ cellId: "c", resultVariable: "df", changedBy: "ada" }),
    );
    const { aiProvider, aiModel, aiSettings, sqlConnectionId, sqlResultVariable } = cell("c");
    assert.deepEqual([aiProvider, aiModel, aiSettings], ["openai", "m", settings]);
    assert.deepEqual([sqlConnectionId, sqlResultVariable], ["db", "df"]);
    await write(
      events.sqlConnectionChanged({ cellId: "c", changedBy: "ada" }),
      events.sqlResultVariableChanged({ cellId: "c", changedBy: "ada" }),
    );
    assert.deepEqual([cell("c").sqlConnectionId, cell("c").sqlResultVariable], [null, null]);
  });

  await t.step("v1.CellDeleted removes the cell, and later events about it have no effect", async () => {
    await write(
      events.cellDeleted({ id: "c" }),
      events.cellSourceChanged({ id: "c", source: "late", modifiedBy: "ada" }),
    );
    assert.equal(cell("c"), undefined);
  });

  await t.step("v1.PresenceSet and v1.ActorProfileSet keep one row per user", async () => {
    await write(events.presenceSet({ userId: "ada", cellId: "x" }), events.presenceSet({ userId: "ada" }));
    assert.deepEqual(store.query(tables.presence), [{ userId: "ada", cellId: null }]);
    await write(
      events.actorProfileSet({ id: "ada", type: "human", displayName: "A", avatar: "/a.png" }),
      events.actorProfileSet({ id: "ada", type: "runtime_agent", displayName: "Ada" }),
    );
    assert.deepEqual(store.query(tables.actors), [
      { id: "ada", type: "runtime_agent", displayName: "Ada", avatar: null },
    ]);
  });

  await t.step("v1.ToolApprovalRequested adds one pending row, and v1.ToolApprovalResponded answers it", async () => {
    const request = { toolCallId: "t", cellId: "c", toolName: "create_cell", arguments: { source: "1" } };
    await write(events.toolApprovalRequested({ ...request, requestedAt: date }));
    const row = { ...request, requestedAt: date };
    assert.deepEqual(store.query(tables.toolApprovals), [
      { ...row, status: "pending", approvedBy: null, respondedAt: null },
    ]);
    await write(
      events.toolApprovalResponded({ toolCallId: "t", status: "denied", approvedBy: "ada", respondedAt: later }),
      events.toolApprovalRequested({ ...request, toolName: "other", requestedAt: later }),
    );
    assert.deepEqual(store.query(tables.toolApprovals), [
      { ...row, status: "denied", approvedBy: "ada", respondedAt: later },
    ]);
  });
});
