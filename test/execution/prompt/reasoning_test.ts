/**
 * The requests to a model to reason before it makes the calls.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { ReasoningMode } from "../../../src/execution/prompt/reasoning.ts";
import { runCell, stdoutOutput } from "../../support/cell_run.ts";
import { answer, stdout, text } from "../../support/scripted_answer.ts";

const LOOP = "for i in range(9):\n    print(i * i)";
const history = [{ executionCount: 6, code: "def area(r):\n    return 3 * r", outputs: [] }];

/** Returns parts of the request for a cell: the first line of its turn, the reasoning effort, and the temperature. */
async function asked(reasoning: ReasoningMode | undefined, code: string, model = "gpt-test") {
  const { requests } = await runCell(answer(stdout("a\n")), { reasoning, code, history }, { model });
  const { messages, reasoning_effort, temperature } = requests[0].body;
  return [messages.at(-1).content.split("\n")[0], reasoning_effort, temperature];
}

const BRIEF = "work it out in short notes first";
const FULL = "work it out step by step first";

for (
  const [mode, code, line] of [
    [undefined, LOOP, `In [7]: no Out[7]; ${BRIEF}`],
    ["auto", "print('a')", "In [7]: no Out[7]"],
    ["auto", "area(2)", `In [7]: Out[7] unless None; ${BRIEF}`],
    ["auto", "other(2)", "In [7]: Out[7] unless None"],
    ["off", LOOP, "In [7]: no Out[7]"],
    ["brief", "x = 1", `In [7]: no Out[7]; ${BRIEF}`],
    ["full", "%time f()", `In [7]: ${FULL}`],
  ] as [ReasoningMode | undefined, string, string][]
) {
  Deno.test(`reasoning ${mode} sends the cell ${JSON.stringify(code)} with the line ${JSON.stringify(line)}`, async () => {
    assert.deepEqual(await asked(mode, code), [line, undefined, 0]);
  });
}

for (
  const [mode, code, effort] of [
    ["auto", LOOP, "medium"],
    ["auto", "print('a')", "low"],
    ["off", LOOP, "minimal"],
    ["brief", LOOP, "low"],
    ["full", LOOP, "high"],
  ] as [ReasoningMode, string, string][]
) {
  Deno.test(`reasoning ${mode} sets the effort ${effort} of a reasoning model for the cell ${JSON.stringify(code)}`, async () => {
    assert.deepEqual(await asked(mode, code, "gpt-5-mini"), ["In [7]: no Out[7]", effort, undefined]);
  });
}

Deno.test("scratch work is not shown", async () => {
  const { outputs } = await runCell(answer(text("i = 0: 0\ni = 1: 1"), stdout("0\n1\n")), { code: LOOP });
  assert.deepEqual(outputs, [stdoutOutput("0\n1\n")]);
});
