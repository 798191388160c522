/**
 * AI cells that are restored when a file is opened.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { events } from "../../../src/notebook/schema/mod.ts";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { validNotebook } from "../../../test/nbformat/valid_notebook.ts";
import { partOfQuestion, readQuestions } from "../../page/file/ai_cells.ts";
import { fillNotebook } from "../../page/file/fill_notebook.ts";
import { readFile } from "../../page/file/read_file.ts";
import { readOpenNotebook } from "../../page/file/read_open_notebook.ts";
import { fileText } from "../../page/file/write_file.ts";
import { cellsInOrder } from "../../page/store/queries.ts";
import { outputRows } from "../../page/store/output_rows.ts";
import { download, downloadAsked, question, withNotebook } from "./ai_files.ts";

Deno.test("AI cells in opened files", async (t) => {
  await using server = await startSyncServer();

  const open = async (notebook: NotebookStore, id: string, text: string, name = "t.ipynb") =>
    await fillNotebook(notebook, id, await readFile(new File([text], name)), "ada");
  const shown = (notebook: NotebookStore) =>
    notebook.query(cellsInOrder).map(({ id, cellType, source }) => ({
      cellType,
      source,
      outputs: outputRows(notebook, id).map(({ outputType, data }) => [outputType, data]),
    }));

  const text = await downloadAsked(server);

  await t.step("opening a file restores the AI cell and its outputs, and downloads as the same file", async () => {
    await withNotebook(server, async (notebook, id) => {
      await open(notebook, id, text);
      assert.deepEqual(shown(notebook)[1], {
        cellType: "ai",
        source: question,
        outputs: [
          ["markdown", "# Because of\n\n$x^2$\n# %% no cell"],
          // The last line of a traceback is composed of the error's name and value.
          ["error", JSON.stringify({ ename: "RateLimitError", evalue: "Slow down.", traceback: [] })],
        ],
      });
      assert.equal(await download(notebook), text);
    });
  });

  await t.step("an AI cell keeps its tags and the metadata that Jupyter adds", async () => {
    const file = validNotebook(text);
    Object.assign(file.cells[1].metadata, { tags: ["keep"], editable: true });
    await withNotebook(server, async (notebook, id) => {
      await open(notebook, id, JSON.stringify(file));
      assert.deepEqual(validNotebook(await download(notebook)), file);
    });
  });

  await t.step("an edited answer is restored as edited, and a deleted answer is not restored", async () => {
    const file = validNotebook(text);
    file.cells[2].source = ["Better"];
    file.cells.splice(3, 1);
    await withNotebook(server, async (notebook, id) => {
      await open(notebook, id, JSON.stringify(file));
      assert.deepEqual(shown(notebook)[1].outputs, [["markdown", "Better"]]);
    });
  });

  for (
    const [name, change] of Object.entries({
      "was deleted": (cells: unknown[]) => void cells.splice(1, 1),
      "was moved away": (cells: unknown[]) => void cells.push(...cells.splice(1, 1)),
      "has another id": (cells: { id: string }[]) => void (cells[1].id = "another"),
    })
  ) {
    await t.step(`an answer becomes a Markdown cell if its question ${name}`, async () => {
      const file = validNotebook(text);
      change(file.cells);
      await withNotebook(server, async (notebook, id) => {
        await open(notebook, id, JSON.stringify(file));
        const texts = shown(notebook).filter(({ cellType }) => cellType === "markdown");
        assert.deepEqual(texts.map(({ source }) => source.slice(0, 9)), ["# Because", "    RateL"]);
        const again = validNotebook(await download(notebook));
        const parts = again.cells.map((cell: { cell_type: "code" | "markdown"; metadata: object }) =>
          partOfQuestion({ type: cell.cell_type, metadata: { ...cell.metadata } })
        );
        assert.ok(!parts.includes("answer"));
      });
    });
  }

  await t.step("an AI cell that was changed to Markdown or code is saved as such", async () => {
    for (const cellType of ["markdown", "code"] as const) {
      await withNotebook(server, async (notebook, id) => {
        await open(notebook, id, text);
        notebook.commit(events.cellTypeChanged({ id: "asked", cellType }));
        await withNotebook(server, async (other, otherId) => {
          await open(other, otherId, await download(notebook));
          assert.equal(shown(other)[1].cellType, cellType);
        });
      });
    }
  });

  await t.step("a code cell with the metadata of a question stays a code cell", () => {
    const cell = { type: "code" as const, source: "1", metadata: { aipython: { ai: "question" } }, outputs: [] };
    assert.deepEqual(readQuestions([cell]), [cell]);
  });

  await t.step("a long answer is restored completely, in events that the server accepts", async () => {
    const file = validNotebook(text);
    file.cells[2].source = ["é".repeat(1_200_000)];
    await withNotebook(server, async (notebook, id) => {
      const kept = new Map<string, Uint8Array>();
      const upload = (_: string, bytes: Uint8Array<ArrayBuffer>) => {
        const artifactId = `${id}/${kept.size}`;
        kept.set(artifactId, bytes);
        return Promise.resolve(artifactId);
      };
      await fillNotebook(notebook, id, await readFile(new File([JSON.stringify(file)], "t.ipynb")), "ada", { upload });
      assert.ok(
        JSON.stringify(outputRows(notebook, "asked")).length < 1024 * 1024,
        "no event is too large for the server",
      );
      const again = await readOpenNotebook(notebook, "T", (id) => Promise.resolve(kept.get(id)));
      assert.deepEqual(validNotebook(fileText(again)), file);
    });
  });
});
