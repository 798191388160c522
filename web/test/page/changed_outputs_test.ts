/**
 * Cleared outputs that are restored beside newer ones, and the outputs of a deleted cell.
 *
 * @module
 */

import assert from "node:assert/strict";
import { inline } from "../../../src/notebook/schema/media.ts";
import { events, tables } from "../../../src/notebook/schema/mod.ts";
import { waitStatus } from "../../../src/notebook/schema/wait_status.ts";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { begun, cellIds, idsOf, rowsOf, sees, text, withPeople } from "./kept_outputs.ts";
import { done } from "./run_events.ts";

Deno.test("restoring outputs after later changes", async (t) => {
  await using server = await startSyncServer();

  await t.step(
    "the cleared outputs of a running cell are restored before its newer outputs",
    () =>
      withPeople(server, 1, ([{ notebook, actions }]) => {
        notebook.commit(...begun("one", "q"), text("first", "one", 0), text("second", "one", 1));
        actions.clearOutputs("one");
        notebook.commit(
          events.terminalOutputAdded({
            ...{ id: "second", cellId: "one", position: 1 },
            content: inline("second, more\n"),
            streamName: "stdout",
          }),
          text("third", "one", 2),
        );
        actions.undo();
        const shown = notebook.query(tables.outputs.where({ cellId: "one" }).orderBy("position", "asc"));
        assert.deepEqual(shown.map(({ data }) => data), ["first\n", "second, more\n", "third\n"]);
        return Promise.resolve();
      }),
  );

  await t.step(
    "restoring outputs does not revert a display that was updated in another cell meanwhile",
    () =>
      withPeople(server, 1, ([{ notebook, actions }]) => {
        const display = (id: string, cellId: string, value: string) =>
          events.multimediaDisplayOutputAdded({
            id,
            cellId,
            position: 0,
            representations: { "text/plain": inline(value) },
            displayId: "bar",
          });
        notebook.commit(display("here", "one", "10 %"), display("there", "two", "10 %"));
        actions.clearOutputs("one");
        notebook.commit(
          events.multimediaDisplayOutputUpdated({
            displayId: "bar",
            representations: { "text/plain": inline("90 %") },
          }),
        );
        actions.undo();
        const values = rowsOf(notebook).map(({ representations }) => representations?.["text/plain"]);
        assert.deepEqual(values, [inline("90 %"), inline("90 %")]);
        return Promise.resolve();
      }),
  );

  await t.step(
    "clearing only a status message cannot be undone",
    () =>
      withPeople(server, 1, ([{ notebook, actions }]) => {
        notebook.commit(
          events.terminalOutputAdded({
            id: "wait",
            cellId: "one",
            position: 0,
            content: waitStatus("asked again in 15 s"),
            streamName: "stderr",
          }),
        );
        actions.clearOutputs();
        assert.equal(actions.undoable.top, undefined);
        return Promise.resolve();
      }),
  );

  await t.step(
    "undo restores a deleted cell with its type, execution count and outputs",
    () =>
      withPeople(server, 1, ([{ notebook, actions }]) => {
        notebook.commit(...begun("one", "q"), text("a", "one"), done("one", "q"));
        notebook.commit(events.cellTypeChanged({ id: "two", cellType: "raw" }));
        for (const id of cellIds) actions.deleteCell(id);
        actions.clearOutputs();
        actions.undo();
        assert.deepEqual(idsOf(notebook), [], "outputs of a deleted cell are not restored alone");
        assert.deepEqual([actions.undo(), actions.undo()], ["two", "one"]);
        assert.deepEqual(actions.cells.map(({ id, cellType, source }) => [id, cellType, source]), [
          ["one", "code", "one"],
          ["two", "raw", "two"],
        ]);
        assert.deepEqual(idsOf(notebook), ["a"]);
        assert.equal(notebook.query(tables.executions.where({ cellId: "one" }))[0].executionCount, 1);
        return Promise.resolve();
      }),
  );

  await t.step(
    "a deleted cell is restored once if two people undo",
    () =>
      withPeople(server, 2, async ([ada, bob]) => {
        await ada.notebook.settled();
        ada.notebook.commit(text("a", "two"));
        await sees(bob.notebook, 1);
        ada.actions.deleteCell("two");
        bob.actions.deleteCell("two");
        await Promise.all([ada.notebook.settled(), bob.notebook.settled()]);
        ada.actions.undo();
        bob.actions.undo();
        await Promise.all([ada.notebook.settled(), bob.notebook.settled()]);
        for (const { actions, notebook } of [ada, bob]) {
          assert.deepEqual(actions.cells.map(({ id }) => id), cellIds);
          assert.deepEqual(idsOf(notebook), ["a"]);
        }
      }),
  );
});
