/**
 * Restoring cleared outputs: unchanged, once, and only if their run is still the cell's last one.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { NotebookEvent } from "../../../src/notebook/notebook_store.ts";
import type { StoredEvent } from "../../../src/notebook/sync/frames.ts";
import { errorContent } from "../../../src/notebook/schema/error_content.ts";
import { inline } from "../../../src/notebook/schema/media.ts";
import { events, tables } from "../../../src/notebook/schema/mod.ts";
import { stopNote } from "../../../src/notebook/schema/stop_note.ts";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { begun, cellIds, idsOf, rowsOf, sees, text, withPeople } from "./kept_outputs.ts";
import { done } from "./run_events.ts";

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

Deno.test("restoring cleared outputs", async (t) => {
  await using server = await startSyncServer();

  for (const scope of ["of one cell", "of all cells"] as const) {
    await t.step(
      `the outputs ${scope} are restored with contents, artifacts, metadata, counts and positions`,
      () =>
        withPeople(server, 1, async ([{ notebook, actions, log }]) => {
          notebook.commit(...begun("one", "q"), ...everyKind, done("one", "q"));
          const before = rowsOf(notebook);
          const remembered = notebook.query(tables.executionOutputs.orderBy("id", "asc"));
          await notebook.settled();
          const sent = log.length;
          if (scope === "of one cell") { for (const id of cellIds) actions.clearOutputs(id); }
          else actions.clearOutputs();
          assert.deepEqual(rowsOf(notebook), []);
          actions.undo();
          if (scope === "of one cell") actions.undo();
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
          assert.deepEqual(
            argsById(log.slice(sent)),
            argsById(log.slice(0, sent)),
            "the same events are written again",
          );
        }),
    );
  }

  await t.step("outputs are restored once if two people undo", () =>
    withPeople(server, 2, async ([ada, bob]) => {
      ada.notebook.commit(...everyKind);
      await sees(bob.notebook, everyKind.length);
      // Neither has received the other's event yet.
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
    "the second undo writes nothing if the outputs have been restored already",
    () =>
      withPeople(server, 2, async ([ada, bob]) => {
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
    "outputs are not restored to a cell that has run since",
    () =>
      withPeople(server, 1, ([{ notebook, actions }]) => {
        notebook.commit(...begun("one", "q1"), text("old", "one"), done("one", "q1"), text("other", "two"));
        actions.clearOutputs();
        notebook.commit(...begun("one", "q2"), text("new", "one"), done("one", "q2"));
        actions.undo();
        assert.deepEqual(idsOf(notebook), ["new", "other"]);
        return Promise.resolve();
      }),
  );
});
