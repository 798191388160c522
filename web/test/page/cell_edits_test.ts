/**
 * Edits of several cells: the events, undo, and edits that other people make at the same time.
 *
 * @module
 */

import assert from "node:assert/strict";
import { inline } from "../../../src/notebook/schema/media.ts";
import { events } from "../../../src/notebook/schema/mod.ts";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { outputsOf } from "../../page/store/queries.ts";
import { code, sees, texts, withPeople } from "./cell_edits.ts";

Deno.test("edits of several cells", async (t) => {
  await using server = await startSyncServer();

  await t.step(
    "undo restores a deleted cell with the text that another person has typed into it meanwhile",
    () =>
      withPeople(server, 2, ["a", "b"].map(code), async ([ada, bob], ids) => {
        bob.actions.drafts.type(ids[1], "b + bob");
        ada.actions.edits.remove([ids[1]]);
        const heard = ada.hears("v1.CellSourceChanged");
        await sees(bob, "a");
        await heard;
        ada.actions.undo();
        await sees(bob, "a", "b + bob");
      }),
  );

  await t.step(
    "a cell is split while another person types into it, and undo joins both parts",
    () =>
      withPeople(server, 2, ["a = 1\n\nb = 2\nc = 3"].map(code), async ([ada, bob], ids) => {
        ada.notebook.commit(
          events.terminalOutputAdded({
            id: "o",
            cellId: ids[0],
            position: 0,
            content: inline("out"),
            streamName: "stdout",
          }),
        );
        bob.actions.drafts.type(ids[0], "a = 1\n\nb = 2\nc = 34");
        assert.ok(ada.actions.edits.split(ids[0], 6));
        await sees(bob, "a = 1", "b = 2\nc = 34");
        await sees(ada, "a = 1", "b = 2\nc = 34");
        assert.equal(ada.notebook.query(outputsOf(ids[0])).length, 1, "the last part keeps the outputs");
        assert.equal(ada.actions.cells[1].id, ids[0]);
        bob.actions.drafts.type(bob.actions.cells[0].id, "a = 12");
        bob.actions.drafts.flushAll();
        await sees(ada, "a = 12", "b = 2\nc = 34");
        ada.actions.undo();
        await sees(bob, "a = 12\n\nb = 2\nc = 34");
      }),
  );

  await t.step(
    "a cell is not split if one part would be empty",
    () =>
      withPeople(server, 1, ["\na\n"].map(code), ([ada], ids) => {
        const { edits } = ada.actions;
        assert.deepEqual([edits.split(ids[0], 0), edits.split(ids[0], 3), edits.split(ids[0], 1)], [
          false,
          false,
          false,
        ]);
        assert.deepEqual(texts(ada), ["\na\n"]);
      }),
  );

  await t.step(
    "replacing text keeps what others type meanwhile, and undo reverts only the replacement",
    () =>
      withPeople(server, 2, ["old + old", "old"].map(code), async ([ada, bob], ids) => {
        bob.actions.drafts.type(ids[0], "old + old + bob");
        ada.actions.edits.replaceTexts([
          { id: ids[0], before: "old + old", after: "new + new" },
          { id: ids[1], before: "old", after: "new" },
          { id: "gone", before: "a", after: "b" },
        ]);
        for (const person of [ada, bob]) await sees(person, "new + new + bob", "new");
        ada.actions.undo();
        for (const person of [ada, bob]) await sees(person, "old + old + bob", "old");
      }),
  );

  await t.step(
    "cells are moved as a block and stop at the first and last position",
    () =>
      withPeople(server, 1, ["a", "b", "c", "d"].map(code), ([ada], ids) => {
        const { edits } = ada.actions;
        const order = () => texts(ada).join("");
        edits.move([ids[1], ids[2]], -1);
        assert.equal(order(), "bcad");
        edits.move([ids[1], ids[2]], -1);
        assert.equal(order(), "bcad");
        edits.move([ids[1], ids[2]], 1);
        edits.move([ids[1], ids[2]], 1);
        edits.move([ids[1], ids[2]], 1);
        assert.equal(order(), "adbc");
        for (const expected of ["abcd", "bcad", "abcd"]) {
          ada.actions.undo();
          assert.equal(order(), expected);
        }
        assert.equal(ada.actions.undoable.top, undefined);
      }),
  );

  await t.step(
    "hiding a part writes one event for each cell, and undo shows the part again",
    () =>
      withPeople(server, 1, ["a", "b"].map(code), async ([ada], ids) => {
        const begun = ada.log.length;
        ada.actions.edits.setVisible(ids, "output", false);
        ada.actions.edits.setVisible(ids, "source", true);
        await ada.notebook.settled();
        assert.deepEqual(
          ada.log.slice(begun).map(({ name, args }) => ({ name, args })),
          ids.map((id) => ({ name: "v1.CellOutputVisibilityToggled", args: { id, outputVisible: false } })),
        );
        ada.actions.undo();
        assert.deepEqual(ada.actions.cells.map(({ outputVisible }) => outputVisible), [true, true]);
      }),
  );
});
