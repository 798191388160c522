/**
 * The events that the page writes into a notebook, exactly as in the contract.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { StoredEvent } from "../../../src/notebook/sync/frames.ts";
import { silentLogger } from "../../../src/logger.ts";
import { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { events } from "../../../src/notebook/schema/mod.ts";
import { newNotebookId } from "../../../stack/notebook_id.ts";
import { fillNotebook } from "../../page/file/fill_notebook.ts";
import { NotebookActions } from "../../page/actions/notebook_actions.ts";
import { startSyncServer } from "../../../stack/sync_server/start.ts";

/** The counts in the arguments of a request for one cell or for several. */
interface Requested {
  executionCount?: number;
  cellsInfo: { executionCount?: number }[];
}

const code = (source: string) => ({ type: "code" as const, source, outputs: [] });

Deno.test("the actions of a person on a notebook", async (t) => {
  await using server = await startSyncServer();

  /** Opens a new notebook with these cells. `written` returns the later events as the server has them. */
  const withNotebook = async (
    sources: string[],
    test: (part: {
      actions: NotebookActions;
      notebook: NotebookStore;
      ids: string[];
      written: () => Promise<StoredEvent[]>;
    }) => Promise<void>,
  ) => {
    const id = newNotebookId();
    const log: StoredEvent[] = [];
    const notebook = await NotebookStore.open({
      notebookId: id,
      clientId: `page-${crypto.randomUUID()}`,
      syncUrl: server.syncUrl,
      payload: { authToken: server.authToken },
      onEvents: (events) => log.push(...events),
      logger: silentLogger,
    }, AbortSignal.timeout(30_000));
    try {
      await fillNotebook(notebook, id, { title: "Test", cells: sources.map(code) }, "ada");
      await notebook.settled();
      const begun = log.length;
      const actions = new NotebookActions(notebook, "ada");
      const written = async () => {
        await notebook.settled();
        return log.slice(begun);
      };
      await test({ actions, notebook, ids: actions.cells.map((cell) => cell.id), written });
    } finally {
      await notebook.close();
    }
  };

  await t.step(
    "Run writes the source, clears the outputs and requests the execution",
    () =>
      withNotebook(["1 + 1"], async ({ actions, ids, written }) => {
        actions.drafts.type(ids[0], "1 + 2");
        actions.run(ids[0]);
        const [source, cleared, requested, ...rest] = await written();
        assert.deepEqual([source.name, source.args], [
          "v1.CellSourceChanged",
          { id: ids[0], source: "1 + 2", modifiedBy: "ada" },
        ]);
        assert.deepEqual([cleared.name, cleared.args], [
          "v1.CellOutputsCleared",
          { cellId: ids[0], wait: false, clearedBy: "ada" },
        ]);
        const { queueId, ...args } = requested.args as Record<string, unknown>;
        assert.equal(requested.name, "v1.ExecutionRequested");
        assert.match(String(queueId), /^exec-\d+-[\w-]{36}$/);
        assert.deepEqual(args, { cellId: ids[0], executionCount: 1, requestedBy: "ada" });
        assert.deepEqual(rest, []);
      }),
  );

  await t.step(
    "a cell that already waits is not requested twice",
    () =>
      withNotebook(["1"], async ({ actions, ids, written }) => {
        actions.run(ids[0]);
        actions.run(ids[0]);
        assert.equal((await written()).filter(({ name }) => name === "v1.ExecutionRequested").length, 1);
      }),
  );

  await t.step(
    "Run all is one event, and clears nothing",
    () =>
      withNotebook(["1", "", "2"], async ({ actions, ids, written }) => {
        actions.runAll();
        const [requested, ...rest] = await written();
        assert.equal(requested.name, "v1.MultipleExecutionRequested");
        const { cellsInfo, requestedBy } = requested.args as {
          cellsInfo: { id: string; executionCount: number }[];
          requestedBy: string;
        };
        assert.equal(requestedBy, "ada");
        assert.deepEqual(cellsInfo.map(({ id, executionCount }) => [id, executionCount]), [[ids[0], 1], [ids[2], 1]]);
        assert.deepEqual(rest, []);
      }),
  );

  await t.step(
    "Run above and Run below are Run all of some cells, with the latest typed text",
    () =>
      withNotebook(["1", "2", "", "3"], async ({ actions, ids, written }) => {
        actions.drafts.type(ids[2], "2.5");
        actions.runAbove(ids[1]);
        actions.runBelow(ids[1]);
        actions.runAbove(ids[0]);
        actions.runBelow("gone");
        const requests = (await written()).filter(({ name }) => name.includes("Execution"));
        assert.deepEqual(requests.map(({ name }) => name), Array(2).fill("v1.MultipleExecutionRequested"));
        const asked = requests.map(({ args }) =>
          (args as { cellsInfo: { id: string }[] }).cellsInfo.map(({ id }) => id)
        );
        assert.deepEqual(asked, [[ids[0]], [ids[1], ids[2], ids[3]]]);
      }),
  );

  await t.step(
    "Run all, continue after errors, requests each cell separately, and clears nothing",
    () =>
      withNotebook(["1", "", "2"], async ({ actions, ids, written }) => {
        actions.runOneByOne();
        const requests = await written();
        assert.deepEqual(requests.map(({ name }) => name), Array(2).fill("v1.ExecutionRequested"));
        const args = requests.map(({ args }) => args as Record<string, unknown>);
        assert.deepEqual(args.map(({ cellId, executionCount, requestedBy }) => [cellId, executionCount, requestedBy]), [
          [ids[0], 1, "ada"],
          [ids[2], 1, "ada"],
        ]);
        assert.notEqual(args[0].queueId, args[1].queueId);
      }),
  );

  await t.step(
    "Interrupt cancels one request, or all",
    () =>
      withNotebook(["1", "2"], async ({ actions, ids, written }) => {
        actions.runAll();
        actions.interrupt(ids[0]);
        actions.interruptAll();
        const [, one, all] = await written();
        const { queueId: _, ...args } = one.args as Record<string, unknown>;
        assert.equal(one.name, "v1.ExecutionCancelled");
        assert.deepEqual(args, { cellId: ids[0], cancelledBy: "ada", reason: "Stopped by the user" });
        assert.deepEqual([all.name, all.args ?? undefined], ["v1.AllExecutionsCancelled", undefined]);
        assert.deepEqual(actions.cells.map((cell) => cell.executionState), ["idle", "idle"]);
      }),
  );

  await t.step(
    "cells are added, moved, deleted and restored in their places",
    () =>
      withNotebook(["a", "b", "c"], ({ actions, ids }) => {
        const sources = () => actions.cells.map(({ source }) => source).join("");
        actions.addCell(1, "code", "x");
        assert.equal(sources(), "axbc");
        actions.moveCell(ids[2], -1);
        assert.equal(sources(), "axcb");
        actions.moveCell(ids[0], -1);
        actions.moveCell(ids[0], 1);
        assert.equal(sources(), "xacb");
        actions.deleteCell(ids[0]);
        assert.equal(sources(), "xcb");
        assert.equal(actions.undo(), ids[0]);
        assert.equal(sources(), "xacb");
        assert.equal(actions.undo(), undefined);
        return Promise.resolve();
      }),
  );

  await t.step(
    "cells that other clients have given the same index can be separated",
    () =>
      withNotebook([], ({ actions, notebook }) => {
        for (const id of ["one", "two"]) {
          notebook.commit(events.cellCreated2({ id, fractionalIndex: "a10", cellType: "code", createdBy: "bob" }));
        }
        const id = actions.addCell(1);
        assert.deepEqual(actions.cells.map((cell) => cell.id), ["one", id, "two"]);
        return Promise.resolve();
      }),
  );

  await t.step(
    "a request counts earlier requests of its cell only, whatever their outcome",
    () =>
      withNotebook(["1", "2"], async ({ actions, ids, written }) => {
        actions.run(ids[0]);
        actions.interrupt(ids[0]);
        actions.runAll();
        actions.interruptAll();
        actions.forgetRuns();
        actions.run(ids[0]);
        const args = (await written()).map(({ args }) => (args ?? {}) as Partial<Requested>);
        const counts = args.flatMap(({ cellsInfo = [], ...one }) => [one, ...cellsInfo]);
        assert.deepEqual(counts.flatMap(({ executionCount }) => executionCount ?? []), [1, 2, 1, 3]);
      }),
  );
});
