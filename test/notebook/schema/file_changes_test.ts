/**
 * Tests of the files of each execution: as they were in the log when it was started, even if they change later.
 *
 * @module
 */

import assert from "node:assert/strict";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { events, tables } from "../../../src/notebook/schema/mod.ts";
import { openPair } from "./notebook_pair.ts";

const date = new Date("2026-02-03T04:05:06.789Z");

Deno.test("the tables keep the changes of a notebook's files", async (t) => {
  await using server = await startSyncServer();

  const upload = (fileName: string, artifactId: string, mimeType = "text/csv") =>
    events.fileUploaded({ fileName, artifactId, mimeType, createdAt: date, createdBy: "ada" });
  const start = (queueId: string) => [
    events.cellCreated2({ id: "cell", fractionalIndex: "a0", cellType: "code", createdBy: "ada" }),
    events.executionRequested({ queueId, cellId: "cell", executionCount: 1, requestedBy: "ada" }),
    events.executionStarted({ queueId, cellId: "cell", runtimeSessionId: "s", startedAt: date }),
  ];

  await t.step("uploads, replacements and deletions are kept in the order of the log", async () => {
    await using pair = await openPair(server);
    await pair.write(
      upload("a.csv", "n/1"),
      upload("b.txt", "n/2", "text/plain"),
      upload("a.csv", "n/3"),
      events.fileDeleted2({ fileName: "a.csv", deletedAt: date }),
      events.fileDeleted1({ fileName: "b.txt" }),
      upload("a.csv", "n/4"),
    );
    const { store } = pair.reader;
    const rows = store.query(tables.fileChanges.orderBy("ordinal", "asc"));
    assert.deepEqual(
      rows.map(({ ordinal, fileName, artifactId, isDeleted }) => [ordinal, fileName, artifactId, isDeleted]),
      [
        [1, "a.csv", "n/1", false],
        [2, "b.txt", "n/2", false],
        [3, "a.csv", "n/3", false],
        [4, "a.csv", "n/3", true],
        [5, "b.txt", "n/2", true],
        [6, "a.csv", "n/4", false],
      ],
    );
    assert.deepEqual(rows.map(({ mimeType }) => mimeType).filter((type) => type !== "text/csv"), [
      "text/plain",
      "text/plain",
    ]);
  });

  await t.step("the deletion of a file that does not exist is not kept", async () => {
    await using pair = await openPair(server);
    const deletions = [
      events.fileDeleted1({ fileName: "a.csv" }),
      events.fileDeleted2({ fileName: "a.csv", deletedAt: date }),
    ];
    await pair.write(...deletions);
    assert.deepEqual(pair.reader.store.query(tables.fileChanges), []);
    await pair.write(upload("a.csv", "n/1"), ...deletions.reverse(), ...deletions);
    assert.deepEqual(pair.reader.store.query(tables.fileChanges.select("isDeleted")), [false, true]);
  });

  await t.step("each execution has the number of the last change before its start", async () => {
    await using pair = await openPair(server);
    const { store } = pair.reader;
    const seenBy = (queueId: string) => store.query(tables.executions.where({ queueId }))[0].fileChanges;
    await pair.write(
      ...start("q1"),
      upload("a.csv", "n/1"),
      ...start("q2"),
      upload("a.csv", "n/2"),
      events.fileDeleted2({ fileName: "a.csv", deletedAt: date }),
      ...start("q3"),
    );
    assert.deepEqual(["q1", "q2", "q3"].map(seenBy), [0, 1, 3]);
    await pair.write(...start("q2"));
    assert.deepEqual(
      ["q1", "q2", "q3"].map(seenBy),
      [0, 3, 3],
      "an execution that is started again has the files of its last start",
    );
  });

  await t.step("two clients that upload and start at once have the same rows", async () => {
    await using pair = await openPair(server);
    const { writer, reader } = pair;
    writer.store.commit(upload("a.csv", "n/1"));
    reader.store.commit(...start("q1"));
    await Promise.all([writer.store.settled(), reader.store.settled()]);
    await pair.write();
    const rowsOf = ({ store }: typeof writer) => [
      store.query(tables.fileChanges),
      store.query(tables.executions.select("fileChanges")),
    ];
    assert.deepEqual(rowsOf(reader), rowsOf(writer));
    assert.equal(rowsOf(reader)[0].length, 1);
  });
});
