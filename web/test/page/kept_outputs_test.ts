/**
 * Cleared outputs are restored as they were, once, and only if their run is still the last one.
 *
 * @module
 */

import assert from "node:assert/strict";
import { silentLogger } from "../../../src/logger.ts";
import { type NotebookEvent, NotebookStore } from "../../../src/notebook/notebook_store.ts";
import type { StoredEvent } from "../../../src/notebook/sync/frames.ts";
import { errorContent } from "../../../src/notebook/schema/error_content.ts";
import { inline } from "../../../src/notebook/schema/media.ts";
import { events, tables } from "../../../src/notebook/schema/mod.ts";
import { stopNote } from "../../../src/notebook/schema/stop_note.ts";
import { waitStatus } from "../../../src/notebook/schema/wait_status.ts";
import { newNotebookId } from "../../../stack/notebook_id.ts";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { NotebookActions } from "../../page/actions/notebook_actions.ts";

const cellIds = ["one", "two"];

const cells = cellIds.flatMap((id, index) => [
  events.cellCreated2({ id, fractionalIndex: `a${index}`, cellType: "code", createdBy: "ada" }),
  events.cellSourceChanged({ id, source: id, modifiedBy: "ada" }),
]);

/** The start of a cell as an agent writes it. The outputs that follow belong to it. */
function begun(cellId: string, queueId: string): NotebookEvent[] {
  return [
    events.executionRequested({ queueId, cellId, executionCount: 1, requestedBy: "ada" }),
    events.executionStarted({ queueId, cellId, runtimeSessionId: "s", startedAt: new Date(0) }),
    events.cellOutputsCleared({ cellId, wait: false, clearedBy: "runtime-r" }),
  ];
}

const done = (cellId: string, queueId: string) =>
  events.executionCompleted({
    queueId,
    cellId,
    status: "success",
    completedAt: new Date(1),
    executionDurationMs: 1,
  });

const text = (id: string, cellId: string, position = 0) =>
  events.terminalOutputAdded({ id, cellId, position, content: inline(`${id}\n`), streamName: "stdout" });

/** An output of every kind of event, inline and as an artifact. */
const everyKind: NotebookEvent[] = [
  text("text", "one", 0.5),
  events.terminalOutputAdded({
    id: "large",
    cellId: "one",
    position: 1,
    content: { type: "artifact", artifactId: "n/large", metadata: { size: 7 } },
    streamName: "stderr",
  }),
  events.multimediaDisplayOutputAdded({
    id: "picture",
    cellId: "one",
    position: 2,
    representations: {
      "image/png": { type: "artifact", artifactId: "n/png", metadata: { width: 3 } },
      "text/plain": inline("<Figure>"),
    },
    displayId: "d",
  }),
  events.markdownOutputAdded({ id: "markdown", cellId: "one", position: 3, content: inline("# A") }),
  events.multimediaResultOutputAdded({
    id: "result",
    cellId: "one",
    position: 4,
    representations: { "application/json": inline({ a: [1, null] }) },
    executionCount: 12,
  }),
  events.errorOutputAdded({
    id: "error",
    cellId: "one",
    position: 5,
    content: errorContent({ ename: "ValueError", evalue: "bad", traceback: ["a", "b"] }),
  }),
  events.terminalOutputAdded({
    id: "stop",
    cellId: "two",
    position: 0,
    content: stopNote("not run"),
    streamName: "stderr",
  }),
];

Deno.test("cleared outputs", async (t) => {
  await using server = await startSyncServer();

  /** Opens a notebook of two cells for several people. Each has a store of the same log. */
  const withPeople = async (
    count: number,
    test: (people: { notebook: NotebookStore; actions: NotebookActions; log: StoredEvent[] }[]) => Promise<void>,
  ) => {
    const notebookId = newNotebookId();
    await using stack = new AsyncDisposableStack();
    const people = [];
    for (let person = 0; person < count; person++) {
      const log: StoredEvent[] = [];
      const notebook = await NotebookStore.open({
        notebookId,
        clientId: `page-${crypto.randomUUID()}`,
        syncUrl: server.syncUrl,
        payload: { authToken: server.authToken },
        onEvents: (events) => log.push(...events),
        logger: silentLogger,
      }, AbortSignal.timeout(30_000));
      stack.defer(() => notebook.close());
      people.push({ notebook, actions: new NotebookActions(notebook, `person ${person}`), log });
    }
    people[0].notebook.commit(...cells);
    await test(people);
  };
  const rowsOf = (notebook: NotebookStore) => notebook.query(tables.outputs.orderBy("id", "asc"));
  const idsOf = (notebook: NotebookStore) => rowsOf(notebook).map(({ id }) => id);
  /** Waits until a person sees the events of another. */
  const sees = async (notebook: NotebookStore, count: number) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const stop = notebook.watch(tables.outputs.select("id"), (rows: readonly string[]) => {
      if (rows.length === count) resolve();
    });
    await promise.finally(() => stop());
  };

  for (const scope of ["of a cell", "of all cells"] as const) {
    await t.step(
      `${scope} are restored as they were: contents, artifacts, metadata, counts and positions`,
      () =>
        withPeople(1, async ([{ notebook, actions, log }]) => {
          notebook.commit(...begun("one", "q"), ...everyKind, done("one", "q"));
          const before = rowsOf(notebook);
          const remembered = notebook.query(tables.executionOutputs.orderBy("id", "asc"));
          await notebook.settled();
          const sent = log.length;
          if (scope === "of a cell") { for (const id of cellIds) actions.clearOutputs(id); }
          else actions.clearOutputs();
          assert.deepEqual(rowsOf(notebook), []);
          actions.undo();
          if (scope === "of a cell") actions.undo();
          assert.deepEqual(rowsOf(notebook), before);
          assert.deepEqual(notebook.query(tables.executionOutputs.orderBy("id", "asc")), remembered);
          await notebook.settled();
          const argsById = (all: StoredEvent[]) =>
            Object.fromEntries(
              all.filter(({ name }) => name.endsWith("OutputAdded")).map(({ name, args }) => [
                (args as { id: string }).id,
                { name, args },
              ]),
            );
          assert.deepEqual(argsById(log.slice(sent)), argsById(log.slice(0, sent)), "they are the same events");
        }),
    );
  }

  await t.step("are restored once, even if two people undo", () =>
    withPeople(2, async ([ada, bob]) => {
      ada.notebook.commit(...everyKind);
      await sees(bob.notebook, everyKind.length);
      // Neither has seen the other's clear yet.
      ada.actions.clearOutputs();
      bob.actions.clearOutputs();
      await Promise.all([ada.notebook.settled(), bob.notebook.settled()]);
      ada.actions.undo();
      bob.actions.undo();
      await Promise.all([ada.notebook.settled(), bob.notebook.settled()]);
      await Promise.all([sees(ada.notebook, everyKind.length), sees(bob.notebook, everyKind.length)]);
      const log = bob.log.length;
      assert.deepEqual(rowsOf(ada.notebook), rowsOf(bob.notebook));
      bob.actions.undo();
      await bob.notebook.settled();
      assert.equal(bob.log.length, log, "nothing is left to undo");
    }));

  await t.step(
    "the second person who undoes writes nothing if the outputs are there already",
    () =>
      withPeople(2, async ([ada, bob]) => {
        ada.notebook.commit(text("a", "one"));
        await sees(bob.notebook, 1);
        ada.actions.clearOutputs();
        bob.actions.clearOutputs();
        await Promise.all([ada.notebook.settled(), bob.notebook.settled()]);
        ada.actions.undo();
        await ada.notebook.settled();
        await sees(bob.notebook, 1);
        const written = bob.log.length;
        bob.actions.undo();
        await bob.notebook.settled();
        assert.equal(bob.log.length, written);
      }),
  );

  await t.step(
    "are not restored to a cell that has been run since, but to the others",
    () =>
      withPeople(1, ([{ notebook, actions }]) => {
        notebook.commit(...begun("one", "q1"), text("old", "one"), done("one", "q1"), text("other", "two"));
        actions.clearOutputs();
        notebook.commit(...begun("one", "q2"), text("new", "one"), done("one", "q2"));
        actions.undo();
        assert.deepEqual(idsOf(notebook), ["new", "other"]);
        return Promise.resolve();
      }),
  );

  await t.step(
    "are restored to a cell that is still running, before its newer outputs",
    () =>
      withPeople(1, ([{ notebook, actions }]) => {
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
    "do not revert a display that was updated in another cell meanwhile",
    () =>
      withPeople(1, ([{ notebook, actions }]) => {
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
    "do not include messages about waiting, and undo is not offered if there were no outputs",
    () =>
      withPeople(1, ([{ notebook, actions }]) => {
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
    "a deleted cell comes back with its type, number and outputs, even if they were all cleared before",
    () =>
      withPeople(1, ([{ notebook, actions }]) => {
        notebook.commit(...begun("one", "q"), text("a", "one"), done("one", "q"));
        notebook.commit(events.cellTypeChanged({ id: "two", cellType: "raw" }));
        for (const id of cellIds) actions.deleteCell(id);
        actions.clearOutputs();
        actions.undo();
        assert.deepEqual(idsOf(notebook), [], "outputs of a cell that is not there stay away");
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

  await t.step("a deleted cell comes back once, even if two people undo", () =>
    withPeople(2, async ([ada, bob]) => {
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
    }));
});
