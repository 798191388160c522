/**
 * Pasting cells: the parts that are pasted, and undo.
 *
 * @module
 */

import assert from "node:assert/strict";
import { events } from "../../../src/notebook/schema/mod.ts";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { copiedCells } from "../../page/actions/cell_clipboard.ts";
import { outputsOf } from "../../page/store/queries.ts";
import { drafts, partsOf, picture, png, withPeople } from "./cell_edits.ts";

Deno.test("pasting cells", async (t) => {
  await using server = await startSyncServer();

  await t.step(
    "cells are pasted with all their parts, and undo keeps a pasted cell that has changed since",
    () =>
      withPeople(
        server,
        1,
        [
          {
            type: "code",
            source: "1",
            outputs: [
              { type: "stream", name: "stdout", text: "out\n" },
              { type: "execute_result", data: { "text/plain": "1" } },
              { type: "error", ename: "E", evalue: "bad", traceback: ["E: bad"] },
            ],
            metadata: { tags: ["t"], jupyter: { outputs_hidden: true } },
            executionCount: 3,
          },
          picture("![](attachment:1.png)", "1.png"),
          { type: "raw", source: "r", outputs: [] },
        ],
        async ([ada], ids) => {
          ada.notebook.commit(
            events.cellCreated2({ id: "ai", fractionalIndex: "b00", cellType: "ai", createdBy: "ada" }),
          );
          assert.equal(ada.actions.cells[0].outputVisible, false);
          await ada.actions.edits.copy([...ids, "ai"]);
          const copied = await copiedCells();
          const pasted = ada.actions.edits.paste(copied!, 1);
          await pasted.filled;
          const cells = ada.actions.cells.slice(1, 5);
          assert.deepEqual(cells.map(({ id }) => id), pasted.ids);
          assert.deepEqual(cells.map(({ cellType }) => cellType), ["code", "markdown", "raw", "ai"]);
          assert.deepEqual(cells.map(({ source }) => source), ["1", "![](attachment:1.png)", "r", ""]);
          assert.equal(cells[0].outputVisible, false);
          const kinds = (id: string) =>
            ada.notebook.query(outputsOf(id)).map(({ outputType, data }) => [outputType, data]);
          assert.deepEqual(kinds(pasted.ids[0]), kinds(ids[0]));
          assert.equal(kinds(ids[0]).length, 3);
          assert.deepEqual(partsOf(ada, pasted.ids[0]).metadata.tags, ["t"]);
          assert.deepEqual(partsOf(ada, pasted.ids[1]).attachments, { "1.png": png });
          ada.actions.drafts.type(pasted.ids[2], "r, changed");
          ada.actions.undo();
          assert.deepEqual(drafts(ada), ["1", "r, changed", "![](attachment:1.png)", "r", ""]);
          assert.ok(ada.actions.cells.some(({ id }) => id === pasted.ids[2]), "a pasted cell that was changed stays");
          assert.equal(ada.actions.cells.length, 5);
        },
      ),
  );
});
