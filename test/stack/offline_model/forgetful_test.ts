/**
 * The offline model when it knows only what it was sent.
 *
 * @module
 */

import assert from "node:assert/strict";
import { formatCellTurn } from "../../../src/execution/prompt/cell_turn.ts";
import { formatPastSummary } from "../../../src/execution/prompt/past_summary.ts";
import { type OfflineModel, startOfflineModel } from "../../../stack/offline_model/offline_model.ts";
import { assistant, calling, type Json, tool, user } from "../strict_model/requests.ts";
import { ask, type Call, hangUpAfter, result } from "./support.ts";

const LEFT_OUT = "[... 1,234 characters left out ...]";

const NO_OUTPUT = [assistant("(no output)")];
const OMITTED = [assistant("(output omitted)")];
const FAILED: Json[] = [
  { ...calling("a"), tool_calls: [{ id: "a", type: "function", function: { name: "error", arguments: "{}" } }] },
  tool("a"),
];

/** A cell's turn, with what answers it. */
function cell(executionCount: number, code: string, answer: Json[] = NO_OUTPUT): Json[] {
  return [user(formatCellTurn({ executionCount, code })), ...answer];
}

/** The turn that tells of the cells before `In [50]`. */
function summary(code: string): Json[] {
  return [user(formatPastSummary({ from: 1, to: 49, code })), assistant("(done)")];
}

/** The turn before the last cell that recalls what it needs. */
function recall(code: string): Json[] {
  return [user(formatPastSummary({ from: 1, to: 50, code, isRecall: true })), assistant("(done)")];
}

/** What the model answers to a cell after these turns, and the namespace's name. */
async function answerTo(model: OfflineModel, past: Json[][], code: string, key: string, count = 99): Promise<Call[]> {
  const messages = [...past.flat(), ...cell(count, code, [])];
  return await ask(model, [], { fields: { messages, prompt_cache_key: key } });
}

/** Checks that a value is answered, as text, or that an exception is, by its name. */
async function assertAnswer(
  model: OfflineModel,
  past: Json[][],
  code: string,
  expected: string,
  key: string = crypto.randomUUID(),
): Promise<void> {
  const calls = await answerTo(model, past, code, key);
  if (/^\w+(Error|Iteration)/.test(expected)) {
    const [{ name, arguments: { ename, evalue } }] = calls;
    assert.deepEqual([name, `${ename}: ${evalue}`], ["error", expected]);
  } else assert.deepEqual(calls, [result(expected)]);
}

Deno.test("a forgetful model knows what its request tells, and nothing else", async (t) => {
  await using model = await startOfflineModel({ forgetful: true });
  const key = "told";
  await answerTo(model, [], "x = 20", key, 1);
  const kept = await model.pid(key);

  await t.step("it goes on from cell to cell as long as all are told", async () => {
    await answerTo(model, [cell(1, "x = 20")], "y = x + 1", key, 2);
    await assertAnswer(model, [cell(1, "x = 20"), cell(2, "y = x + 1")], "x, y", "(20, 21)", key);
    assert.equal(await model.pid(key), kept);
  });

  const NOT_TOLD: [string, Json[][], string, string][] = [
    ["a cell that is left out", [cell(2, "y = 1")], "x", "NameError: name 'x' is not defined"],
    ["a cell that is told in other words", [cell(1, "x = 30")], "x", "30"],
    ["a cell that is told in another place", [cell(2, "x = 2"), cell(1, "x = 1")], "x", "1"],
    ["a cell that it answered, and is not told of", [cell(1, "x = 1")], "x += 1\nx", "2"],
    ["the same cell, asked for again", [cell(1, "x = 1")], "x += 1\nx", "2"],
  ];
  for (const [what, past, code, expected] of NOT_TOLD) {
    await t.step(
      `it does not know more than it is told after ${what}`,
      () => assertAnswer(model, past, code, expected, key),
    );
  }

  await t.step("what cells leave behind besides variables is forgotten with them", async () => {
    const leftovers = `import builtins, json, os
os.makedirs("data"); os.chdir("data")
open("note.txt", "w").write("kept")
json.answer = builtins.answer = 42`;
    await answerTo(model, [], leftovers, "left", 1);
    const look =
      "import json, os\nos.getcwd(), os.path.exists('/home/user/data'), hasattr(json, 'answer'), 'answer' in dir(__builtins__)";
    const told = [cell(1, leftovers)];
    await assertAnswer(model, told, look, "('/home/user/data', True, True, True)", "left");
    await assertAnswer(model, [cell(2, "x = 1")], look, "('/home/user', False, False, False)", "left");
  });

  await t.step("a cell that ran several times counts as often as it is told", async () => {
    const runs = [1, 2, 3].map((count) => cell(count, "n = globals().get('n', 0) + 1"));
    await assertAnswer(model, runs, "n", "3");
    await assertAnswer(model, [runs[0], runs[0]], "n", "2");
  });

  await t.step("another conversation keeps what it was told when one is rebuilt", async () => {
    await answerTo(model, [], "x = 'other'", "other", 1);
    await assertAnswer(model, [cell(5, "x = 'rebuilt'")], "x", "'rebuilt'", key);
    await assertAnswer(model, [cell(1, "x = 'other'")], "x", "'other'", "other");
  });

  await t.step("a cell that is interrupted is known as far as it ran", async () => {
    const endless = "x = 7\nprint('started')\nwhile True: pass";
    await hangUpAfter(model, "started", [endless], "endless");
    await assertAnswer(model, [cell(1, endless, FAILED)], "x", "7", "endless");
  });
});

/** What a request tells of a past that is shortened, and what a model can know of it. */
const SHORTENED: [string, Json[][], [code: string, expected: string][]][] = [
  [
    "a summary",
    [
      summary("import math\nrate = 1.5\nrows = ...\ndef area(w, h=2): ...\nclass Point:\n    def norm(self): ..."),
      cell(50, "k = 2"),
    ],
    [
      ["math.sqrt(4), rate, k", "(2.0, 1.5, 2)"],
      ["rows is ..., callable(area), Point().norm() is None", "(True, True, True)"],
      ["lost", "NameError: name 'lost' is not defined"],
    ],
  ],
  [
    "a summary of which not all can be run",
    [summary("from pandas import DataFrame as frame\nclass Odd(frame): ...\n@frame\ndef f(): ...\nn = 3")],
    [["frame is ..., f is ..., n", "(True, True, 3)"], ["Odd is not None", "True"]],
  ],
  [
    "a summary behind the system prompt, in one turn with the first cell",
    [[
      user(`Play.\n\n${formatPastSummary({ from: 1, to: 49, code: "a = 1\n\nb = 2" })}\n\nIn [50]:\nc = a + b`),
      ...NO_OUTPUT,
    ]],
    [["a, b, c", "(1, 2, 3)"]],
  ],
  [
    "what is recalled where no cell is left out",
    [
      cell(1, `rows = [1, ${LEFT_OUT}, 9]`),
      cell(2, "n = 1"),
      recall("rows = [1, 4, 9]\nn = len(rows)"),
    ],
    [["rows, n", "([1, 4, 9], 3)"]],
  ],
  [
    "what is recalled behind a summary and the cells that are told",
    [summary("x = 3\ny = ..."), cell(50, "x = 5"), recall("x = 4\ny = x + 1\nx = 5")],
    [["x, y", "(5, 5)"]],
  ],
  [
    "a value that is left out of a list",
    [cell(1, `import math\nrows = [1, 2, ${LEFT_OUT}, 9]\nn = 3`)],
    [["n, math.pi > 3, rows is ...", "(3, True, True)"]],
  ],
  [
    "the middle of a cell, from one statement to another",
    [cell(1, `a = 1\nb = [1,\n2\n${LEFT_OUT}\n8,\n9]\nc = 3`)],
    [["a, b is ..., c", "(1, True, 3)"]],
  ],
  [
    "the middle of a cell, in the middle of words",
    [cell(1, `import os\nx = 1\n${LEFT_OUT}\n4, 5]\nz = 3`), cell(2, `value\n${LEFT_OUT}\nrest = 5\nend = 6`)],
    [["os.sep, x is ..., z, rest is ..., end", "('/', True, 3, True, 6)"]],
  ],
  [
    "a cell that has failed",
    [cell(1, `a = 1\nb = [1, ${LEFT_OUT}]\nraise ValueError`, FAILED)],
    [["a, b is ...", "(1, True)"]],
  ],
  [
    "the middle of a function",
    [cell(1, `def f(x):\n    y = x\n${LEFT_OUT}\n y\n\ndef g(x):\n    return x + 1`)],
    [["f is ..., g(1)", "(True, 2)"]],
  ],
  [
    "the middle of a text",
    [cell(1, `text = """a\n${LEFT_OUT}\nb"""\nn = len(text.splitlines())`)],
    [["n", "3"]],
  ],
  [
    "the middle of a loop and of a cell that is timed",
    [cell(1, `%%time\ntotal = 0\nfor row in [1,\n${LEFT_OUT}\n]:\n    total += row\nlast = 1`)],
    [["total, row is ..., last", "(0, True, 1)"]],
  ],
  [
    "what a later cell needs",
    [summary("rows = ..."), cell(50, "total = sum(rows)\nmean = total / 2\nk = 1")],
    [["total is ..., mean is ..., k", "(True, True, 1)"]],
  ],
  [
    "the beginning, without a word",
    [cell(30, "total = f(1)\nk = 1"), cell(31, "for i, row in rows: pass", OMITTED)],
    [["total is ..., k, i is ..., row is ...", "(True, 1, True, True)"], ["f", "NameError: name 'f' is not defined"]],
  ],
];

for (const [what, past, questions] of SHORTENED) {
  Deno.test(`a forgetful model that is sent ${what} shortened knows the names, and what stands there`, async (t) => {
    await using model = await startOfflineModel({ forgetful: true });
    for (const [code, expected] of questions) {
      await t.step(code, () => assertAnswer(model, past, code, expected));
    }
  });
}

Deno.test("a forgetful model takes a cell that has failed to have run up to where it did", async (t) => {
  await using model = await startOfflineModel({ forgetful: true });
  const failing = "a = 1\nraise ValueError\nb = 2";
  const unknown = "NameError: name 'b' is not defined";
  await t.step(
    "if its error is told",
    () => assertAnswer(model, [summary(""), cell(50, failing, FAILED)], "a, b", unknown),
  );
  await t.step("if all before it is told", () => assertAnswer(model, [cell(1, failing, OMITTED)], "a, b", unknown));
});
