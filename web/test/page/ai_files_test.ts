/**
 * Questions to the AI in files: what a download says of them, and that a file of them opens as they were.
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

/** A question and its answer as a runtime writes them, between two cells of code. */
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

Deno.test("questions to the AI in files", async (t) => {
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

  await t.step("a question and its answer are text that every reader shows, in a valid file", () => {
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

  await t.step("nor does one whose code another runtime has run", async () => {
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

  await t.step("the file opens with the question and its outputs, and downloads the same", async () => {
    await withNotebook(async (notebook, id) => {
      await open(notebook, id, text);
      assert.deepEqual(shown(notebook)[1], {
        cellType: "ai",
        source: question,
        outputs: [
          ["markdown", "# Because of\n\n$x^2$\n# %% no cell"],
          // The last line of a traceback is made of name and value.
          ["error", JSON.stringify({ ename: "RateLimitError", evalue: "Slow down.", traceback: [] })],
        ],
      });
      assert.equal(await download(notebook), text);
    });
  });

  await t.step("a question keeps its tags, and what Jupyter adds to its metadata", async () => {
    const file = validNotebook(text);
    Object.assign(file.cells[1].metadata, { tags: ["keep"], editable: true });
    await withNotebook(async (notebook, id) => {
      await open(notebook, id, JSON.stringify(file));
      assert.deepEqual(validNotebook(await download(notebook)), file);
    });
  });

  await t.step("an answer that was edited elsewhere is the answer; one that was deleted is none", async () => {
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
    await t.step(`an answer whose question ${name} is text, and stays text`, async () => {
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

  await t.step("a question that has become a cell of text, or code, is saved as one", async () => {
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

  await t.step("a cell of code with such metadata is code", () => {
    const cell = { type: "code" as const, source: "1", metadata: { aipython: { ai: "question" } }, outputs: [] };
    assert.deepEqual(readQuestions([cell]), [cell]);
  });

  await t.step("a long answer comes back whole, and is no event that the server refuses", async () => {
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

  await t.step("a script has the question, and no answer", async () => {
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
