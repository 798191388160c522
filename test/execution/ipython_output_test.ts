/**
 * Output that IPython would never show is not shown, even if the model sends it.
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
  gate,
  result,
  stderr,
  stdout,
  type Step,
  text,
} from "../support/scripted_answer.ts";

const figure: CellOutput = { type: "display_data", data: { "text/plain": "<Figure>" } };
const draw = display({ "text/plain": "<Figure>" });

const cases: [string, string, Step[][], CellOutput[]][] = [
  ["the value of an expression is shown", "x", [result("1")], [resultOutput("1")]],
  ["a cell that ends in a semicolon has no value", "x;", [stdout("a\n"), result("1")], [stdoutOutput("a\n")]],
  ["a cell that ends in a statement has no value", "x = f()", [result("1")], []],
  ["print() has no value", "print('a')", [stdout("a\n"), result("None")], [stdoutOutput("a\n")]],
  ["a value is shown for a magic", "%time f()", [result("1")], [resultOutput("1")]],
  ["a value is shown for code that does not parse", "x = = 1", [result("1")], [resultOutput("1")]],
  ["only the value of the last statement is shown", "1\n2", [result("1"), result("2")], [resultOutput("2")]],
  [
    "the value is shown after all text",
    "f()",
    [result("1"), stdout("a\n"), stdout("b\n")],
    [stdoutOutput("a\nb\n"), resultOutput("1")],
  ],
  ["a figure is shown after the value", "plt.plot()", [result("[]"), draw], [resultOutput("[]"), figure]],
  ["a value that arrives after a figure is shown after it", "f()", [draw, result("1")], [figure, resultOutput("1")]],
  [
    "a second value after a figure is not shown",
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

Deno.test("IPythonOutput: a cell that raises shows no value and no later output", async () => {
  const { outputs, ended } = await runCell(
    answer(result("1"), stdout("a\n"), error("ValueError", "3"), stderr("b\n"), result("2")),
  );
  assert.deepEqual(outputs.map((output) => output.type), ["stream", "error"]);
  assert.equal(ended.error, "ValueError: 3");
});

const EXIT_WARNING = "x.py:3755: UserWarning: To exit: use 'exit', 'quit', or Ctrl-D.\n  warn(...)\n";

Deno.test("IPythonOutput: a warning on stderr may follow SystemExit", async () => {
  const { outputs, ended, requests } = await runCell(answer(error("SystemExit", "3"), stderr(EXIT_WARNING)));
  assert.deepEqual(outputs.map((output) => output.type), ["error", "stream"]);
  assert.deepEqual(outputs[1], { type: "stream", name: "stderr", text: EXIT_WARNING });
  assert.deepEqual([ended.status, ended.error, requests.length], ["error", "SystemExit: 3", 1]);
});

for (
  const [what, step] of Object.entries({
    "text on stdout": stdout("a\n"),
    "a value": result("1"),
    "a display": draw,
    "another exception": error("ValueError", "v"),
  })
) {
  Deno.test(`IPythonOutput: ${what} and later output are not shown after SystemExit`, async () => {
    const { outputs, ended } = await runCell(answer(error("SystemExit", "3"), step, stderr("late\n")));
    assert.deepEqual(outputs.map((output) => output.type), ["error"]);
    assert.equal(ended.error, "SystemExit: 3");
  });
}

Deno.test("IPythonOutput: an invalid call after SystemExit does not cause another request", async () => {
  const { outputs, requests } = await runCell(answer(error("SystemExit", "3"), callInPieces("stderr", ["{"])));
  assert.deepEqual(outputs.map((output) => output.type), ["error"]);
  assert.equal(requests.length, 1);
});

const GROUP = `  + Exception Group Traceback (most recent call last):
  |   File "/tmp/ipykernel_1/2.py", line 1, in <module>
  |     raise ExceptionGroup('g',[ValueError('a')])
  | ExceptionGroup: g (1 sub-exception)
  +-+---------------- 1 ----------------
    | ValueError: a
    +------------------------------------
`;

Deno.test("IPythonOutput: an exception group is written to stderr and ends the cell", async () => {
  const lines = GROUP.trimEnd().split("\n");
  const { outputs, ended } = await runCell(
    answer(stdout("a\n"), error("ExceptionGroup", "g (1 sub-exception)", lines), stdout("late\n")),
  );
  assert.deepEqual(outputs, [stdoutOutput("a\n"), { type: "stream", name: "stderr", text: GROUP }]);
  assert.deepEqual([ended.status, ended.error], ["error", "ExceptionGroup: g (1 sub-exception)"]);
  assert.equal(ended.stops, "run");
});

Deno.test("IPythonOutput: a UsageError is written to stderr and ends the cell", async () => {
  const message = "Line magic function `%x` not found.";
  const { outputs, ended } = await runCell(answer(error("UsageError", message)));
  assert.deepEqual(outputs, [{ type: "stream", name: "stderr", text: `UsageError: ${message}\n` }]);
  assert.deepEqual([ended.status, ended.error], ["error", `UsageError: ${message}`]);
});

Deno.test("IPythonOutput: a cell that prints an exception to stderr succeeds", async () => {
  for (const text of [GROUP, "UsageError: no\n", "Traceback (most recent call last):\nValueError: a\n"]) {
    const { outputs, ended } = await runCell(answer(stderr(text)));
    assert.deepEqual(outputs, [{ type: "stream", name: "stderr", text }]);
    assert.equal(ended.status, "success");
  }
});

Deno.test("IPythonOutput: a traceback has IPython's header and ends with the exception's name", async () => {
  const { outputs } = await runCell(answer(error("KeyboardInterrupt", "", ["KeyboardInterrupt"])));
  const [output] = outputs;
  assert.ok(output.type === "error");
  // deno-lint-ignore no-control-regex -- colours
  const plain = output.traceback.join("\n").replaceAll(/\x1b\[[0-9;]*m/g, "");
  assert.match(plain, /^-{75}\nKeyboardInterrupt +Traceback \(most recent call last\)\n/);
  assert.match(plain, /\nKeyboardInterrupt(?:: )?$/);
});

Deno.test("IPythonOutput: a pending value is shown before a failure of the model", async () => {
  const { outputs } = await runCell([...result("1"), ...callInPieces("stdout", ['{"text":"a']), ...cut()]);
  assert.deepEqual(outputs.slice(0, 2), [stdoutOutput("a"), resultOutput("1")]);
  assert.equal(outputs[2].type, "error");
});

const stderrOutput = (text: string): CellOutput => ({ type: "stream", name: "stderr", text });

for (
  const [what, code, steps, outputs] of [
    ["too many different values", "f()", [result("1"), stdout("a\n"), result("2"), stderr("w\n"), result("3")], [
      stdoutOutput("a\n"),
      stderrOutput("w\n"),
      resultOutput("2"),
    ]],
    ["the same value three times", "f()", [result("1"), result("1"), result("1")], [resultOutput("1")]],
    ["repeated values after a figure", "f()", [result("1"), draw, result("2"), result("3")], [
      resultOutput("1"),
      figure,
    ]],
    ["repeated values of a cell without a value", "x = f()", [stdout("a\n"), result("1"), result("2"), result("3")], [
      stdoutOutput("a\n"),
    ]],
    ["repeated values in place of a print", "print('a')", [result("a"), result("a"), result("a")], [
      stdoutOutput("a\n"),
    ]],
    ["more values than the cell has expressions", "1\n2; 3", [result("1"), result("2"), result("3"), result("1")], [
      resultOutput("3"),
    ]],
  ] as [string, string, Step[][], CellOutput[]][]
) {
  for (const api of ["chat", "text"]) {
    Deno.test(`IPythonOutput: a reply is stopped after ${what} (${api})`, async () => {
      const calls = api === "chat" ? steps : steps.map(asText);
      const { outputs: shown, ended, requests } = await runCell([...calls.flat(), ...gate("never")], {
        code,
        signal: AbortSignal.timeout(10_000),
      });
      assert.deepEqual(shown, outputs);
      assert.equal(ended.status, "success");
      assert.equal(requests.length, 1);
    });
  }
}

Deno.test("IPythonOutput: a cell in sequential mode ends after too many values", async () => {
  const { outputs, requests, ended } = await runCell(({ number }) => answer(result(`${number}`)), {
    code: "f()",
    toolMode: "sequential",
  });
  assert.deepEqual(outputs, [resultOutput("0")]);
  assert.deepEqual([requests.length, ended.status], [3, "success"]);
});

for (
  const [what, once] of [["prints", stdout("a\n")], ["warnings", stderr("w\n")], ["figures", draw]] as [
    string,
    Step[],
  ][]
) {
  Deno.test(`IPythonOutput: all of a hundred identical ${what} are shown`, async () => {
    assert.equal(await countOutputs(answer(...Array(100).fill(once))), 100);
  });
}

/** Converts a call to the form in which models write it as text. */
function asText(steps: Step[]): Step[] {
  const name = steps.flatMap((step) => step.type === "call" ? step.name : [])[0];
  const args = steps.flatMap((step) => step.type === "piece" ? step.text : []).join("");
  return text(`<tool_call>{"name": "${name}", "arguments": ${args}}</tool_call>`);
}

/** Returns the number of outputs of a cell. Each line of text counts as one output. */
async function countOutputs(source: Step[]): Promise<number> {
  const { outputs } = await runCell(source);
  return outputs.reduce((sum, output) => sum + (output.type === "stream" ? output.text.split("\n").length - 1 : 1), 0);
}
