import assert from "node:assert/strict";
import type { FileCell } from "../../src/nbformat/notebook_file.ts";
import { InteractiveShell } from "../../src/shell/interactive_shell.ts";
import { NotebookRun, type NotebookRunOptions } from "../../src/shell/notebook_run.ts";
import { openAIModel } from "../support/model_requests.ts";
import { answer, display, error, gate, result, stdout, type Step, text } from "../support/scripted_answer.ts";
import { startScriptedModel } from "../support/scripted_model_server.ts";

const code = (source: string, ...tags: string[]): FileCell => ({
  type: "code",
  source,
  metadata: tags.length > 0 ? { tags } : {},
  executionCount: 9,
  outputs: [{ type: "stream", name: "stdout", text: "recorded" }],
});

/** Runs cells with one script for each model request. */
async function runCells(cells: FileCell[], scripts: Step[][], options: Partial<NotebookRunOptions> = {}) {
  const server = await startScriptedModel(({ number }) => scripts[number]);
  const shell = new InteractiveShell({ model: openAIModel(server), cacheKey: "run" });
  const run = new NotebookRun(shell, cells, {
    allowErrors: false,
    signal: new AbortController().signal,
    ...options,
  });
  try {
    await run.run();
    return { run, requests: server.requests.length };
  } finally {
    await server.stop();
  }
}

/** Returns the execution count and the outputs of each cell. */
function outcome({ cells }: NotebookRun): [count: number | undefined, outputs: string[]][] {
  return cells.map(({ executionCount, outputs }) => [
    executionCount,
    outputs.map((output) =>
      output.type === "stream" ? output.text : output.type === "error" ? output.ename : output.type
    ),
  ]);
}

const failing = answer(error("ValueError", "no"));

Deno.test("a run stops at the first cell that fails and does not change later cells", async () => {
  const { run, requests } = await runCells([code("a"), code("b"), code("c")], [answer(stdout("1\n")), failing]);
  assert.deepEqual(outcome(run), [[1, ["1\n"]], [2, ["ValueError"]], [9, ["recorded"]]]);
  assert.deepEqual(run.failures.map(({ executionCount, error }) => [executionCount, error]), [[2, "ValueError: no"]]);
  assert.deepEqual([requests, run.done, run.total], [2, 2, 3]);
});

Deno.test("a run continues after a failed cell when errors are allowed", async () => {
  const { run } = await runCells([code("a"), code("b")], [failing, answer(stdout("2\n"))], { allowErrors: true });
  assert.deepEqual(outcome(run), [[1, ["ValueError"]], [2, ["2\n"]]]);
  assert.equal(run.failures.length, 1);
});

Deno.test("a blank cell gets no number, and a markdown cell is reported in order", async () => {
  const seen: string[] = [];
  const markdown: FileCell = { type: "markdown", source: "# M", metadata: {}, outputs: [] };
  const { run } = await runCells([code("a"), code(" \n"), markdown, code("b")], [
    answer(stdout("1\n")),
    answer(stdout("2\n")),
  ], {
    onMarkdown: (source) => seen.push(source),
    onBegin: ({ cell, number, executionCount }) => seen.push(`${cell.source} ${number} ${executionCount}`),
  });
  assert.deepEqual(outcome(run), [[1, ["1\n"]], [9, ["recorded"]], [undefined, []], [2, ["2\n"]]]);
  assert.deepEqual(seen, ["a 1 1", "# M", "b 2 2"]);
  assert.equal(run.total, 2);
});

Deno.test("a cell tagged raises-exception may raise an exception, but a failed model request is still a failure", async () => {
  const tagged = code("a", "raises-exception");
  const raised = await runCells([tagged, code("b")], [failing, answer(stdout("2\n"))]);
  assert.deepEqual([raised.run.failures.length, raised.run.done], [0, 2]);
  const failed = await runCells([tagged, code("b")], Array(3).fill(answer(text("prose"))));
  assert.deepEqual([failed.run.failures.length, failed.run.done], [1, 1]);
});

Deno.test("a cell tagged skip-execution is not run and does not change", async () => {
  const { run, requests } = await runCells([code("a", "skip-execution")], []);
  assert.deepEqual(outcome(run), [[9, ["recorded"]]]);
  assert.deepEqual([requests, run.total], [0, 0]);
});

const fresh = (source: string): FileCell => ({ type: "code", source, metadata: {}, outputs: [] });

async function runInterrupted(...cells: FileCell[]) {
  const stopping = new AbortController();
  const { run } = await runCells(cells, [answer(stdout("begun\n"), gate("never"))], {
    signal: stopping.signal,
    onChange: () => stopping.abort(new Error("stop")),
  });
  return run;
}

Deno.test("an interrupted run keeps the outputs so far and reports no failure", async () => {
  const run = await runInterrupted(fresh("a"), fresh("b"));
  assert.deepEqual(outcome(run), [[1, ["begun\n", "KeyboardInterrupt"]], [undefined, []]]);
  assert.deepEqual([run.failures.length, run.isInterrupted, run.isAnswered, run.isPartial], [0, true, true, true]);
});

Deno.test("an interrupted cell keeps its recorded outputs", async () => {
  const run = await runInterrupted(code("a"));
  assert.deepEqual(outcome(run), [[9, ["recorded"]]]);
  assert.deepEqual([run.isInterrupted, run.isAnswered, run.isPartial], [true, false, true]);
});

Deno.test("a cell that is interrupted before its first output does not count as answered", async () => {
  const stopping = new AbortController();
  const { run } = await runCells([fresh("a")], [answer(gate("never"))], {
    signal: stopping.signal,
    onBegin: () => stopping.abort(new Error("stop")),
  });
  assert.deepEqual([run.isInterrupted, run.isAnswered], [true, false]);
});

Deno.test("a cell whose model request fails keeps its recorded outputs and its execution count", async () => {
  const { run } = await runCells(
    [code("a"), code("b")],
    Array(3).fill(answer(text("prose"))).concat([answer(stdout("2\n"))]),
    {
      allowErrors: true,
    },
  );
  assert.deepEqual(outcome(run), [[9, ["recorded"]], [2, ["2\n"]]]);
  assert.deepEqual([run.isAnswered, run.isPartial], [true, true]);
});

Deno.test("a cell tagged remove-output is run and saved without outputs", async () => {
  const { run } = await runCells([code("a", "remove-output")], [answer(stdout("1\n"))]);
  assert.deepEqual(outcome(run), [[1, []]]);
  assert.deepEqual([run.isAnswered, run.isPartial], [true, false]);
});

Deno.test("a display that a later cell updates keeps its last content", async () => {
  const shown = (n: number, metadata: Record<string, string | boolean>) =>
    answer(display({ "text/plain": `v${n}` }, { display_id: "d", ...metadata }));
  const { run } = await runCells([code("a"), code("b"), code("c")], [
    shown(1, {}),
    shown(2, { update: true }),
    answer(result("3")),
  ]);
  assert.deepEqual(
    run.cells.map(({ outputs }) => outputs.map((output) => "data" in output && output.data["text/plain"])),
    [
      ["v2"],
      [],
      ["3"],
    ],
  );
});
