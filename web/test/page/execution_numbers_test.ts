/**
 * The numbers of `In [n]` and `Out[n]`: they count the executions of the session, although requests count those of a cell.
 *
 * @module
 */

import assert from "node:assert/strict";
import { readNotebook } from "../../../src/nbformat/read_notebook.ts";
import { inline } from "../../../src/notebook/schema/media.ts";
import { events, tables } from "../../../src/notebook/schema/mod.ts";
import { newNotebookId } from "../../../stack/notebook_id.ts";
import { startSyncServer, type SyncServer } from "../../../stack/sync_server/start.ts";
import { type NotebookClient, openClient } from "../../../test/support/notebook_client.ts";
import { NotebookActions } from "../../page/actions/notebook_actions.ts";
import { fillNotebook } from "../../page/file/fill_notebook.ts";
import { writeFile } from "../../page/file/write_file.ts";
import { numberOf, outputsOf } from "../../page/store/queries.ts";
import { readOutputs } from "../../page/store/read_outputs.ts";
import { done } from "./run_events.ts";

/** A notebook of two code cells that is open on a page. The test acts as the runtime. */
class OpenPage {
  readonly actions: NotebookActions;
  readonly ids: string[];
  #runs = 0;

  constructor(readonly client: NotebookClient) {
    this.actions = new NotebookActions(client.store, "ada");
    this.ids = this.actions.cells.map(({ id }) => id);
  }

  /** Returns the oldest pending request of a cell. */
  readonly request = (cellId: string): string => {
    const pending = tables.executionQueue.select("id").where({ cellId, status: "pending" });
    return this.client.store.query(pending)[0];
  };

  begin(queueId: string, cellId: string): void {
    this.client.store.commit(
      events.executionStarted({ queueId, cellId, runtimeSessionId: "s", startedAt: new Date(0) }),
      events.cellOutputsCleared({ cellId, wait: false, clearedBy: "runtime" }),
    );
  }

  /** Ends a run with a result. Its execution count is that of the request, as an agent writes it. */
  end(queueId: string, cellId: string): void {
    const [executionCount] = this.client.store.query(
      tables.executionQueue.select("executionCount").where({ id: queueId }),
    );
    const representations = { "text/plain": inline("1") };
    this.client.store.commit(
      events.multimediaResultOutputAdded({
        id: `o${++this.#runs}`,
        cellId,
        position: 0,
        representations,
        executionCount,
      }),
      done(cellId, queueId),
    );
  }

  /** Requests an execution as the Run button does, and runs it. */
  run(cellId: string): void {
    this.actions.run(cellId);
    const queueId = this.request(cellId);
    this.begin(queueId, cellId);
    this.end(queueId, cellId);
  }
}

/** Returns the shown and saved numbers of each cell: `In`, and `Out` of each result. A missing number is a space. */
async function numbers({ store }: NotebookClient): Promise<string[]> {
  const { cells } = readNotebook(await writeFile(store, "Test"));
  const ids = new NotebookActions(store, "ada").cells.map(({ id }) => id);
  return ids.map((id, index) => {
    const number = store.query(numberOf(id))[0] ?? undefined;
    assert.equal(cells[index].executionCount, number, "a file has the number that the page shows");
    const outs = readOutputs(store.query(outputsOf(id)), { executionCount: number }).flatMap((output) =>
      output.kind === "rich" && output.isResult ? [output.executionCount ?? " "] : []
    );
    return [`In ${number ?? " "}`, ...outs.map((out) => `Out ${out}`)].join(", ");
  });
}

Deno.test("numbers of cells that the page shows and saves", async (t) => {
  await using server = await startSyncServer();

  const withPage = async (test: (page: OpenPage) => void, expected: string[], outputs = false) => {
    const notebookId = newNotebookId();
    await using client = await openClient({ ...place(server), notebookId });
    const result = { type: "execute_result" as const, data: { "text/plain": "0" } };
    const cell = { type: "code" as const, source: "1", outputs: outputs ? [result] : [] };
    await fillNotebook(client.store, notebookId, { title: "Test", cells: [cell, cell] }, "ada");
    test(new OpenPage(client));
    assert.deepEqual(await numbers(client), expected);
    await client.store.settled();
    await using reloaded = await openClient({ ...place(server), notebookId });
    assert.deepEqual(await numbers(reloaded), expected, "after a reload");
  };

  await t.step("the numbers count all runs of the session", () =>
    withPage((page) => {
      const [a, b] = page.ids;
      for (const id of [a, b, a, a]) page.run(id);
    }, ["In 4, Out 4", "In 2, Out 2"]));

  await t.step(
    "a cell that never ran has no number, even if it has outputs from a file",
    () =>
      withPage(
        ({ actions, ids }) => {
          actions.run(ids[0]);
          actions.interrupt(ids[0]);
          actions.runAll();
          actions.interruptAll();
        },
        ["In  ", "In  , Out  "],
        true,
      ),
  );

  await t.step(
    "a result from a file gets no number before the cell's run clears it",
    () =>
      withPage(
        ({ actions, client, ids, request }) => {
          actions.runAll();
          const queueId = request(ids[0]);
          const startedAt = new Date(0);
          client.store.commit(events.executionStarted({ queueId, cellId: ids[0], runtimeSessionId: "s", startedAt }));
        },
        ["In 1, Out  ", "In  , Out  "],
        true,
      ),
  );

  await t.step("the numbers follow the order of starts if a cell is requested twice", () =>
    withPage((page) => {
      const [a, b] = page.ids;
      const again = { requestedBy: "bob", executionCount: 1 };
      page.client.store.commit(
        events.executionRequested({ ...again, queueId: "first", cellId: a }),
        events.executionRequested({ ...again, queueId: "second", cellId: a }),
      );
      page.begin("first", a);
      page.end("first", a);
      page.run(b);
      page.begin("second", a);
      page.end("second", a);
    }, ["In 3, Out 3", "In 2, Out 2"]));

  await t.step("a run that is cancelled before its start does not use a number", () =>
    withPage((page) => {
      const [a, b] = page.ids;
      page.run(a);
      page.actions.run(b);
      page.actions.interrupt(b);
      page.run(a);
    }, ["In 2, Out 2", "In  "]));

  await t.step("an interrupted run uses a number", () =>
    withPage((page) => {
      const [a, b] = page.ids;
      page.actions.run(a);
      page.begin(page.request(a), a);
      page.actions.interrupt(a);
      page.run(b);
    }, ["In 1", "In 2, Out 2"]));

  await t.step(
    "the numbers start at 1 after a restart, regardless of earlier runs and cancellations",
    () =>
      withPage((page) => {
        const [a, b] = page.ids;
        for (const id of [a, b, b]) page.run(id);
        page.actions.run(a);
        page.actions.interrupt(a);
        page.actions.forgetRuns();
        page.run(a);
      }, ["In 1, Out 1", "In 3, Out 3"]),
  );
});

const place = ({ syncUrl, authToken }: SyncServer) => ({ syncUrl, authToken });
