/**
 * Marks of simulated outputs in a notebook file that is opened and downloaded again.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { events } from "../../../src/notebook/schema/mod.ts";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { validNotebook } from "../../../test/nbformat/valid_notebook.ts";
import { noteModel } from "../../page/store/answerers.ts";
import { codeCell, notebookOf, throughNotebook } from "./file_round_trip.ts";
import { done } from "./run_events.ts";

/** Runs a cell as a runtime session does. */
function runCell(notebook: NotebookStore, cellId: string, sessionId: string, runtimeType = "python"): void {
  const queueId = `q-${crypto.randomUUID()}`;
  notebook.commit(
    events.runtimeSessionStarted({
      sessionId,
      runtimeId: `runtime of ${sessionId}`,
      runtimeType,
      capabilities: { canExecuteCode: true, canExecuteSql: false, canExecuteAi: false },
    }),
    events.cellOutputsCleared({ cellId, wait: false, clearedBy: "ada" }),
    events.executionRequested({ queueId, cellId, executionCount: 1, requestedBy: "ada" }),
    events.executionStarted({ queueId, cellId, runtimeSessionId: sessionId, startedAt: new Date(0) }),
    events.terminalOutputAdded({
      id: `o-${queueId}`,
      cellId,
      position: 0,
      content: { type: "inline", data: "new\n" },
      streamName: "stdout",
    }),
    done(cellId, queueId),
  );
}

Deno.test("marks of simulated outputs in a downloaded file", async (t) => {
  await using server = await startSyncServer();

  await t.step("cells with a model's outputs are marked with the model that answered them", async () => {
    const text = notebookOf([codeCell("a"), codeCell("b"), codeCell("c")]);
    const { metadata, cells } = validNotebook(
      await throughNotebook(server, text, (notebook) => {
        runCell(notebook, "a", "one");
        noteModel(notebook, "one", "model-1");
        runCell(notebook, "b", "two");
        noteModel(notebook, "two", "model-2");
        noteModel(notebook, "two", "never noted twice");
      }),
    );
    const marks = cells.map(({ metadata }: { metadata: { aipython?: unknown } }) => metadata.aipython);
    assert.deepEqual(marks, [
      { model: "model-1", simulated: true },
      { model: "model-2", simulated: true },
      undefined,
    ]);
    assert.deepEqual(metadata.aipython, { model: "model-2", simulated: true, partial: true });
    assert.equal(cells[2].execution_count, 7);
  });

  await t.step("the whole file is marked if one model has answered all cells with outputs", async () => {
    const text = notebookOf([codeCell("a"), codeCell("b", { outputs: [] })]);
    const { metadata } = validNotebook(
      await throughNotebook(server, text, (notebook) => {
        runCell(notebook, "a", "one");
        noteModel(notebook, "one", "model-1");
      }),
    );
    assert.deepEqual(metadata.aipython, { model: "model-1", simulated: true });
  });

  await t.step("unchanged cells keep the mark that they had in the opened file", async () => {
    const aipython = { model: "old", simulated: true };
    const text = notebookOf([codeCell("a"), codeCell("b")], { aipython });
    assert.deepEqual(validNotebook(await throughNotebook(server, text)).metadata.aipython, aipython);
    const { metadata, cells } = validNotebook(
      await throughNotebook(server, text, (notebook) => runCell(notebook, "a", "unnoted")),
    );
    assert.deepEqual(cells[0].metadata.aipython, { simulated: true });
    assert.deepEqual(cells[1].metadata.aipython, aipython);
    assert.deepEqual(metadata.aipython, { simulated: true, partial: true });
  });

  await t.step("a cell that another runtime has run loses its mark", async () => {
    const text = notebookOf([codeCell("a")], { aipython: { model: "old", simulated: true } });
    const { metadata, cells } = validNotebook(
      await throughNotebook(server, text, (notebook) => runCell(notebook, "a", "real", "python3-pyodide")),
    );
    assert.deepEqual([metadata.aipython, cells[0].metadata.aipython], [undefined, undefined]);
  });
});
