/**
 * AI cells: the events that the page writes, and answers that arrive in deltas.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { NotebookEvent } from "../../../src/notebook/notebook_store.ts";
import { errorContent } from "../../../src/notebook/schema/error_content.ts";
import { inline } from "../../../src/notebook/schema/media.ts";
import { events, tables } from "../../../src/notebook/schema/mod.ts";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { outputRows } from "../../page/store/output_rows.ts";
import { readOutputs } from "../../page/store/read_outputs.ts";
import { type PageNotebook, withPageNotebook } from "./page_notebook.ts";

const piece = (outputId: string, sequenceNumber: number, delta: string): NotebookEvent =>
  events.markdownOutputAppended2({ id: `${outputId}-${sequenceNumber}`, outputId, delta, sequenceNumber });

const answerOf = (cellId: string, id = "answer", text = "The ") =>
  events.markdownOutputAdded({ id, cellId, position: 0, content: inline(text) });

Deno.test("AI cells", async (t) => {
  await using server = await startSyncServer();
  const withCells = (sources: string[], test: (page: PageNotebook) => Promise<void>) =>
    withPageNotebook(server, sources, test);

  await t.step(
    "asking a question creates the cell, changes its source and requests its execution",
    () =>
      withCells(["1 + 1"], async ({ actions, written }) => {
        const id = actions.addCell(1, "ai");
        actions.drafts.type(id, "Why is that 2?");
        actions.run(id);
        const log = await written();
        assert.deepEqual(log.map(({ name }) => name), [
          "v2.CellCreated",
          "v1.CellSourceChanged",
          "v1.CellOutputsCleared",
          "v1.ExecutionRequested",
        ]);
        const { fractionalIndex: _, ...created } = log[0].args as Record<string, unknown>;
        assert.deepEqual(created, { id, cellType: "ai", createdBy: "ada" });
        assert.equal((log[3].args as { executionCount: number }).executionCount, 1);
      }),
  );

  await t.step("an empty question is not asked", () =>
    withCells(["1"], async ({ actions, written }) => {
      const id = actions.addCell(1, "ai");
      actions.drafts.type(id, "  \n");
      actions.run(id);
      assert.ok((await written()).every(({ name }) => name !== "v1.ExecutionRequested"));
    }));

  await t.step(
    "Run all skips AI cells",
    () =>
      withCells(["1", "2"], async ({ actions, ids, written }) => {
        actions.addCell(1, "ai", "Why?");
        actions.runAll();
        const request = (await written()).at(-1)!;
        assert.equal(request.name, "v1.MultipleExecutionRequested");
        const { cellsInfo } = request.args as { cellsInfo: { id: string }[] };
        assert.deepEqual(cellsInfo.map(({ id }) => id), ids);
      }),
  );

  await t.step("a code cell becomes an AI cell and a code cell again", () =>
    withCells(["1"], ({ actions, ids }) => {
      actions.setType(ids[0], "ai");
      assert.equal(actions.cells[0].cellType, "ai");
      actions.setType(ids[0], "code");
      assert.equal(actions.cells[0].cellType, "code");
      return Promise.resolve();
    }));

  await t.step(
    "Ask AI to fix inserts an AI cell with the first error below and runs it",
    () =>
      withCells(["1 / 0", "2"], async ({ actions, notebook, ids, written }) => {
        const error = (id: string, position: number, evalue: string) =>
          events.errorOutputAdded({
            id,
            cellId: ids[0],
            position,
            content: errorContent({ ename: "ZeroDivisionError", evalue, traceback: ["\x1b[31mline\x1b[0m `1 / 0`"] }),
          });
        notebook.commit(error("second", 2, "again"), error("first", 1, "division by zero"));
        const id = actions.askToFix(ids[0])!;
        assert.deepEqual(actions.cells.map((cell) => cell.id), [ids[0], id, ids[1]]);
        const { cellType, source } = actions.cells[1];
        assert.equal(cellType, "ai");
        assert.equal(
          source,
          "Fix the error:\n ```json\n{\n" +
            '  "ename": "ZeroDivisionError",\n  "evalue": "division by zero",\n' +
            '  "traceback": [\n    "\\u001b[31mline\\u001b[0m `1 / 0`"\n  ]\n}\n```\n',
        );
        const asked = (await written()).slice(2).map(({ name, args }) => [name, (args as { cellId: string }).cellId]);
        assert.deepEqual(asked.map(([name]) => name), [
          "v2.CellCreated",
          "v1.CellSourceChanged",
          "v1.ExecutionRequested",
        ]);
        assert.equal(asked.at(-1)![1], id);
      }),
  );

  await t.step(
    "Ask AI to fix does nothing if the cell has no error",
    () =>
      withCells(["1"], async ({ actions, ids, written }) => {
        assert.equal(actions.askToFix(ids[0]), undefined);
        assert.deepEqual(await written(), []);
      }),
  );

  await t.step(
    "an answer consists of its first text and its deltas in order, each used once",
    () =>
      withCells(["Why?"], ({ notebook, ids: [id] }) => {
        notebook.commit(
          answerOf(id),
          piece("answer", 1, "sum "),
          piece("answer", 3, "two."),
          piece("answer", 2, "is "),
        );
        notebook.commit(piece("answer", 2, "is "), piece("other", 1, "no part"));
        const [row] = outputRows(notebook, id);
        assert.equal(row.data, "The sum is two.");
        const [shown] = readOutputs([row]);
        assert.ok(shown.kind === "rich");
        assert.deepEqual(shown.representations, { "text/markdown": inline("The sum is two.") });
        return Promise.resolve();
      }),
  );

  await t.step(
    "deltas of terminal text are not shown",
    () =>
      withCells(["print(1)"], ({ notebook, ids: [id] }) => {
        notebook.commit(
          events.terminalOutputAdded({
            id: "text",
            cellId: id,
            position: 0,
            content: inline("1"),
            streamName: "stdout",
          }),
          events.terminalOutputAppended2({ id: "text-1", outputId: "text", delta: "23", sequenceNumber: 1 }),
        );
        assert.equal(outputRows(notebook, id)[0].data, "1");
        return Promise.resolve();
      }),
  );

  for (const scope of ["its cell", "all cells"] as const) {
    await t.step(
      `an answer that was cleared with ${scope} is restored completely and once`,
      () =>
        withCells(["Why?"], async ({ actions, notebook, ids: [id], written }) => {
          notebook.commit(answerOf(id), piece("answer", 1, "sum "), piece("answer", 2, "is two."));
          await notebook.settled();
          actions.clearOutputs(scope === "its cell" ? id : undefined);
          assert.deepEqual(outputRows(notebook, id), []);
          actions.undo();
          assert.deepEqual(outputRows(notebook, id).map(({ data }) => data), ["The sum is two."]);
          assert.equal(notebook.query(tables.outputDeltas.where({ outputId: "answer" })).length, 2);
          const appended = (await written()).filter(({ name }) => name === "v2.MarkdownOutputAppended");
          // Clearing all cells also removes the deltas. Clearing one cell does not.
          assert.equal(appended.length, scope === "its cell" ? 2 : 4);
        }),
    );
  }

  await t.step(
    "undo restores a deleted AI cell with its answer",
    () =>
      withCells(["1"], async ({ actions, notebook }) => {
        const id = actions.addCell(1, "ai", "Why?");
        notebook.commit(answerOf(id), piece("answer", 1, "sum."));
        await notebook.settled();
        actions.deleteCell(id);
        assert.equal(actions.undo(), id);
        assert.equal(actions.cells[1].cellType, "ai");
        assert.deepEqual(outputRows(notebook, id).map(({ data }) => data), ["The sum."]);
      }),
  );
});
