/**
 * The user's own notebook as a set: its recorded outputs are the reference.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { EvalRun } from "../../eval/eval_run.ts";
import { notebookSet } from "../../eval/notebook/notebook_set.ts";
import { ConfigurationError } from "../../src/errors.ts";
import { answer, display as shows, result, stdout, text } from "../support/scripted_answer.ts";
import { startScriptedModel } from "../support/scripted_model_server.ts";
import { runEval, temporaryFolder } from "./eval_process.ts";
import { codeOf } from "./evaluate.ts";

/** A PNG of one pixel, in base64. */
const ONE_PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

type Json = Record<string, unknown>;

const code = (source: string, execution_count: number | null, outputs: Json[] = []): Json => ({
  cell_type: "code",
  source,
  execution_count,
  metadata: {},
  outputs,
});
const stream = (text: string, name = "stdout"): Json => ({ output_type: "stream", name, text });
const value = (data: Json, execution_count = 1): Json => ({
  output_type: "execute_result",
  data,
  metadata: {},
  execution_count,
});
const display = (data: Json): Json => ({ output_type: "display_data", data, metadata: {} });
const failure: Json = { output_type: "error", ename: "KeyError", evalue: "'x'", traceback: ["KeyError: 'x'"] };

const notebook = (cells: Json[], metadata: Json = {}): string =>
  JSON.stringify({ nbformat: 4, nbformat_minor: 4, metadata, cells });

Deno.test("notebookSet() orders executed cells by execution count and gives each the earlier ones as history", () => {
  const { name, cells, notes } = notebookSet(
    notebook([
      { cell_type: "markdown", source: "# Title", metadata: {} },
      code("x = 1", 1),
      code("print(x)\nx + 1", 3, [stream("1\n"), value({ "text/plain": "2" }, 3)]),
      code("import math", 2),
      code("never()", null),
      code("# nothing", 4),
      code("{}['x']", 5, [stream("before", "stderr"), failure, stream("after", "stderr")]),
    ]),
    "/home/me/My Work.ipynb",
  );
  assert.equal(name, "My Work");
  assert.deepEqual(cells.map((cell) => [cell.name, cell.kind, cell.history.map((entry) => entry.executionCount)]), [
    ["In [1]", "silent", []],
    ["In [2]", "silent", [1]],
    ["In [3]", "expression", [1, 2]],
    ["In [5]", "error", [1, 2, 3]],
  ]);
  assert.deepEqual(cells.map(({ accepted }) => accepted), [
    [{ stdout: "", stderr: "", displays: [] }],
    [{ stdout: "", stderr: "", displays: [] }],
    [{ stdout: "1\n", stderr: "", result: { "text/plain": "2" }, displays: [] }],
    [{
      stdout: "",
      stderr: "before",
      displays: [],
      error: { ename: "KeyError", evalue: "'x'", traceback: ["KeyError: 'x'"] },
    }],
  ]);
  assert.deepEqual(cells[3].history[2].outputs, [
    { type: "stream", name: "stdout", text: "1\n" },
    { type: "execute_result", data: { "text/plain": "2" }, metadata: {} },
  ]);
  // In [4] is only a comment, so it is not a cell of the set.
  assert.match(notes!.join(), /My Work\.ipynb: 1 execution count up to 5 belong to cells that are not in the file/);
});

Deno.test("notebookSet() keeps the order of the file when execution counts are equal or missing", () => {
  const { cells, notes } = notebookSet(
    notebook([code("a = 1", 1), code("a", 1, [value({ "text/plain": "1" })]), code("print(a)", null, [stream("1\n")])]),
    "a.ipynb",
  );
  assert.deepEqual(cells.map(({ name, code }) => [name, code]), [
    ["In [1]", "a = 1"],
    ["In [1] (2)", "a"],
    ["In [2]", "print(a)"],
  ]);
  assert.deepEqual(notes, []);
});

Deno.test("notebookSet() reads nbformat 3, with its worksheets, prompt numbers and pyout", () => {
  const old = {
    nbformat: 3,
    nbformat_minor: 0,
    metadata: {},
    worksheets: [{
      metadata: {},
      cells: [{
        cell_type: "code",
        input: "6 * 7",
        language: "python",
        prompt_number: 1,
        metadata: {},
        outputs: [{ output_type: "pyout", prompt_number: 1, text: "42", metadata: {} }],
      }],
    }],
  };
  const { cells } = notebookSet(JSON.stringify(old), "old.ipynb");
  assert.deepEqual(cells.map(({ code, accepted }) => [code, accepted[0].result]), [["6 * 7", { "text/plain": "42" }]]);
});

Deno.test("notebookSet() finds the packages that cells need in the notebook's code", () => {
  const { cells } = notebookSet(
    notebook([code("import numpy as np", 1), code("np.ones(2)", 2), code("1", 3)]),
    "n.ipynb",
  );
  assert.deepEqual(cells.map(({ needs }) => needs), [["numpy"], ["numpy"], []]);
});

Deno.test("notebookSet() refuses a file that cannot be a set, with the reason", () => {
  const cases: [string, RegExp][] = [
    ["", /^cannot read n\.ipynb: the notebook is empty/],
    ["{", /^cannot read n\.ipynb: the notebook is not JSON/],
    ['{"nbformat": 9}', /^cannot read n\.ipynb: the notebook's nbformat is 9/],
    [notebook([{ cell_type: "markdown", source: "hello", metadata: {} }]), /^n\.ipynb has no code cells/],
    [
      notebook([code("x", null)]),
      /^n\.ipynb has 1 code cell, but none with an execution count or an output: run it in Jupyter/,
    ],
    [notebook([code("# note", 1)]), /^n\.ipynb has 1 code cell/],
    [
      notebook([code("1", 1)], { kernelspec: { language: "julia" } }),
      /^n\.ipynb is a notebook in Julia: expected one in Python/,
    ],
  ];
  for (const [text, message] of cases) {
    assert.throws(() => notebookSet(text, "n.ipynb"), (error: ConfigurationError) => {
      assert.match(error.message, message);
      return error instanceof ConfigurationError;
    });
  }
});

Deno.test("deno task eval scores a model on a notebook and checks only the presence of pictures", async () => {
  await using folder = await temporaryFolder();
  const cells = [
    code("2 + 2", 1, [value({ "text/plain": "4" })]),
    code("x = 3", 2),
    code("show()", 3, [display({ "image/png": ONE_PIXEL, "text/plain": "<Figure size 640x480 with 1 Axes>" })]),
    code("print('no')", 4, [stream("no\n")]),
  ];
  await Deno.writeTextFile(`${folder.path}/mine.ipynb`, notebook(cells));
  const answers: Record<string, ReturnType<typeof answer>> = {
    "2 + 2": answer(result("4")),
    "x = 3": answer(text("(no output)")),
    "show()": answer(shows({
      "image/svg+xml":
        "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='5' height='5'/></svg>",
      "text/plain": "<Figure size 640x480 with 1 Axes>",
    })),
    "print('no')": answer(stdout("yes\n")),
  };
  await using server = await startScriptedModel((request) => answers[codeOf(request)]);
  const args = ["mine.ipynb", "--base-url", server.baseUrl, "--api-key", "sk-test", "--out", "out.json"];
  const { code: exit, stdout: table, stderr } = await runEval(args, folder.path);
  assert.equal(exit, 0, stderr);
  const run: EvalRun = JSON.parse(folder.read("out.json"));
  assert.deepEqual(run.cells.map(({ name, kind, match }) => [name, kind, match]), [
    ["In [1]", "expression", "exact"],
    ["In [2]", "silent", "exact"],
    ["In [3]", "rich", "exact"],
    ["In [4]", "print", "wrong"],
  ]);
  assert.match(table, /mine, 4 cells/);
});
