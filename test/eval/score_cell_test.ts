import assert from "node:assert/strict";
import type { Shown } from "../../eval/eval_run.ts";
import { maskVarying } from "../../eval/mask_varying.ts";
import { scoreCell } from "../../eval/score_cell.ts";

function shown(part: Partial<Shown>): Shown {
  return { stdout: "", stderr: "", displays: [], ...part };
}

function match(expected: Partial<Shown>, actual: Partial<Shown>): unknown {
  return scoreCell([shown(expected)], shown(actual), false);
}

Deno.test("scoreCell() returns an exact match without parts when no output is expected or shown", () => {
  assert.deepEqual(match({}, {}), { parts: {}, match: "exact" });
});

Deno.test("scoreCell() gives a cell the worst grade of its parts", () => {
  assert.deepEqual(match({ stdout: "a\n", stderr: "b\n" }, { stdout: "a", stderr: "b\n" }), {
    parts: { stdout: "normalised", stderr: "exact" },
    match: "normalised",
  });
  assert.deepEqual(match({ stdout: "a\n" }, { stdout: "a", stderr: "b\n" }), {
    parts: { stdout: "normalised", stderr: "wrong" },
    match: "wrong",
  });
});

Deno.test("scoreCell() grades differences in colours and white space as normalised", () => {
  for (const text of ["\x1b[31mred\x1b[0m \n", "red", "red\r\n", " red\n\n"]) {
    assert.deepEqual(match({ stdout: "red\n" }, { stdout: text }), {
      parts: { stdout: "normalised" },
      match: "normalised",
    });
  }
  assert.deepEqual(match({ stdout: "red\n" }, { stdout: "Red\n" }), { parts: { stdout: "wrong" }, match: "wrong" });
});

Deno.test("scoreCell() compares the name and message of an exception, but not its traceback", () => {
  const error = { ename: "KeyError", evalue: "'k'", traceback: ["1", "2"] };
  const scoreOf = (actual: Shown["error"]) => match({ error }, { error: actual });
  assert.deepEqual(scoreOf({ ...error }), { parts: { error: "exact" }, match: "exact" });
  assert.deepEqual(scoreOf({ ...error, evalue: "'k' " }), { parts: { error: "normalised" }, match: "normalised" });
  assert.deepEqual(scoreOf({ ...error, evalue: "k" }), { parts: { error: "wrong" }, match: "wrong" });
  assert.deepEqual(scoreOf({ ...error, ename: "IndexError" }), { parts: { error: "wrong" }, match: "wrong" });
  assert.deepEqual(scoreOf(undefined), { parts: { error: "wrong" }, match: "wrong" });
});

Deno.test("scoreCell() compares all MIME types, pictures by presence and JSON regardless of key order", () => {
  const table = { "text/plain": "a", "text/html": "<b>a</b>" };
  const resultOf = (expected: Shown["result"], actual: Shown["result"]) =>
    scoreCell([shown({ result: expected })], shown({ result: actual }), false).match;
  assert.equal(resultOf(table, { "text/html": "<b>a</b>", "text/plain": "a" }), "exact");
  assert.equal(resultOf(table, { "text/plain": "a" }), "wrong");
  assert.equal(resultOf({ "image/png": "aaaa" }, { "image/svg+xml": "<svg/>", "image/png": "bbbb" }), "exact");
  assert.equal(resultOf({ "text/plain": "f", "image/png": "aaaa" }, { "text/plain": "f" }), "wrong");
  assert.equal(resultOf({ "application/json": { a: 1, b: [2] } }, { "application/json": { b: [2], a: 1 } }), "exact");
  assert.equal(resultOf({ "application/json": { a: 1 } }, { "application/json": { a: "1" } }), "wrong");
});

Deno.test("scoreCell() compares displays in their order", () => {
  const [one, two] = [{ "text/plain": "1" }, { "text/plain": "2" }];
  assert.deepEqual(match({ displays: [one, two] }, { displays: [two, one] }), {
    parts: { displays: "wrong" },
    match: "wrong",
  });
  assert.equal(scoreCell([shown({ displays: [one] })], shown({ displays: [one, one] }), false).match, "wrong");
});

Deno.test("scoreCell() compares the order of displays and text when both are right", () => {
  const displays = [{ "text/plain": "1" }, { "text/plain": "2" }];
  const place = (stdout: number, stderr = 0) => ({ stdout, stderr });
  const orderOf = (actual: Partial<Shown>, expected: Partial<Shown>) => {
    const { parts, match } = scoreCell([shown({ displays, ...expected })], shown({ displays, ...actual }), false);
    return [parts.order, match];
  };
  const stdout = "a\nb\n";
  const between = { stdout, places: [place(2), place(2)] };
  assert.deepEqual(orderOf(between, between), ["exact", "exact"]);
  assert.deepEqual(orderOf({ stdout, places: [place(0), place(2)] }, between), ["wrong", "wrong"]);
  assert.deepEqual(orderOf({ stdout, places: [place(4), place(4)] }, between), ["wrong", "wrong"]);
  assert.deepEqual(orderOf({ stdout: "a b", places: [place(1), place(2)] }, between), ["normalised", "normalised"]);
  assert.deepEqual(
    orderOf({ stderr: "x", places: [place(0), place(0)] }, { stderr: "x", places: [place(0, 1), place(0, 1)] }),
    [
      "wrong",
      "wrong",
    ],
  );
  // stdout and stderr are separate channels, so their order is unknown.
  const both = { stdout: "a", stderr: "b" };
  assert.deepEqual(
    orderOf({ ...both, places: [place(1, 1), place(1, 1)] }, { ...both, places: [place(1, 1), place(1, 1)] }),
    ["exact", "exact"],
  );
  // A wrong output is not also counted as a wrong order.
  assert.deepEqual(orderOf({ stdout: "c", places: [place(1), place(1)] }, between), [undefined, "wrong"]);
});

Deno.test("scoreCell() compares with the nearest of several accepted outputs", () => {
  const [a, b] = [shown({ stdout: "a" }), shown({ stdout: "b" })];
  assert.equal(scoreCell([a, b], b, false).match, "exact");
  assert.equal(scoreCell([a, b], a, false).match, "exact");
  assert.equal(scoreCell([a, b], shown({ stdout: "c" }), false).match, "wrong");
});

Deno.test("scoreCell() grades a failed model's output as wrong, even when it matches", () => {
  const all = shown({ stdout: "a" });
  assert.deepEqual(scoreCell([all], all, true), { parts: { stdout: "wrong" }, match: "wrong" });
  assert.deepEqual(scoreCell([shown({})], shown({}), true), { parts: {}, match: "wrong" });
});

Deno.test("maskVarying() masks what differs between two runs of a kernel", () => {
  const pairs = [
    ["<__main__.A at 0x7ff584bb1bd0>", "<__main__.A at 0x104c3e2d0>"],
    ["/tmp/ipykernel_1/2608338407.py:2: UserWarning: careful", "/tmp/ipykernel_99/1.py:2: UserWarning: careful"],
    ["invalid syntax (3218543084.py, line 1)", "invalid syntax (1.py, line 1)"],
    [
      "CPU times: user 16 μs, sys: 2 μs, total: 18 μs\nWall time: 22.6 μs\n",
      "CPU times: user 1min 3s, sys: 0 ns, total: 1min 3s\nWall time: 1min 4s\n",
    ],
    [
      "992 ns ± 39.6 ns per loop (mean ± std. dev. of 3 runs, 100 loops each)\n",
      "The slowest run took 4.05 times longer than the fastest. This could mean that an intermediate result is being " +
      "cached.\n1.2 μs ± 1.25 μs per loop (mean ± std. dev. of 3 runs, 100 loops each)\n",
    ],
    [
      "<DisplayHandle display_id=193eda8848b05afc47614a5245b6b258>",
      "<DisplayHandle display_id=0128d35bae78070ace9df966a878eb30>",
    ],
    [
      "File /usr/lib/python3.14/json/decoder.py:361, in f(a)\n    359     a = 1\n--> 361     raise b\n\nE: m",
      "File /usr/lib/python3.14/json/decoder.py:98, in f(a)\n     96     a = 1\n---> 98     raise b\n\nE: m",
    ],
    [
      "File /usr/lib/python3.14/a.py:9, in f(a)\n      5 b = [\n   (...)      8     2]\n----> 9 c\n",
      "File /usr/lib/python3.14/a.py:8, in f(a)\n      4 b = [\n   (...)      7     2]\n----> 8 c\n",
    ],
    [
      "  File /usr/lib/python3.14/codeop.py:117 in __call__\n",
      "  File /usr/lib/python3.14/codeop.py:111 in __call__\n",
    ],
    [
      'File \x1b[35m"/usr/lib/python3.14/a/b.py"\x1b[0m, line \x1b[35m72\x1b[0m, in f\n',
      'File \x1b[35m"/usr/lib/python3.14/a/b.py"\x1b[0m, line \x1b[35m8\x1b[0m, in f\n',
    ],
    ["Ran 1 test in 0.001s\n", "Ran 1 test in 0.006s\n"],
    ['  File "/usr/lib/python3.14/a/b.py", line 72, in f\n', '  File "/usr/lib/python3.14/a/b.py", line 8, in f\n'],
    ["File <frozen importlib._bootstrap>:1406, in f(a)\n", "File <frozen importlib._bootstrap>:9, in f(a)\n"],
  ];
  for (const [one, other] of pairs) assert.equal(maskVarying(one), maskVarying(other));
});

Deno.test("maskVarying() does not mask what is the same in every run", () => {
  const pairs = [
    ["took 3 s\n", "took 4 s\n"],
    ["0x7ff5", "0x7ff6"],
    ["/tmp/ipykernel_1/2608338407.py:2: UserWarning: a", "/tmp/ipykernel_1/2608338407.py:3: UserWarning: a"],
    ["/tmp/ipykernel_1/2608338407.py:2: UserWarning: a", "<ipython-input-1-2608338407>:2: UserWarning: a"],
    ["invalid syntax (1.py, line 1)", "invalid syntax (1.py, line 2)"],
    ["Wall time: 1 s\n", "Wall: 1 s\n"],
    ["Ran 1 test in 0.001s\n", "Ran 2 tests in 0.001s\n"],
    [
      "1 ns ± 1 ns per loop (mean ± std. dev. of 3 runs, 100 loops each)",
      "1 ns ± 1 ns per loop (mean ± std. dev. of 7 runs, 100 loops each)",
    ],
    ["display_id=id1", "display_id=id2"],
    ["File /usr/lib/python3/IPython/a.py:1, in f(a)\n", "File /usr/lib/python3/IPython/a.py:2, in f(a)\n"],
    [
      "File /usr/lib/python3.14/a.py:1, in f(a)\n--> 1 b = 2\n",
      "File /usr/lib/python3.14/a.py:1, in f(a)\n--> 1 b = 3\n",
    ],
    ["File /usr/lib/python3.14/a.py:1, in f()\n\n  1", "File /usr/lib/python3.14/a.py:1, in f()\n\n  2"],
  ];
  for (const [one, other] of pairs) assert.notEqual(maskVarying(one), maskVarying(other));
});
