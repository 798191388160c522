import assert from "node:assert/strict";
import { cruxevalSet } from "../../eval/cruxeval/cruxeval_set.ts";
import { ipythonLayout } from "../../eval/cruxeval/ipython_layout.ts";
import { needsOfCells } from "../../eval/golden/cell_needs.ts";
import { goldenSet } from "../../eval/golden/golden_set.ts";
import { isInHistory, whyLeftOut } from "../../eval/golden/left_out.ts";
import { scoreCell } from "../../eval/score_cell.ts";
import { differences } from "../../eval/record/differences.ts";
import { takeSample } from "../../eval/take_sample.ts";
import { goldenCells, goldenSessions } from "../golden/golden_cells.ts";

const golden = goldenSet();
const named = (name: string) => golden.cells.find((cell) => cell.name === name)!;

Deno.test("goldenSet() has every recorded cell except those that a notebook never sends to a model", () => {
  const recorded = [...goldenSessions.session, ...goldenSessions.kinds];
  const reasons = new Map(recorded.map((cell) => [cell.name, whyLeftOut(cell)]));
  const leftOut = [...reasons].flatMap(([name, why]) => why === undefined ? [] : [name]);
  assert.deepEqual(leftOut, ["empty", "comment_only", "kbint", "pwd", "input", "getpass", "silent"]);
  assert.equal(golden.cells.length, recorded.length - leftOut.length);
  assert.deepEqual(golden.cells.filter(({ kind }) => kind === "other"), []);
  assert.equal(new Set(golden.cells.map(({ name }) => name)).size, golden.cells.length);
});

Deno.test("needsOfCells() derives what a cell needs from its own code and the cells before it", () => {
  const needs = needsOfCells([
    "import numpy as np, math",
    "a = np.ones(3)",
    "b = a.sum() + 1",
    "math.pi",
    "b",
    "b = 1",
    "b",
    "import nosuch",
    "from pandas import DataFrame as D\nD()",
    "!ls",
    "%%bash\nls",
    "x = !ls",
    "def f():\n    return a",
    "f()",
  ]);
  const [numpy, pandas, shell, none] = [["numpy"], ["pandas"], ["shell"], []];
  assert.deepEqual(needs, [
    numpy,
    numpy,
    numpy,
    none,
    numpy,
    none,
    none,
    none,
    pandas,
    shell,
    shell,
    shell,
    numpy,
    numpy,
  ]);
});

Deno.test("a golden cell has the recorded cells before it as history, except those that left no trace", () => {
  assert.deepEqual(named("expr").history, []);
  assert.deepEqual(named("print").history, [
    { executionCount: 1, code: "1+2+3", outputs: [{ type: "execute_result", data: { "text/plain": "6" } }] },
  ]);
  const before = goldenCells.findIndex(({ name }) => name === "main");
  const earlier = goldenCells.slice(0, before).filter(isInHistory).map(({ code }) => code);
  assert.deepEqual(named("main").history.map(({ code }) => code), earlier);
});

Deno.test("a golden cell expects only the outputs that remain visible", () => {
  assert.deepEqual(named("clear").accepted[0], { stdout: "y\n", stderr: "", displays: [] });
  assert.deepEqual(named("disp_id").accepted[0].displays, [{ "text/plain": "'second'" }]);
  assert.deepEqual(named("update").accepted[0].displays, [{ "text/plain": "'third'" }]);
  assert.deepEqual(named("sysexit").accepted[0], {
    stdout: "",
    stderr: "",
    displays: [],
    error: {
      ename: "SystemExit",
      evalue: "3",
      traceback: [
        "An exception has occurred, use %tb to see the full traceback.\n",
        "\x1b[31mSystemExit\x1b[39m\x1b[31m:\x1b[39m 3\n",
      ],
    },
  });
  assert.match(named("qmark").accepted[0].stdout, /^Signature: foo\(a, b=2\)\nDocstring: Doc of foo\.\n/);
});

Deno.test("a display update changes the history of later cells, but not that of the updating cell", () => {
  const displayBefore = (name: string) => {
    const [display] = named(name).history.find(({ code }) => code.startsWith("h=display"))!.outputs;
    return display.type === "display_data" ? display.data["text/plain"] : undefined;
  };
  assert.deepEqual([displayBefore("update"), displayBefore("disp_id_auto")], ["'second'", "'third'"]);
});

Deno.test("a golden %%writefile cell accepts both Writing and Overwriting", () => {
  const { accepted } = named("writefile");
  const shown = (stdout: string) => ({ stdout, stderr: "", displays: [] });
  assert.equal(scoreCell(accepted, shown("Writing work_a.txt\n"), false).match, "exact");
  assert.equal(scoreCell(accepted, shown("Overwriting work_a.txt\n"), false).match, "exact");
  assert.equal(scoreCell(accepted, shown("Wrote work_a.txt\n"), false).match, "wrong");
});

Deno.test("a golden sys.exit() cell accepts outputs with and without the warning", () => {
  const { accepted: [without, whole, ...more] } = named("sysexit");
  assert.deepEqual([without.stderr, whole.error, more], ["", without.error, []]);
  assert.match(whole.stderr, /UserWarning: To exit: use 'exit', 'quit', or Ctrl-D\./);
});

Deno.test("differences() ignores what varies and lists cells that changed or are missing", () => {
  const recorded = (changes: Record<string, [string, string]>) =>
    goldenCells.map((cell) => {
      const [from, to] = changes[cell.name] ?? ["", ""];
      return { ...cell, outputs: JSON.parse(JSON.stringify(cell.outputs).replaceAll(from, to)) };
    });
  assert.deepEqual(differences(goldenCells, recorded({ class_obj: ["0x7ff584bb1bd0", "0x1"] })), []);
  const changed = recorded({ class_obj: ["__main__.A", "__main__.C"], zerodiv: ["Traceback", "Trace"] });
  assert.deepEqual(differences(goldenCells, changed.slice(0, -1)), [
    "class_obj: result",
    "zerodiv: traceback",
    "exit: missing",
  ]);
});

Deno.test("takeSample() keeps the set's order and depends only on the seed", () => {
  const items = Array.from({ length: 100 }, (_, index) => index);
  const sample = takeSample(items, 10, 7);
  assert.deepEqual(takeSample(items, 10, 7), sample);
  assert.deepEqual(sample.toSorted((a, b) => a - b), sample);
  assert.equal(sample.length, 10);
  assert.notDeepEqual(takeSample(items, 10, 8), sample);
  assert.deepEqual(takeSample(items, 200, 7), items);
});

Deno.test("cruxevalSet() turns a row into a session of one cell and accepts its value on one line or wrapped", () => {
  const output = `[${Array.from({ length: 30 }, (_, index) => index).join(", ")}]`;
  const row = { code: "def f(n):\n    return list(range(n))", input: "30", output, id: "long" };
  const none = { code: "def f(): pass", input: "", output: "None", id: "none" };
  const set = cruxevalSet(`${JSON.stringify(row)}\n\n${JSON.stringify(none)}\n`, "some/folder/rows.jsonl");
  assert.equal(set.name, "rows");
  const [long, nothing] = set.cells;
  assert.equal(long.code, `${row.code}\nf(30)`);
  assert.deepEqual([long.executionCount, long.history, long.kind], [1, [], "list"]);
  const wrapped = `[${Array.from({ length: 30 }, (_, index) => index).join(",\n ")}]`;
  const scoreOf = (text: string) =>
    scoreCell(long.accepted, { stdout: "", stderr: "", displays: [], result: { "text/plain": text } }, false).match;
  assert.deepEqual([scoreOf(output), scoreOf(wrapped)], ["exact", "exact"]);
  assert.equal(scoreOf(output.replace(", 15", ",\n 15")), "normalised");
  assert.deepEqual(nothing.accepted, [{ stdout: "", stderr: "", displays: [] }]);
});

Deno.test("cruxevalSet() reports an invalid row with its line", () => {
  const row = JSON.stringify({ code: "", input: "", output: "1", id: "a" });
  const wrongs: [string, RegExp][] = [
    [`${row}\n{`, /^line 2 of x\.jsonl is not JSON: expected a JSON object per line with the texts code, input/],
    ["7", /^line 1 of x\.jsonl is not a JSON object/],
    ['{"code": "", "input": "", "id": "a"}', /^line 1 of x\.jsonl has no text "output"/],
    [`${row}\n${row}`, /^line 2 of x\.jsonl has the id "a" of another line/],
    ["\n", /^x\.jsonl has no rows/],
  ];
  for (const [text, message] of wrongs) {
    assert.throws(() => cruxevalSet(text, "x.jsonl"), { name: "ConfigurationError", message });
  }
});

Deno.test("ipythonLayout() wraps values as IPython does", () => {
  const w = (length: number) => `'${"w".repeat(length)}'`;
  const layouts: [string, string][] = [
    [`[${w(36)}, ${w(35)}]`, `[${w(36)}, ${w(35)}]`],
    [`[${w(36)}, ${w(36)}]`, `[${w(36)},\n ${w(36)}]`],
    [`{'a': [${w(40)}, 1], 'b': (${w(30)},)}`, `{'a': [${w(40)}, 1],\n 'b': (${w(30)},)}`],
    [`{'k': [${w(40)}, ${w(40)}]}`, `{'k': [${w(40)},\n  ${w(40)}]}`],
    [`["it's, [so]", ${w(70)}]`, `["it's, [so]",\n ${w(70)}]`],
    [w(100), w(100)],
  ];
  for (const [line, wrapped] of layouts) assert.equal(ipythonLayout(line), wrapped);
});

Deno.test("cruxevalSet() expects CPython's SyntaxWarnings for code that leaves a finally block", () => {
  const code = `def f(x):
    for i in x:
        try: pass
        finally:
            with open("/dev/null"): continue
        try: pass
        finally: return 2
    try: pass
    finally:
        while x:
            return 1`;
  const { cells: [{ accepted: [{ stderr, result }] }] } = cruxevalSet(
    JSON.stringify({ code, input: "'a'", output: "2", id: "a" }),
    "a.jsonl",
  );
  const [first, second] = [
    "5: SyntaxWarning: 'continue' in a 'finally' block\n",
    "7: SyntaxWarning: 'return' in a 'finally' block\n",
  ];
  const own = "/tmp/ipykernel_1/1.py";
  const both = `<>:${first}<>:${second}`;
  assert.equal(
    stderr,
    `${both}${both}${own}:${first}  with open("/dev/null"): continue\n${own}:${second}  finally: return 2\n`,
  );
  assert.deepEqual(result, { "text/plain": "2" });
});
