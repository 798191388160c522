/**
 * A value that the model sends where the cell prints is shown as text.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { CellOutput } from "../../src/execution/cell_output.ts";
import { resultOutput, runCell, stdoutOutput } from "../support/cell_run.ts";
import { answer, display, error, result, stdout, type Step, text } from "../support/scripted_answer.ts";
import { inTurn } from "../support/scripted_model_server.ts";

const figure: CellOutput = { type: "display_data", data: { "text/plain": "<Figure>" } };
const draw = display({ "text/plain": "<Figure>" });

for (
  const [what, code, steps, outputs] of [
    ["is shown as text on stdout", "print('a')", [result("a")], [stdoutOutput("a\n")]],
    ["that ends with a line break is shown unchanged", "print('a')", [result("a\n")], [stdoutOutput("a\n")]],
    ["is shown for each print", "print(1)\nprint(2)\nprint(3)", [result("1"), result("2"), result("3")], [
      stdoutOutput("1\n2\n3\n"),
    ]],
    ["is not shown beside text", "print('a')", [stdout("a\n"), result("a")], [stdoutOutput("a\n")]],
    ["is not shown before text", "print('a')", [result("a"), stdout("a\n")], [stdoutOutput("a\n")]],
    ["is not shown beside a figure", "print('a')", [result("a"), draw], [figure]],
    ["is not shown when the cell need not output anything", "x = f()", [result("a")], []],
    ["that is HTML is not shown", "print('a')", [result({ "text/html": "<b>a</b>" })], []],
    ["is shown as a value when the cell has a value", "print('a')\n1", [result("1")], [resultOutput("1")]],
  ] as [string, string, Step[][], CellOutput[]][]
) {
  Deno.test(`IPythonOutput: a value in place of a print ${what}`, async () => {
    const { outputs: shown, ended, requests } = await runCell(answer(...steps), { code });
    assert.deepEqual(shown, outputs);
    assert.deepEqual([ended.status, requests.length], ["success", 1]);
  });
}

Deno.test("IPythonOutput: a value in place of a print is not shown beside an exception", async () => {
  const { outputs } = await runCell(answer(result("a"), error("E", "v")), { code: "print('a')" });
  assert.deepEqual(outputs.map(({ type }) => type), ["error"]);
});

Deno.test("IPythonOutput: a value in place of a print waits for the last reply in sequential mode", async () => {
  const { outputs } = await runCell(
    inTurn(answer(result("a")), answer(stdout("a\n")), answer(text("(no output)"))),
    { code: "print('a')", toolMode: "sequential" },
  );
  assert.deepEqual(outputs, [stdoutOutput("a\n")]);
});
