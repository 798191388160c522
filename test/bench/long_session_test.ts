/**
 * The benchmark's long session and the contents of its requests.
 *
 * @module
 */

import assert from "node:assert/strict";
import { longSession, type SessionCell } from "../../bench/prompt/long_session.ts";
import { buildRequests } from "../../bench/prompt/session_requests.ts";
import { knownNames, knownShare } from "../../bench/prompt/known_names.ts";

const options = { maxHistoryLength: 20, includeOutputs: true };

const cell = (executionCount: number, code: string, ...uses: string[]): SessionCell => {
  return { executionCount, code, uses, outputs: [] };
};

Deno.test("knownNames() counts a name as known only if its request binds it", () => {
  const cells = [
    cell(1, "import os, json as j\nfrom math import (pi, tau)\nn = 1\nrate: float = 0.5"),
    cell(2, "def f(a=1): ...\nclass C:\n    x = 1"),
    cell(3, "", "os", "j", "pi", "tau", "n", "rate", "f", "C"),
    cell(4, "a, late = 1, 2", "late", "a", "float"),
  ];
  const known = knownNames(cells, buildRequests(cells, options));
  assert.deepEqual(known, { used: 11, lost: ["late", "a", "float"].map((name) => ({ executionCount: 4, name })) });
  assert.equal(knownShare(known), 8 / 11);
});

Deno.test("the last cells of the long session use names that its first cells define", () => {
  const cells = longSession(300);
  assert.deepEqual(cells.map(({ executionCount }) => executionCount), cells.map((_, index) => index + 1));
  const uses = new Set(cells.slice(-4).flatMap(({ uses }) => uses));
  for (const name of ["Account", "in_euros", "RATES", "LIMIT", "math", "json", "Counter"]) {
    assert.ok(uses.has(name), name);
  }
  // Every used name is bound earlier, so a request with the whole history mentions all of them.
  const everything = cells.map(({ executionCount }, index) => ({
    executionCount,
    messages: cells.slice(0, index + 1).map(({ code }) => ({ role: "user" as const, content: code })),
    text: "",
  }));
  assert.deepEqual(knownNames(cells, everything).lost, []);
});

Deno.test("the long session pastes large data in four consecutive cells, and runs some cells again", () => {
  const cells = longSession(300);
  const pasted = cells.filter(({ code }) => code.length >= 5_000);
  assert.ok(pasted.every(({ code }) => code.length <= 30_100));
  assert.ok([20, 21, 22, 23].every((count) => pasted.some(({ executionCount }) => executionCount === count)));
  const again = cells.filter(({ code, executionCount }) =>
    cells.findIndex((one) => one.code === code) < executionCount - 1
  );
  assert.ok(again.length >= 15, `${again.length}`);
});
