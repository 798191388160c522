/**
 * Tests of events of other clients that are newer, broken or extreme. The notebook handles all of them.
 *
 * @module
 */

import assert from "node:assert/strict";
import { newNotebookId } from "../../../stack/notebook_id.ts";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { events } from "../../../src/notebook/schema/mod.ts";
import { openClient } from "../../support/notebook_client.ts";
import { hasMarker } from "./notebook_pair.ts";
import { dump, openRaw, push, type WrittenEvent } from "./raw_notebook.ts";

const cell = { name: "v2.CellCreated", args: { id: "c", cellType: "code", fractionalIndex: "a0", createdBy: "ada" } };
const marker = { name: "v1.Debug", args: { id: "end" } };

const odd: Record<string, WrittenEvent[]> = {
  "an unknown event": [{ name: "v9.CellPainted", args: { id: "c", colour: "red" } }],
  "a known event without args": [{ name: "v2.CellCreated", args: null }],
  "a known event that cannot be decoded": [{ name: "v2.CellCreated", args: { id: 7, cellType: "code" } }],
  "an unknown cell type": [
    { name: "v2.CellCreated", args: { id: "x", cellType: "quantum", fractionalIndex: "a0", createdBy: "ada" } },
  ],
  "an invalid date": [
    { name: "v1.RuntimeSessionRenewal", args: { sessionId: "s", renewedAt: "yesterday", validForMs: 30_000 } },
  ],
  "fractions and huge numbers in integer columns": [1.5, 1e300, -1e300].flatMap((number) => [
    { name: "v1.ExecutionRequested", args: { queueId: "q", cellId: "c", executionCount: number, requestedBy: "a" } },
    {
      name: "v1.MultipleExecutionRequested",
      args: { requestedBy: "a", cellsInfo: [{ id: "c", executionCount: number, queueId: `q ${number}` }] },
    },
    {
      name: "v1.ExecutionCompleted",
      args: {
        queueId: "q",
        cellId: "c",
        status: "success",
        completedAt: "2026-02-03T04:05:06Z",
        executionDurationMs: number,
      },
    },
    {
      name: "v1.MultimediaResultOutputAdded",
      args: { id: "o", cellId: "c", position: number, representations: {}, executionCount: number },
    },
    {
      name: "v2.TerminalOutputAppended",
      args: { id: `d ${number}`, outputId: "o", delta: "x", sequenceNumber: number },
    },
    {
      name: "v1.TerminalOutputAppended",
      args: { id: `e ${number}`, cellId: "c", position: number, content: { type: "inline", data: "x" } },
    },
    { name: "v1.CellMoved", args: { id: "c", newPosition: number } },
  ]),
  "a session that is valid forever": [
    {
      name: "v1.RuntimeSessionStarted",
      args: {
        sessionId: "s",
        runtimeId: "r",
        runtimeType: "python",
        capabilities: { canExecuteCode: true, canExecuteSql: false, canExecuteAi: false },
      },
    },
    {
      name: "v1.RuntimeSessionRenewal",
      args: { sessionId: "s", renewedAt: "2026-02-03T04:05:06Z", validForMs: 1e300 },
    },
  ],
  "content of every JSON type or without data": [null, 7, true, "\ud83d", ["x"], { x: null }, undefined].map(
    (data, index) => ({
      name: "v1.TerminalOutputAdded",
      args: {
        id: `o ${index}`,
        cellId: "c",
        position: index,
        content: { type: "inline", ...(data === undefined ? {} : { data }) },
        streamName: "stdout",
      },
    }),
  ),
  "representations with an empty name and odd content": [null, 7, ["x"], { x: null }, undefined].map((data, index) => ({
    name: "v1.MultimediaDisplayOutputAdded",
    args: {
      id: `o ${index}`,
      cellId: "c",
      position: 0,
      displayId: "d",
      representations: { "": { type: "inline", ...(data === undefined ? {} : { data }) } },
    },
  })),
};

Deno.test("the schema accepts odd events of other clients", async (t) => {
  await using server = await startSyncServer();
  const { syncUrl, authToken } = server;
  for (const [what, written] of Object.entries(odd)) {
    await t.step(`clients still receive and write events after ${what}`, async () => {
      const id = newNotebookId();
      await using raw = await openRaw(server, id);
      await using live = await openClient({ syncUrl, authToken, notebookId: id });
      await push(raw, [cell, ...written, marker]);
      await hasMarker(live, "end");
      await using late = await openClient({ syncUrl, authToken, notebookId: id });
      assert.deepEqual(dump(late), dump(live));
      live.store.commit(events.debug({ id: "ours" }));
      await hasMarker(late, "ours");
    });
  }
});
