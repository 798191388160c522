/**
 * AI cells in files: how a download contains them, and that they are restored when it is opened.
 *
 * @module
 */

import assert from "node:assert/strict";
import { readPythonScript } from "../../../src/nbformat/python_script.ts";
import { writePythonScript } from "../../../src/nbformat/write_python_script.ts";
import type { NotebookEvent, NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { errorContent } from "../../../src/notebook/schema/error_content.ts";
import { inline } from "../../../src/notebook/schema/media.ts";
import { events } from "../../../src/notebook/schema/mod.ts";
import { newNotebookId } from "../../../stack/notebook_id.ts";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { validNotebook } from "../../../test/nbformat/valid_notebook.ts";
import { openClient } from "../../../test/support/notebook_client.ts";
import { partOfQuestion, readQuestions } from "../../page/file/ai_cells.ts";
import { fillNotebook } from "../../page/file/fill_notebook.ts";
import { readFile } from "../../page/file/read_file.ts";
import { readOpenNotebook } from "../../page/file/read_open_notebook.ts";
import { fileText } from "../../page/file/write_file.ts";
import { noteModel } from "../../page/store/answerers.ts";
import { cellsInOrder } from "../../page/store/queries.ts";
import { outputRows } from "../../page/store/output_rows.ts";

const question = "Why is *that*\n\n```json\n{}\n```";

const created = (id: string, fractionalIndex: string, cellType: "code" | "ai", source: string): NotebookEvent[] => [
  events.cellCreated2({ id, fractionalIndex, cellType, createdBy: "ada" }),
  events.cellSourceChanged({ id, source, modifiedBy: "ada" }),
];

/** An AI cell and its answer as a runtime writes them, between two code cells. */
const asked: NotebookEvent[] = [
  events.notebookInitialized({ id: "n", title: "T", ownerId: "ada" }),
  ...created("one", "a0", "code", "1"),
  ...created("asked", "a1", "ai", question),
  ...created("two", "a2", "code", "2"),
  events.runtimeSessionStarted({
    sessionId: "s",
    runtimeId: "r",
    runtimeType: "python",
    capabilities: { canExecuteCode: true, canExecuteSql: false, canExecuteAi: true },
  }),
  events.executionRequested({ queueId: "q", cellId: "asked", executionCount: 1, requestedBy: "ada" }),
  events.executionAssigned({ queueId: "q", runtimeSessionId: "s" }),
  events.executionStarted({ queueId: "q", cellId: "asked", runtimeSessionId: "s", startedAt: new Date(0) }),
  events.markdownOutputAdded({ id: "m", cellId: "asked", position: 0, content: inline("# Because") }),
  events.markdownOutputAppended2({ id: "m-1", outputId: "m", delta: " of\n\n$x^2$\n", sequenceNumber: 1 }),
  events.markdownOutputAppended2({ id: "m-2", outputId: "m", delta: "# %% no cell", sequenceNumber: 2 }),
  events.errorOutputAdded({
    id: "e",
    cellId: "asked",
    position: 1,
    content: errorContent({ ename: "RateLimitError", evalue: "Slow down.", traceback: ["RateLimitError: Slow down."] }),
  }),
  events.executionCompleted({
    queueId: "q",
    cellId: "asked",
    status: "error",
    completedAt: new Date(1),
    executionDurationMs: 1,
  }),
];

Deno.test("AI cells in files", async (t) => {
  await using server = await startSyncServer();

  const withNotebook = async <Result>(test: (notebook: NotebookStore, id: string) => Promise<Result>) => {
    const place = { syncUrl: server.syncUrl, authToken: server.authToken, notebookId: newNotebookId() };
    await using client = await openClient(place);
    return await test(client.store, place.notebookId);
  };
  const download = async (notebook: NotebookStore) => fileText(await readOpenNotebook(notebook, "T"));
  const open = async (notebook: NotebookStore, id: string, text: string, name = "t.ipynb") =>
    await fillNotebook(notebook, id, await readFile(new File([text], name)), "ada");
  const shown = (notebook: NotebookStore) =>
    notebook.query(cellsInOrder).map(({ id, cellType, source }) => ({
      cellType,
      source,
      outputs: outputRows(notebook, id).map(({ outputType, data }) => [outputType, data]),
    }));

  const text = await withNotebook(async (notebook) => {
    notebook.commit(...asked);
    noteModel(notebook, "s", "gpt-5");
    return await download(notebook);
  });

  await t.step("an AI cell and its answer are Markdown that every reader shows, in a valid file", () => {
    const { cells } = validNotebook(text);
    assert.deepEqual(cells.map((cell: { cell_type: string }) => cell.cell_type), [
      "code",
      "markdown",
      "markdown",
      "markdown",
      "code",
    ]);
    assert.deepEqual(cells.slice(1, 4), [
      {
        cell_type: "markdown",
        id: "asked",
        metadata: { aipython: { ai: "question", model: "gpt-5" } },
        source: question.match(/.*\n|.+$/g),
      },
      {
        cell_type: "markdown",
        id: "asked-answer-1",
        metadata: { aipython: { ai: "answer", question: "asked" } },
        source: ["# Because of\n", "\n", "$x^2$\n", "# %% no cell"],
      },
      {
        cell_type: "markdown",
        id: "asked-answer-2",
        metadata: {
          aipython: {
            ai: "answer",
            question: "asked",
            output: {
              output_type: "error",
              ename: "RateLimitError",
              evalue: "Slow down.",
              traceback: ["RateLimitError: Slow down."],
            },
          },
        },
        source: ["    RateLimitError: Slow down."],
      },
    ]);
  });

  await t.step("an answer does not make the notebook one of simulated outputs", () => {
    assert.equal(validNotebook(text).metadata.aipython, undefined);
  });

  await t.step("an answer does not mark a notebook whose code another runtime has run", async () => {
    await withNotebook(async (notebook) => {
      notebook.commit(
        ...asked,
        events.runtimeSessionStarted({
          sessionId: "pyodide",
          runtimeId: "p",
          runtimeType: "python3-pyodide",
          capabilities: { canExecuteCode: true, canExecuteSql: false, canExecuteAi: false },
        }),
        events.executionRequested({ queueId: "p", cellId: "one", executionCount: 1, requestedBy: "ada" }),
        events.executionAssigned({ queueId: "p", runtimeSessionId: "pyodide" }),
        events.executionStarted({ queueId: "p", cellId: "one", runtimeSessionId: "pyodide", startedAt: new Date(2) }),
      );
      assert.equal(validNotebook(await download(notebook)).metadata.aipython, undefined);
    });
  });

  await t.step("the file restores the AI cell and its outputs, and downloads as the same file", async () => {
    await withNotebook(async (notebook, id) => {
      await open(notebook, id, text);
      assert.deepEqual(shown(notebook)[1], {
        cellType: "ai",
        source: question,
        outputs: [
          ["markdown", "# Because of\n\n$x^2$\n# %% no cell"],
          // The last line of a traceback is composed of name and value.
          ["error", JSON.stringify({ ename: "RateLimitError", evalue: "Slow down.", traceback: [] })],
        ],
      });
      assert.equal(await download(notebook), text);
    });
  });

  await t.step("an AI cell keeps its tags and the metadata that Jupyter adds", async () => {
    const file = validNotebook(text);
    Object.assign(file.cells[1].metadata, { tags: ["keep"], editable: true });
    await withNotebook(async (notebook, id) => {
      await open(notebook, id, JSON.stringify(file));
      assert.deepEqual(validNotebook(await download(notebook)), file);
    });
  });

  await t.step("an answer that was edited elsewhere is restored as edited; a deleted one stays deleted", async () => {
    const file = validNotebook(text);
    file.cells[2].source = ["Better"];
    file.cells.splice(3, 1);
    await withNotebook(async (notebook, id) => {
      await open(notebook, id, JSON.stringify(file));
      assert.deepEqual(shown(notebook)[1].outputs, [["markdown", "Better"]]);
    });
  });

  for (
    const [name, change] of Object.entries({
      "was deleted": (cells: unknown[]) => void cells.splice(1, 1),
      "was moved away": (cells: unknown[]) => void cells.push(...cells.splice(1, 1)),
      "is another one": (cells: { id: string }[]) => void (cells[1].id = "another"),
    })
  ) {
    await t.step(`an answer whose question ${name} becomes and stays Markdown`, async () => {
      const file = validNotebook(text);
      change(file.cells);
      await withNotebook(async (notebook, id) => {
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
      await withNotebook(async (notebook, id) => {
        await open(notebook, id, text);
        notebook.commit(events.cellTypeChanged({ id: "asked", cellType }));
        await withNotebook(async (other, otherId) => {
          await open(other, otherId, await download(notebook));
          assert.equal(shown(other)[1].cellType, cellType);
        });
      });
    }
  });

  await t.step("a code cell with such metadata stays code", () => {
    const cell = { type: "code" as const, source: "1", metadata: { aipython: { ai: "question" } }, outputs: [] };
    assert.deepEqual(readQuestions([cell]), [cell]);
  });

  await t.step("a long answer is restored completely, in events that the server accepts", async () => {
    const file = validNotebook(text);
    file.cells[2].source = ["é".repeat(1_200_000)];
    await withNotebook(async (notebook, id) => {
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

  await t.step("a script contains the question but no answer", async () => {
    await withNotebook(async (notebook) => {
      notebook.commit(...asked);
      const { cells } = await readOpenNotebook(notebook, "T");
      const script = writePythonScript(cells.filter((cell) => partOfQuestion(cell) !== "answer"));
      assert.deepEqual(readQuestions(readPythonScript(script).cells).map(({ type, source }) => [type, source]), [
        ["code", "1"],
        ["ai", question],
        ["code", "2"],
      ]);
    });
  });
});
