/**
 * Values that a cell needs from a long past. A model that knows only the content of its request must compute them from it.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { HistoryEntry } from "../../../src/execution/history_entry.ts";
import { conversationTokens } from "../../../src/execution/prompt/conversation_tokens.ts";
import { buildPast } from "../../../src/execution/prompt/past.ts";
import { runForgetful } from "./forgetful_run.ts";

/** The maximum number of tokens of the past in a request. */
const HISTORY_TOKENS = 4_000;

/** The number of unrelated cells after the relevant ones. */
const FILLERS = 60;

/** Builds a session: the old relevant cells, unrelated cells, and then the recent relevant cells. */
function session(old: readonly string[], recent: readonly string[] = []): HistoryEntry[] {
  const filler = (n: number) => `def other_${n}(x):\n${`    x = x * ${n} + 1\n`.repeat(25)}    return x`;
  const codes = [...old, ...Array.from({ length: FILLERS }, (_, index) => filler(index)), ...recent];
  return codes.map((code, index) => ({ executionCount: index + 1, code, outputs: [] }));
}

const LONG_TEXT = `"${"amber basin cedar delta ".repeat(8)}end"`;

const CASES: [what: string, old: string[], question: string, value: string, recent?: string[]][] = [
  ["augmented assignments", ["n = 10", "n += 3", "n -= 1", "n *= 2"], "n", "24"],
  ["one augmented assignment", ["n = 10", "n += 3"], "n", "13"],
  ["a cell that ran repeatedly", ["n = 0", ...Array(9).fill("n += 2")], "n", "18"],
  ["in-place methods", ["q = [3, 1]", "q.append(2)", "q.sort()", "q.pop(0)", "q.reverse()"], "q", "[3, 2]"],
  [
    "items that are set and deleted",
    ["d = {'a': 1}", "d['b'] = 2", "del d['a']", "d.update(c=3)"],
    "d",
    "{'b': 2, 'c': 3}",
  ],
  ["attributes that are set", ["class Box: pass\nbox = Box()", "box.size = 4", "box.size += 1"], "box.size", "5"],
  [
    "loops that append",
    ["xs = []", "for i in range(3):\n    xs.append(i * i)", "while len(xs) < 5:\n    xs.append(-1)"],
    "xs",
    "[0, 1, 4, -1, -1]",
  ],
  ["a branch that changes a value", ["x = 5", "if x > 3:\n    x = 1\nelse:\n    x = 2", "x += 1"], "x", "2"],
  [
    "a value that was computed from itself",
    ["w = ['b', 'a']", "w = sorted(w)", "w = [each * 2 for each in w]"],
    "w",
    "['aa', 'bb']",
  ],
  [
    "a value that is deleted and created again",
    ["s = [1]", "s.append(2)", "del s", "s = [5]", "s.append(6)"],
    "s",
    "[5, 6]",
  ],
  [
    "an item that was removed from a list",
    ["q = [1, 2, 3]", "last = q.pop()", "q.append(9)"],
    "last, q",
    "(3, [1, 2, 9])",
  ],
  [
    "a default argument",
    ["limit = 5\ndef capped(v, most=limit):\n    return min(v, most)", "limit = 50"],
    "capped(20), limit",
    "(5, 50)",
  ],
  [
    "a default argument and a global with the same name",
    ["k = 2\ndef f(v, by=k):\n    return v * by + k", "k = 100"],
    "f(1)",
    "102",
  ],
  ["a value from which another was computed", ["x = 3", "y = x + 1", "x = 7"], "y", "4"],
  ["a chain of redefinitions", ["x = 1", "y = x + 1", "x = y * 10", "y = x + y", "x = 0"], "x, y", "(0, 22)"],
  ["a value that was computed before a change", ["xs = [1]", "total = sum(xs)", "xs.append(2)"], "total", "1"],
  [
    "a value that was computed between changes",
    ["xs = [1]", "xs.append(2)", "total = sum(xs)", "xs.append(3)"],
    "total, xs",
    "(3, [1, 2, 3])",
  ],
  [
    "a base class",
    ["class Base:\n    n = 1\nclass Sub(Base): pass", "class Base:\n    n = 2"],
    "Sub.n, Base.n",
    "(1, 2)",
  ],
  ["an attribute of a class", ["size = 4\nclass Grid:\n    width = size", "size = 9"], "Grid.width", "4"],
  [
    "a decorator",
    [
      "def twice(f):\n    return lambda v: 2 * f(v)\n@twice\ndef g(v):\n    return v + 1",
      "def twice(f):\n    return f",
    ],
    "g(1)",
    "4",
  ],
  [
    "an argument of a decorator",
    ["n = 3\ndef times(k):\n    return lambda f: lambda: k * f()\n@times(n)\ndef g():\n    return 1", "n = 8"],
    "g()",
    "3",
  ],
  [
    "a closure",
    ["def adder(k):\n    return lambda v: v + k\nstep = 2\nadd = adder(step)", "step = 30"],
    "add(1), step",
    "(3, 30)",
  ],
  [
    "the default of a dataclass field",
    ["from dataclasses import dataclass\nbase = 7\n@dataclass\nclass P:\n    x: int = base", "base = 1"],
    "P()",
    "P(x=7)",
  ],
  [
    "a comprehension over a name that was reassigned",
    ["names = ['a', 'b']\nsizes = {name: len(name) for name in names}", "names = []"],
    "sizes",
    "{'a': 1, 'b': 1}",
  ],
  ["a lambda that was called immediately", ["k = 2\nys = list(map(lambda v: v * k, [1, 2]))", "k = 5"], "ys", "[2, 4]"],
  [
    "a function that was called before its global changed",
    ["rate = 4\ndef conv(a):\n    return a * rate", "cost = conv(5)", "rate = 9"],
    "cost, conv(5)",
    "(20, 45)",
  ],
  [
    "a function that was called before it was redefined",
    ["def f(v):\n    return v + 1", "y = f(1)", "def f(v):\n    return v * 100"],
    "y, f(2)",
    "(2, 200)",
  ],
  [
    "a function that changes its argument",
    ["q = [1]", "def add(xs, x=5):\n    xs.append(x)", "add(q)", "add(x=7, xs=q)"],
    "q",
    "[1, 5, 7]",
  ],
  [
    "a function that changes an item of a global",
    ["stock = {'egg': 2}\ndef sell(what, n):\n    stock[what] -= n\n    return n", "sold = sell('egg', 1)"],
    "stock, sold",
    "({'egg': 1}, 1)",
  ],
  [
    "a function that binds a global",
    ["count = 0\ndef tick():\n    global count\n    count += 1", "tick()", "for _ in range(3): tick()"],
    "count",
    "4",
  ],
  [
    "a function that passes its argument on",
    [
      "add = None\ndef add(xs, x):\n    xs.append(x)\ndef add_both(x, xs):\n    add(xs, x)\n    add(xs, x)",
      "q = []",
      "add_both(2, q)",
      "def add(xs, x):\n    return xs",
      "add_both(3, q)",
    ],
    "q",
    "[2, 2]",
  ],
  [
    "a function that changes the items of a list",
    ["def reset(rows):\n    for row in rows:\n        row['n'] = 0", "t = [{'n': 1}, {'n': 2}]", "reset(t)"],
    "t",
    "[{'n': 0}, {'n': 0}]",
  ],
  [
    "a loop that gives items to a function",
    ["def cut(row):\n    row.pop()", "rows = [[1, 2], [3]]", "for row in rows:\n    cut(row)"],
    "rows",
    "[[1], []]",
  ],
  [
    "a function that changes an attribute of an object's part",
    ["class Box: pass\nbox = Box(); box.inner = Box()", "def grow(b):\n    b.size = 3", "grow(box.inner)"],
    "box.inner.size",
    "3",
  ],
  [
    "functions of the standard library that change an argument",
    ["import heapq, bisect\nh = [5, 3]", "heapq.heapify(h)", "least = heapq.heappop(h)", "bisect.insort(h, 4)"],
    "h, least",
    "([4, 5], 3)",
  ],
  ["two names of one list", ["a = []", "b = a", "b.append(1)", "a.append(2)"], "a", "[1, 2]"],
  ["names that are bound in one statement", ["a = b = []", "b.append(1)"], "a", "[1]"],
  ["a part of a list", ["grid = [[0], [0]]", "row = grid[1]", "row.append(5)"], "grid", "[[0], [0, 5]]"],
  ["a dict in a list", ["one = {'n': 1}", "both = [one]", "one['n'] = 2"], "both", "[{'n': 2}]"],
  [
    "a dict that was appended to a list",
    ["rows = []\nrow = {'n': 1}", "rows.append(row)", "row['n'] = 2"],
    "rows",
    "[{'n': 2}]",
  ],
  [
    "a loop that changes items",
    ["rows = [[1], [2]]", "for row in rows:\n    row.append(0)"],
    "rows",
    "[[1, 0], [2, 0]]",
  ],
  [
    "an import whose name was bound again",
    ["from math import floor as down\nn = down(2.9)", "from math import ceil as down"],
    "n, down(2.1)",
    "(2, 3)",
  ],
  ["a value that a recent cell changes", ["q = [1]", "q.append(2)"], "q", "[1, 2, 3]", ["q.append(3)"]],
  ["a value that a recent cell reassigns", ["x = 3", "y = x + 1"], "x, y", "(8, 4)", ["x = 8"]],
  [
    "a default argument whose variable a recent cell reassigns",
    ["limit = 5\ndef capped(v, most=limit):\n    return min(v, most)", "limit = 50"],
    "capped(20), limit",
    "(5, 60)",
    ["limit = 60"],
  ],
  [
    "a long literal and a value computed from it",
    [`text = ${LONG_TEXT}`, "n = len(text)"],
    "n, text[-3:]",
    "(195, 'end')",
  ],
  ["a name that was deleted", ["x = 1\ny = x + 1", "del x"], "y, 'x' in globals()", "(2, False)"],
];

for (const [what, old, question, value, recent] of CASES) {
  Deno.test(`a cell has the right value after many cells: ${what}`, async () => {
    const outputs = await runForgetful(session(old, recent), question, { historyTokens: HISTORY_TOKENS });
    assert.deepEqual(outputs, [{ type: "execute_result", data: { "text/plain": value } }]);
  });

  Deno.test(`the past stays within its token limit: ${what}`, () => {
    const history = session(old, recent);
    const turns = () => buildPast({ history, code: question, historyTokens: HISTORY_TOKENS, hintOf: () => "" }).turns;
    assert.ok(conversationTokens(turns()) <= HISTORY_TOKENS);
    assert.deepEqual(turns(), turns());
  });
}
