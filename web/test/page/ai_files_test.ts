/**
 * AI cells in downloaded files.
 *
 * @module
 */

import assert from "node:assert/strict";
import { readPythonScript } from "../../../src/nbformat/python_script.ts";
import { writePythonScript } from "../../../src/nbformat/write_python_script.ts";
import { events } from "../../../src/notebook/schema/mod.ts";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { validNotebook } from "../../../test/nbformat/valid_notebook.ts";
import { partOfQuestion, readQuestions } from "../../page/file/ai_cells.ts";
import { readOpenNotebook } from "../../page/file/read_open_notebook.ts";
import { asked, download, downloadAsked, question, withNotebook } from "./ai_files.ts";

Deno.test("AI cells in downloaded files", async (t) => {
  await using server = await startSyncServer();

  const text = await downloadAsked(server);

  await t.step("an AI cell and its answer are Markdown cells in a valid file", () => {
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

  await t.step("an answer does not mark the notebook's outputs as simulated", () => {
    assert.equal(validNotebook(text).metadata.aipython, undefined);
  });

  await t.step("an answer does not mark code outputs of another runtime as simulated", async () => {
    await withNotebook(server, async (notebook) => {
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

  await t.step("a script contains the question but not the answer", async () => {
    await withNotebook(server, async (notebook) => {
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
