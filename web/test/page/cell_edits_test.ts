/**
 * Edits of several cells: the events, undo, and that nothing is lost that others type meanwhile.
 *
 * @module
 */

import assert from "node:assert/strict";
import { silentLogger } from "../../../src/logger.ts";
import { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { inline } from "../../../src/notebook/schema/media.ts";
import { events, tables } from "../../../src/notebook/schema/mod.ts";
import type { StoredEvent } from "../../../src/notebook/sync/frames.ts";
import { newNotebookId } from "../../../stack/notebook_id.ts";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { copiedCells } from "../../page/actions/cell_clipboard.ts";
import { NotebookActions } from "../../page/actions/notebook_actions.ts";
import { fillNotebook, type NotebookContents } from "../../page/file/fill_notebook.ts";
import { cellKey } from "../../page/file/kept_parts.ts";
import { cellsInOrder, keptUnder, outputsOf } from "../../page/store/queries.ts";
import { newPageId, SourceLog } from "../../page/store/source_log.ts";

/** A person with the notebook open. */
interface Person {
  notebook: NotebookStore;
  actions: NotebookActions;
  log: StoredEvent[];
  /** Resolves once another event of this name arrives. */
  hears(name: string): Promise<void>;
}

const code = (source: string) => ({ type: "code" as const, source, outputs: [] });

const texts = ({ actions }: Person) => actions.cells.map(({ source }) => source);

/** Waits until a person's cells have these texts. */
async function sees(person: Person, ...expected: string[]): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const wanted = JSON.stringify(expected);
  const stop = person.notebook.watch(cellsInOrder, () => JSON.stringify(texts(person)) === wanted && resolve());
  const late = setTimeout(resolve, 10_000);
  await promise;
  clearTimeout(late);
  stop();
  assert.deepEqual(texts(person), expected);
}

/** The texts in the editors. */
const drafts = ({ actions }: Person) => actions.cells.map(({ id, source }) => actions.drafts.read(id) ?? source);

Deno.test("several cells at once", async (t) => {
  await using server = await startSyncServer();

  /** Opens a notebook with these cells for several people. */
  const withPeople = async (
    count: number,
    cells: NotebookContents["cells"],
    test: (people: Person[], ids: string[]) => void | Promise<void>,
  ) => {
    const notebookId = newNotebookId();
    await using stack = new AsyncDisposableStack();
    const people: Person[] = [];
    for (let person = 0; person < count; person++) {
      const log: StoredEvent[] = [];
      const sources = new SourceLog(newPageId());
      const waiting: { name: string; resolve(): void }[] = [];
      const notebook = await NotebookStore.open({
        notebookId,
        clientId: sources.self,
        syncUrl: server.syncUrl,
        payload: { authToken: server.authToken },
        onEvents: (events) => {
          log.push(...events);
          sources.take(events);
          for (const { name, resolve } of waiting) if (events.some((event) => event.name === name)) resolve();
        },
        logger: silentLogger,
      }, AbortSignal.timeout(30_000));
      stack.defer(() => notebook.close());
      if (person === 0) {
        await fillNotebook(notebook, notebookId, { title: "Test", cells }, "ada");
        await notebook.settled();
      }
      const upload = () => Promise.resolve(`${notebookId}/uploaded`);
      const hears = (name: string) => {
        const { promise, resolve } = Promise.withResolvers<void>();
        waiting.push({ name, resolve });
        return promise;
      };
      const actions = new NotebookActions(notebook, `person ${person}`, sources, upload);
      // A text that nobody has flushed would be committed by a timer, after the test.
      stack.defer(() => actions.drafts.flushAll());
      people.push({ notebook, actions, log, hears });
    }
    await test(people, people[0].actions.cells.map(({ id }) => id));
  };

  await t.step(
    "are merged in one commit, the text first and then the deletions, and are restored by undo",
    () =>
      withPeople(1, ["a", "b", "c"].map(code), async ([ada], ids) => {
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
    "what another person types into a cell that is merged away is kept, also after undo",
    () =>
      withPeople(2, ["a", "b", "c"].map(code), async ([ada, bob], ids) => {
        bob.actions.drafts.type(ids[1], "bob's b");
        ada.actions.edits.merge([ids[0], ids[1]]);
        // Bob typed before his page knew of the merge, and it sends his text afterwards.
        await sees(ada, "a\n\nbob's b", "c");
        await sees(bob, "a\n\nbob's b", "c");
        ada.actions.undo();
        await sees(bob, "a", "bob's b", "c");
        await sees(ada, "a", "bob's b", "c");
        assert.deepEqual(drafts(bob), texts(bob));
      }),
  );

  await t.step(
    "two people who type into both parts lose nothing",
    () =>
      withPeople(3, ["a", "b"].map(code), async ([ada, bob, eve], ids) => {
        bob.actions.drafts.type(ids[1], "b + bob");
        eve.actions.drafts.type(ids[1], "eve + b");
        eve.actions.drafts.type(ids[0], "a + eve");
        ada.actions.edits.merge(ids);
        for (const person of [ada, bob, eve]) await sees(person, "a + eve\n\neve + b + bob");
      }),
  );

  await t.step(
    "what another person types into a deleted cell comes back with it",
    () =>
      withPeople(2, ["a", "b"].map(code), async ([ada, bob], ids) => {
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
    "a cell is split while another person types into it, and is joined again by undo",
    () =>
      withPeople(2, ["a = 1\n\nb = 2\nc = 3"].map(code), async ([ada, bob], ids) => {
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
        assert.equal(ada.notebook.query(outputsOf(ids[0])).length, 1, "the outputs stay with the last part");
        assert.equal(ada.actions.cells[1].id, ids[0]);
        bob.actions.drafts.type(bob.actions.cells[0].id, "a = 12");
        bob.actions.drafts.flushAll();
        await sees(ada, "a = 12", "b = 2\nc = 34");
        ada.actions.undo();
        await sees(bob, "a = 12\n\nb = 2\nc = 34");
      }),
  );

  await t.step(
    "a cell is not split if one side would be empty",
    () =>
      withPeople(1, ["\na\n"].map(code), ([ada], ids) => {
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
    "texts are replaced in what others have typed meanwhile, and undo reverts only the replacement",
    () =>
      withPeople(2, ["old + old", "old"].map(code), async ([ada, bob], ids) => {
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

  await t.step("cells that wait or run are not merged", () =>
    withPeople(1, ["a", "b"].map(code), ([ada], ids) => {
      ada.actions.run(ids[1]);
      assert.match(ada.actions.edits.merge(ids)!, /^Nothing was merged: cell 2 waits or runs\./);
      assert.deepEqual(texts(ada), ["a", "b"]);
      ada.actions.interruptAll();
      assert.equal(ada.actions.edits.merge(ids), undefined);
    }));

  await t.step(
    "cells that would be too long for an event are not merged",
    () =>
      withPeople(1, ["x".repeat(600_000), "y".repeat(600_000)].map(code), ([ada], ids) => {
        assert.match(
          ada.actions.edits.merge(ids)!,
          /the merged cell has 1,200 KB of text, but a cell may have at most 900 KB\.$/,
        );
        assert.equal(ada.actions.cells.length, 2);
      }),
  );

  await t.step(
    "are moved as a block, and stay where they are at the end",
    () =>
      withPeople(1, ["a", "b", "c", "d"].map(code), ([ada], ids) => {
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

  const png = { "image/png": "iVBORw0KGgo=" };
  const picture = (source: string, name: string) => ({
    type: "markdown" as const,
    source,
    outputs: [],
    attachments: { [name]: png },
  });
  const partsOf = ({ notebook }: Person, id: string) =>
    JSON.parse(notebook.query(keptUnder(cellKey(id)))[0]?.value ?? "{}").parts ?? {};

  await t.step(
    "keep their pictures, and are not merged if two pictures have the same name",
    () =>
      withPeople(1, [picture("a", "1.png"), picture("b", "2.png"), picture("c", "1.png")], async ([ada], ids) => {
        assert.match(ada.actions.edits.merge(ids)!, /two of the cells have different pictures named 1\.png\.$/);
        const { promise, resolve } = Promise.withResolvers<void>();
        const stop = ada.notebook.watch(tables.notebookMetadata.select("key", "value"), () => {
          if (Object.keys(partsOf(ada, ids[0]).attachments).length === 2) resolve();
        });
        assert.equal(ada.actions.edits.merge([ids[0], ids[1]]), undefined);
        await promise;
        stop();
        assert.deepEqual(partsOf(ada, ids[0]).attachments, { "1.png": png, "2.png": png });
      }),
  );

  await t.step(
    "are pasted with type, outputs, metadata, pictures and hidden parts, and undo removes them",
    () =>
      withPeople(
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
          assert.ok(ada.actions.cells.some(({ id }) => id === pasted.ids[2]), "what was changed since stays");
          assert.equal(ada.actions.cells.length, 5);
        },
      ),
  );

  await t.step(
    "hiding a part is one event of the contract per cell, and undo shows it again",
    () =>
      withPeople(1, ["a", "b"].map(code), async ([ada], ids) => {
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
