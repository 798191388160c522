/**
 * The offline model with `forgetful`, which knows only what the request contains.
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

/** Returns a cell's turn and its answer. */
function cell(executionCount: number, code: string, answer: Json[] = NO_OUTPUT): Json[] {
  return [user(formatCellTurn({ executionCount, code })), ...answer];
}

/** Returns the turn that summarizes the cells before `In [50]`. */
function summary(code: string): Json[] {
  return [user(formatPastSummary({ from: 1, to: 49, code })), assistant("(done)")];
}

/** Returns the turn before the last cell that repeats what the cell needs. */
function recall(code: string): Json[] {
  return [user(formatPastSummary({ from: 1, to: 50, code, isRecall: true })), assistant("(done)")];
}

/** Returns the model's answer to a cell after these turns, in the namespace `key`. */
async function answerTo(model: OfflineModel, past: Json[][], code: string, key: string, count = 99): Promise<Call[]> {
  const messages = [...past.flat(), ...cell(count, code, [])];
  return await ask(model, [], { fields: { messages, prompt_cache_key: key } });
}

/** Checks that the answer is this value, or this exception as `ename: evalue`. */
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

Deno.test("a forgetful model knows only what the request contains", async (t) => {
  await using model = await startOfflineModel({ forgetful: true });
  const key = "told";
  await answerTo(model, [], "x = 20", key, 1);
  const kept = await model.pid(key);

  await t.step("the process is kept as long as each request has all cells", async () => {
    await answerTo(model, [cell(1, "x = 20")], "y = x + 1", key, 2);
    await assertAnswer(model, [cell(1, "x = 20"), cell(2, "y = x + 1")], "x, y", "(20, 21)", key);
    assert.equal(await model.pid(key), kept);
  });

  const UNKNOWN_CELLS: [string, Json[][], string, string][] = [
    ["an earlier cell is left out", [cell(2, "y = 1")], "x", "NameError: name 'x' is not defined"],
    ["an earlier cell is changed", [cell(1, "x = 30")], "x", "30"],
    ["the earlier cells are in another order", [cell(2, "x = 2"), cell(1, "x = 1")], "x", "1"],
    ["an answered cell is missing", [cell(1, "x = 1")], "x += 1\nx", "2"],
    ["the same request is sent again", [cell(1, "x = 1")], "x += 1\nx", "2"],
  ];
  for (const [what, past, code, expected] of UNKNOWN_CELLS) {
    await t.step(
      `the namespace matches the request when ${what}`,
      () => assertAnswer(model, past, code, expected, key),
    );
  }

  await t.step("files and changed modules of a cell are forgotten with the cell", async () => {
    const leftovers = `import builtins, json, os
os.makedirs("data"); os.chdir("data")
open("note.txt", "w").write("kept")
json.answer = builtins.answer = 42`;
    await answerTo(model, [], leftovers, "left", 1);
    const look =
      "import json, os\nos.getcwd(), os.path.exists('/home/user/data'), hasattr(json, 'answer'), 'answer' in dir(__builtins__)";
    const sent = [cell(1, leftovers)];
    await assertAnswer(model, sent, look, "('/home/user/data', True, True, True)", "left");
    await assertAnswer(model, [cell(2, "x = 1")], look, "('/home/user', False, False, False)", "left");
  });

  await t.step("a cell runs as often as the request has it", async () => {
    const runs = [1, 2, 3].map((count) => cell(count, "n = globals().get('n', 0) + 1"));
    await assertAnswer(model, runs, "n", "3");
    await assertAnswer(model, [runs[0], runs[0]], "n", "2");
  });

  await t.step("rebuilding one conversation keeps the state of another", async () => {
    await answerTo(model, [], "x = 'other'", "other", 1);
    await assertAnswer(model, [cell(5, "x = 'rebuilt'")], "x", "'rebuilt'", key);
    await assertAnswer(model, [cell(1, "x = 'other'")], "x", "'other'", "other");
  });

  await t.step("an interrupted cell counts as run up to its interruption", async () => {
    const endless = "x = 7\nprint('started')\nwhile True: pass";
    await hangUpAfter(model, "started", [endless], "endless");
    await assertAnswer(model, [cell(1, endless, FAILED)], "x", "7", "endless");
  });
});

/** Requests with a shortened past, and the values that a model can know from it. */
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
    "a summary with statements that fail",
    [summary("from pandas import DataFrame as frame\nclass Odd(frame): ...\n@frame\ndef f(): ...\nn = 3")],
    [["frame is ..., f is ..., n", "(True, True, 3)"], ["Odd is not None", "True"]],
  ],
  [
    "a summary in one turn with the system prompt and the first cell",
    [[
      user(`Play.\n\n${formatPastSummary({ from: 1, to: 49, code: "a = 1\n\nb = 2" })}\n\nIn [50]:\nc = a + b`),
      ...NO_OUTPUT,
    ]],
    [["a, b, c", "(1, 2, 3)"]],
  ],
  [
    "recalled code when no cell is left out",
    [
      cell(1, `rows = [1, ${LEFT_OUT}, 9]`),
      cell(2, "n = 1"),
      recall("rows = [1, 4, 9]\nn = len(rows)"),
    ],
    [["rows, n", "([1, 4, 9], 3)"]],
  ],
  [
    "recalled code after a summary and a cell",
    [summary("x = 3\ny = ..."), cell(50, "x = 5"), recall("x = 4\ny = x + 1\nx = 5")],
    [["x, y", "(5, 5)"]],
  ],
  [
    "a cell with a shortened list",
    [cell(1, `import math\nrows = [1, 2, ${LEFT_OUT}, 9]\nn = 3`)],
    [["n, math.pi > 3, rows is ...", "(3, True, True)"]],
  ],
  [
    "a cell that lacks the text between two statements",
    [cell(1, `a = 1\nb = [1,\n2\n${LEFT_OUT}\n8,\n9]\nc = 3`)],
    [["a, b is ..., c", "(1, True, 3)"]],
  ],
  [
    "cells that are cut in the middle of a word",
    [cell(1, `import os\nx = 1\n${LEFT_OUT}\n4, 5]\nz = 3`), cell(2, `value\n${LEFT_OUT}\nrest = 5\nend = 6`)],
    [["os.sep, x is ..., z, rest is ..., end", "('/', True, 3, True, 6)"]],
  ],
  [
    "a shortened cell that failed",
    [cell(1, `a = 1\nb = [1, ${LEFT_OUT}]\nraise ValueError`, FAILED)],
    [["a, b is ...", "(1, True)"]],
  ],
  [
    "a cell that is cut in the middle of a function",
    [cell(1, `def f(x):\n    y = x\n${LEFT_OUT}\n y\n\ndef g(x):\n    return x + 1`)],
    [["f is ..., g(1)", "(True, 2)"]],
  ],
  [
    "a cell that is cut in the middle of a string",
    [cell(1, `text = """a\n${LEFT_OUT}\nb"""\nn = len(text.splitlines())`)],
    [["n", "3"]],
  ],
  [
    "a %%time cell that is cut in the middle of a loop",
    [cell(1, `%%time\ntotal = 0\nfor row in [1,\n${LEFT_OUT}\n]:\n    total += row\nlast = 1`)],
    [["total, row is ..., last", "(0, True, 1)"]],
  ],
  [
    "a cell that uses an omitted value",
    [summary("rows = ..."), cell(50, "total = sum(rows)\nmean = total / 2\nk = 1")],
    [["total is ..., mean is ..., k", "(True, True, 1)"]],
  ],
  [
    "a conversation that begins at In [30] without a summary",
    [cell(30, "total = f(1)\nk = 1"), cell(31, "for i, row in rows: pass", OMITTED)],
    [["total is ..., k, i is ..., row is ...", "(True, 1, True, True)"], ["f", "NameError: name 'f' is not defined"]],
  ],
];

for (const [what, past, questions] of SHORTENED) {
  Deno.test(`a forgetful model knows the names and the values in ${what}`, async (t) => {
    await using model = await startOfflineModel({ forgetful: true });
    for (const [code, expected] of questions) {
      await t.step(`${code} gives ${expected}`, () => assertAnswer(model, past, code, expected));
    }
  });
}

Deno.test("a forgetful model assumes that a failed cell ran up to its error", async (t) => {
  await using model = await startOfflineModel({ forgetful: true });
  const failing = "a = 1\nraise ValueError\nb = 2";
  const unknown = "NameError: name 'b' is not defined";
  await t.step(
    "the request has the error of the cell",
    () => assertAnswer(model, [summary(""), cell(50, failing, FAILED)], "a, b", unknown),
  );
  await t.step(
    "the request has all cells before it, but not its outputs",
    () => assertAnswer(model, [cell(1, failing, OMITTED)], "a, b", unknown),
  );
});
