/**
 * Tests of the effects of events about outputs on the tables of another client.
 *
 * @module
 */

import assert from "node:assert/strict";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { inline } from "../../../src/notebook/schema/media.ts";
import { events, tables } from "../../../src/notebook/schema/mod.ts";
import { openPair } from "./notebook_pair.ts";

Deno.test("events about outputs change the tables", async (t) => {
  await using server = await startSyncServer();
  await using pair = await openPair(server);
  const { store } = pair.reader;
  const { write } = pair;
  const output = (id: string) => store.query(tables.outputs.where({ id }))[0];
  const idsOf = (cellId: string) => pair.reader.outputs(cellId).map(({ id }) => id);
  const text = (id: string, cellId: string, position = 0, data = "x") =>
    events.terminalOutputAdded({ id, cellId, position, content: inline(data), streamName: "stdout" });
  const clear = (cellId: string, wait: boolean) => events.cellOutputsCleared({ cellId, wait, clearedBy: "runtime-r" });
  const pendingClears = () => store.query(tables.pendingClears);
  const empty = {
    streamName: null,
    executionCount: null,
    displayId: null,
    data: null,
    artifactId: null,
    mimeType: null,
    metadata: null,
    representations: null,
  };

  await t.step("each Added event adds a row of its type", async () => {
    const representations = {
      "image/png": { type: "artifact" as const, artifactId: "n/1", metadata: { width: 640 } },
      "text/plain": inline("<Figure>"),
    };
    const error = { ename: "E", evalue: "", traceback: ["\u001b[31mline\u001b[0m"] };
    const place = { cellId: "all", position: 1.5 };
    await write(
      events.terminalOutputAdded({ id: "t", ...place, content: inline("err\n"), streamName: "stderr" }),
      events.multimediaDisplayOutputAdded({ id: "d", ...place, representations, displayId: "all-d" }),
      events.multimediaResultOutputAdded({ id: "r", ...place, representations, executionCount: 3 }),
      events.errorOutputAdded({ id: "e", ...place, content: inline(error) }),
      events.markdownOutputAdded({
        id: "m",
        ...place,
        content: { type: "artifact", artifactId: "n/2", metadata: { size: 1 } },
      }),
    );
    const row = { ...empty, ...place };
    assert.deepEqual(output("t"), { ...row, id: "t", outputType: "terminal", streamName: "stderr", data: "err\n" });
    assert.deepEqual(output("d"), {
      ...row,
      id: "d",
      outputType: "multimedia_display",
      displayId: "all-d",
      representations,
    });
    assert.deepEqual(output("r"), {
      ...row,
      id: "r",
      outputType: "multimedia_result",
      executionCount: 3,
      representations,
    });
    assert.deepEqual(output("e"), { ...row, id: "e", outputType: "error", data: JSON.stringify(error) });
    const uploaded = { artifactId: "n/2", metadata: { size: 1 } };
    assert.deepEqual(output("m"), { ...row, id: "m", outputType: "markdown", ...uploaded });
  });

  await t.step("an output replaces an earlier output with the same id", async () => {
    await write(text("same", "replaced", 0, "short"), text("other", "replaced", 1));
    await write(text("same", "replaced", 2, "short and long"));
    assert.deepEqual(pair.reader.outputs("replaced").map(({ id, data }) => [id, data]), [
      ["other", "x"],
      ["same", "short and long"],
    ]);
    await write(events.markdownOutputAdded({ id: "same", cellId: "replaced", position: 2, content: inline("*md*") }));
    const { outputType, streamName, data } = output("same");
    assert.deepEqual([outputType, streamName, data], ["markdown", null, "*md*"]);
  });

  await t.step(
    "a display is added and updates the older displays with its display id in every cell",
    async () => {
      const display = (id: string, cellId: string, data: string, displayId?: string) =>
        events.multimediaDisplayOutputAdded({
          id,
          cellId,
          position: 0,
          representations: { "text/plain": inline(data) },
          ...(displayId === undefined ? {} : { displayId }),
        });
      const shown = (id: string) => output(id).representations?.["text/plain"];
      await write(
        display("d1", "displays", "1", "bar"),
        display("d2", "elsewhere", "2", "bar"),
        display("d3", "displays", "3", "other"),
        display("d4", "displays", "4"),
      );
      assert.deepEqual(["d1", "d2", "d3", "d4"].map(shown), ["2", "2", "3", "4"].map(inline));
      await write(
        events.multimediaDisplayOutputUpdated({ displayId: "bar", representations: { "text/plain": inline("5") } }),
        events.multimediaDisplayOutputUpdated({ displayId: "none", representations: { "text/plain": inline("6") } }),
      );
      assert.deepEqual(["d1", "d2", "d3", "d4"].map(shown), ["5", "5", "3", "4"].map(inline));
    },
  );

  await t.step("deltas are kept in their own table and do not change outputs", async () => {
    await write(
      text("base", "deltas"),
      events.terminalOutputAppended2({ id: "a1", outputId: "base", delta: "y", sequenceNumber: 1.6 }),
      events.markdownOutputAppended2({ id: "a2", outputId: "base", delta: "z", sequenceNumber: 3 }),
      events.terminalOutputAppended1({ id: "a3", cellId: "deltas", position: 1, content: inline("u") }),
      events.markdownOutputAppended1({ id: "a4", cellId: "deltas", position: 2, content: inline("v") }),
      events.terminalOutputAppended2({ id: "a1", outputId: "base", delta: "again", sequenceNumber: 9 }),
    );
    assert.equal(output("base").data, "x");
    assert.deepEqual(store.query(tables.outputDeltas), [
      { id: "a1", outputId: "base", delta: "y", sequenceNumber: 2 },
      { id: "a2", outputId: "base", delta: "z", sequenceNumber: 3 },
      { id: "a3", outputId: "a3", delta: "u", sequenceNumber: 1 },
      { id: "a4", outputId: "a4", delta: "v", sequenceNumber: 2 },
    ]);
  });

  await t.step(
    "v1.CellOutputsCleared without wait removes the outputs of its cell at once",
    async () => {
      await write(text("k1", "cleared"), text("k2", "kept"), clear("cleared", false));
      assert.deepEqual([idsOf("cleared"), idsOf("kept")], [[], ["k2"]]);
      await write(text("k3", "cleared"));
      assert.deepEqual(idsOf("cleared"), ["k3"]);
    },
  );

  const added = {
    "v1.TerminalOutputAdded": (cellId: string) => text(`new ${cellId}`, cellId),
    "v1.MultimediaDisplayOutputAdded": (cellId: string) =>
      events.multimediaDisplayOutputAdded({ id: `new ${cellId}`, cellId, position: 0, representations: {} }),
    "v1.MultimediaResultOutputAdded": (cellId: string) =>
      events.multimediaResultOutputAdded({
        id: `new ${cellId}`,
        cellId,
        position: 0,
        representations: {},
        executionCount: 1,
      }),
    "v1.ErrorOutputAdded": (cellId: string) =>
      events.errorOutputAdded({ id: `new ${cellId}`, cellId, position: 0, content: inline({}) }),
    "v1.MarkdownOutputAdded": (cellId: string) =>
      events.markdownOutputAdded({ id: `new ${cellId}`, cellId, position: 0, content: inline("") }),
  };
  for (const [name, add] of Object.entries(added)) {
    await t.step(`v1.CellOutputsCleared with wait applies once, with the cell's next ${name}`, async () => {
      const [cellId, other] = [`waits ${name}`, `other ${name}`];
      await write(text(`a ${name}`, cellId), text(`b ${name}`, other), clear(cellId, true), clear(cellId, true));
      assert.deepEqual(idsOf(cellId), [`a ${name}`]);
      assert.deepEqual(pendingClears(), [{ cellId, clearedBy: "runtime-r" }]);
      await write(text(`c ${name}`, other, 1));
      assert.deepEqual(idsOf(cellId), [`a ${name}`]);
      await write(add(cellId), text(`d ${name}`, cellId, 1));
      assert.deepEqual(idsOf(cellId), [`new ${cellId}`, `d ${name}`]);
      assert.deepEqual(idsOf(other), [`b ${name}`, `c ${name}`]);
      assert.deepEqual(pendingClears(), []);
    });
  }

  await t.step("v1.CellOutputsCleared without wait removes a pending clear", async () => {
    await write(clear("both", true), clear("both", false));
    assert.deepEqual(pendingClears(), []);
    await write(text("o1", "both"), text("o2", "both", 1));
    assert.deepEqual(idsOf("both"), ["o1", "o2"]);
  });

  await t.step("v1.AllOutputsCleared removes the outputs and pending clears of all cells", async () => {
    await write(clear("both", true), events.allOutputsCleared({ clearedBy: "ada" }));
    assert.deepEqual(store.query(tables.outputs), []);
    assert.deepEqual(store.query(tables.outputDeltas), []);
    assert.deepEqual(pendingClears(), []);
  });
});
