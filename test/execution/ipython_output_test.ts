/**
 * What IPython would never show is not shown, whatever the model says.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { CellOutput } from "../../src/execution/cell_output.ts";
import { resultOutput, runCell, stdoutOutput } from "../support/cell_run.ts";
import {
  answer,
  callInPieces,
  cut,
  display,
  error,
  result,
  stderr,
  stdout,
  type Step,
} from "../support/scripted_answer.ts";

const figure: CellOutput = { type: "display_data", data: { "text/plain": "<Figure>" } };
const draw = display({ "text/plain": "<Figure>" });

const cases: [string, string, Step[][], CellOutput[]][] = [
  ["the value of an expression is shown", "x", [result("1")], [resultOutput("1")]],
  ["a cell that ends in a semicolon has no value", "x;", [stdout("a\n"), result("1")], [stdoutOutput("a\n")]],
  ["a cell that ends in a statement has no value", "x = f()", [result("1")], []],
  ["print() has no value", "print('a')", [stdout("a\n"), result("None")], [stdoutOutput("a\n")]],
  ["in doubt a value is kept, as for magics", "%time f()", [result("1")], [resultOutput("1")]],
  ["in doubt a value is kept, as for code that does not parse", "x = = 1", [result("1")], [resultOutput("1")]],
  ["of two values the last statement's is shown", "1\n2", [result("1"), result("2")], [resultOutput("2")]],
  [
    "the value comes after all text",
    "f()",
    [result("1"), stdout("a\n"), stdout("b\n")],
    [stdoutOutput("a\nb\n"), resultOutput("1")],
  ],
  ["a figure comes after the value", "plt.plot()", [result("[]"), draw], [resultOutput("[]"), figure]],
  ["a value after the figure of its cell stays there", "f()", [draw, result("1")], [figure, resultOutput("1")]],
  [
    "once a value is shown there is no other",
    "f()",
    [result("1"), draw, result("2")],
    [resultOutput("1"), figure],
  ],
];

for (const [name, code, steps, outputs] of cases) {
  Deno.test(`IPythonOutput: ${name}`, async () => {
    const run = await runCell(answer(...steps), { code });
    assert.deepEqual(run.outputs, outputs);
    assert.equal(run.ended.status, "success");
    assert.equal(run.requests.length, 1);
  });
}

Deno.test("IPythonOutput: an exception leaves no value, and nothing comes after it", async () => {
  const { outputs, ended } = await runCell(
    answer(result("1"), stdout("a\n"), error("SystemExit", "3"), stderr("To exit: use 'exit'\n"), result("2")),
  );
  assert.deepEqual(outputs.map((output) => output.type), ["stream", "error"]);
  assert.equal(ended.error, "SystemExit: 3");
});

Deno.test("IPythonOutput: tracebacks look like IPython's, and end in the name even where there is no message", async () => {
  const { outputs } = await runCell(answer(error("KeyboardInterrupt", "", ["KeyboardInterrupt"])));
  const [output] = outputs;
  assert.ok(output.type === "error");
  // deno-lint-ignore no-control-regex -- colours
  const plain = output.traceback.join("\n").replaceAll(/\x1b\[[0-9;]*m/g, "");
  assert.match(plain, /^-{75}\nKeyboardInterrupt +Traceback \(most recent call last\)\n/);
  assert.match(plain, /\nKeyboardInterrupt(?:: )?$/);
});

Deno.test("IPythonOutput: a value that waits is shown before a failure of the model", async () => {
  const { outputs } = await runCell([...result("1"), ...callInPieces("stdout", ['{"text":"a']), ...cut()]);
  assert.deepEqual(outputs.slice(0, 2), [stdoutOutput("a"), resultOutput("1")]);
  assert.equal(outputs[2].type, "error");
});
