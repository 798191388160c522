/**
 * Merging cells: the events, undo, and edits that other people make at the same time.
 *
 * @module
 */

import assert from "node:assert/strict";
import { tables } from "../../../src/notebook/schema/mod.ts";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { code, drafts, partsOf, picture, png, sees, texts, withPeople } from "./cell_edits.ts";

Deno.test("merging cells", async (t) => {
  await using server = await startSyncServer();

  await t.step(
    "a merge is one commit that changes the text before it deletes cells, and undo reverts it",
    () =>
      withPeople(server, 1, ["a", "b", "c"].map(code), async ([ada], ids) => {
        const begun = ada.log.length;
        ada.actions.drafts.type(ids[1], "b!");
        assert.equal(ada.actions.edits.merge(ids), undefined);
        assert.deepEqual(texts(ada), ["a\n\nb!\n\nc"]);
        await ada.notebook.settled();
        const written = ada.log.slice(begun).map(({ name, args }) => [name, (args as { id: string }).id]);
        assert.deepEqual(written, [
          ["v1.CellSourceChanged", ids[1]],
          ["v1.CellSourceChanged", ids[0]],
          ["v1.CellDeleted", ids[1]],
          ["v1.CellDeleted", ids[2]],
        ]);
        ada.actions.undo();
        assert.deepEqual(texts(ada), ["a", "b!", "c"]);
        assert.deepEqual(ada.actions.cells.map(({ id }) => id), ids);
      }),
  );

  await t.step(
    "text that another person types into a merged cell is kept, also after undo",
    () =>
      withPeople(server, 2, ["a", "b", "c"].map(code), async ([ada, bob], ids) => {
        bob.actions.drafts.type(ids[1], "bob's b");
        ada.actions.edits.merge([ids[0], ids[1]]);
        // Bob typed before his page had received the merge, and sends his text afterwards.
        await sees(ada, "a\n\nbob's b", "c");
        await sees(bob, "a\n\nbob's b", "c");
        ada.actions.undo();
        await sees(bob, "a", "bob's b", "c");
        await sees(ada, "a", "bob's b", "c");
        assert.deepEqual(drafts(bob), texts(bob));
      }),
  );

  await t.step(
    "a merge keeps what two people type into both cells",
    () =>
      withPeople(server, 3, ["a", "b"].map(code), async ([ada, bob, eve], ids) => {
        bob.actions.drafts.type(ids[1], "b + bob");
        eve.actions.drafts.type(ids[1], "eve + b");
        eve.actions.drafts.type(ids[0], "a + eve");
        ada.actions.edits.merge(ids);
        for (const person of [ada, bob, eve]) await sees(person, "a + eve\n\neve + b + bob");
      }),
  );

  await t.step(
    "queued and running cells are not merged",
    () =>
      withPeople(server, 1, ["a", "b"].map(code), ([ada], ids) => {
        ada.actions.run(ids[1]);
        assert.match(ada.actions.edits.merge(ids)!, /^Nothing was merged: cell 2 waits or runs\./);
        assert.deepEqual(texts(ada), ["a", "b"]);
        ada.actions.interruptAll();
        assert.equal(ada.actions.edits.merge(ids), undefined);
      }),
  );

  await t.step(
    "cells are not merged if the result is too long for an event",
    () =>
      withPeople(server, 1, ["x".repeat(600_000), "y".repeat(600_000)].map(code), ([ada], ids) => {
        assert.match(
          ada.actions.edits.merge(ids)!,
          /the merged cell has 1,200 KB of text, but a cell may have at most 900 KB\.$/,
        );
        assert.equal(ada.actions.cells.length, 2);
      }),
  );

  await t.step(
    "a merged cell keeps its pictures, and different pictures of the same name prevent a merge",
    () =>
      withPeople(
        server,
        1,
        [picture("a", "1.png"), picture("b", "2.png"), picture("c", "1.png")],
        async ([ada], ids) => {
          assert.match(ada.actions.edits.merge(ids)!, /two of the cells have different pictures named 1\.png\.$/);
          const { promise, resolve } = Promise.withResolvers<void>();
          const stop = ada.notebook.watch(tables.notebookMetadata.select("key", "value"), () => {
            if (Object.keys(partsOf(ada, ids[0]).attachments).length === 2) resolve();
          });
          assert.equal(ada.actions.edits.merge([ids[0], ids[1]]), undefined);
          await promise;
          stop();
          assert.deepEqual(partsOf(ada, ids[0]).attachments, { "1.png": png, "2.png": png });
        },
      ),
  );
});
