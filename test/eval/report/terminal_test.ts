/**
 * The summary and the comparison of an evaluation on a terminal.
 *
 * @module
 */

import assert from "node:assert/strict";
import { formatComparison, formatSummary } from "../../../eval/report/mod.ts";
import { evalRun, exactCell, lateCell, wrongCell } from "./eval_runs.ts";

const widest = (text: string) => Math.max(...text.split("\n").map((line) => [...line].length));

Deno.test("formatSummary() has a row for each kind, a row for all, and the cost", () => {
  const share = (right: number, of: number) => ({ right, of });
  const traceback = { frames: share(2, 2), lines: share(3, 4), arrows: share(1, 2), colours: share(2, 5) };
  const cells = [exactCell("a"), wrongCell("b"), exactCell("c", { kind: "error", traceback }), lateCell("d")];
  assert.equal(
    formatSummary(evalRun(cells)),
    `gpt-4o-mini on api.openai.com: golden, 4 cells, 2026-11-20 14:03 UTC

kind   cells    exact  normalised  traceback  first    time  tokens
print      2   50.0 %      50.0 %          –  40 ms  100 ms      60
error      1  100.0 %     100.0 %     75.0 %  40 ms  100 ms      20
all        3   66.7 %      66.7 %     75.0 %  40 ms  100 ms      80

Left out of every score and time: 1 cell (0 failed, 1 late). The same command
  asks again for the failed ones, --retry also for the late ones.
Tracebacks of 1 cell: 100.0 % of the frames, 75.0 % of the lines and 50.0 % of
  the arrows as recorded; of what is right, 40.0 % in the right colours.
First output after 40 ms (p50) and 40 ms (p95), the whole cell after 100 ms and
  100 ms.
Cost: 4 requests, 4,000 tokens in (3,200 of them cached), 80 tokens out.
`,
  );
});

Deno.test("formatSummary() reports that a run has no scored cells", () => {
  const summary = formatSummary(evalRun([], { cellsInSet: 138, sample: { size: 60, seed: 7 } }));
  assert.match(summary, /^all +0 +– /m);
  assert.match(summary, /No cell has been scored\./);
  assert.match(summary.replace(/\s+/g, " "), /a sample of 60 of 138 cells \(seed 7\), interrupted after 0/);
});

Deno.test("formatSummary() and formatComparison() fit in 80 columns with long names", () => {
  const cells = [exactCell("n".repeat(60), { kind: "kind-of-a-very-long-name-".repeat(4), durationMs: 3_599_000 })];
  const run = evalRun(cells, { model: "model/".repeat(8), set: "set ".repeat(30) });
  assert.ok(widest(formatSummary(run)) <= 80);
  assert.ok(widest(formatComparison(run, run)) <= 80);
});

Deno.test("formatSummary() and formatComparison() remove control sequences", () => {
  const run = evalRun([wrongCell("a\x1b[2J\n", { kind: "k\x1b]0;title\x07ind" })], {
    model: "m\x1b[31m\r",
    server: "s\x07",
  });
  const other = evalRun(run.cells.map((cell) => ({ ...cell, match: "exact" })));
  // deno-lint-ignore no-control-regex -- the test looks for control characters
  assert.doesNotMatch(formatSummary(run) + formatComparison(run, other), /[\x00-\x09\x0b-\x1f]/);
});

Deno.test("formatComparison() shows the cells that only one run has right, and the cost", () => {
  const usage = { requests: 2, input: 1500, cachedInput: 0, output: 10 };
  const a = evalRun([exactCell("one"), wrongCell("two"), wrongCell("three"), exactCell("four", { kind: "error" })]);
  const b = evalRun([
    wrongCell("one"),
    exactCell("two", { usage }),
    exactCell("three"),
    exactCell("four", { kind: "error" }),
  ]);
  const comparison = formatComparison(a, b);
  assert.match(comparison, /^print +3 +33\.3 % +66\.7 % +\+33\.3 +1 +2 +1\.000$/m);
  assert.match(comparison, /^error +1 +100\.0 % +100\.0 % +0\.0 +0 +0 +1\.000$/m);
  assert.match(comparison, /^all +4 +50\.0 % +75\.0 % +\+25\.0 +1 +2 +1\.000$/m);
  assert.match(comparison, /^Only a right \(1\): one$/m);
  assert.match(comparison, /^Only b right \(2\): two, three$/m);
  assert.match(comparison, /^Exact: a alone in 1 cell, b alone in 2: p = 1\.000 \(McNemar's exact test\)\.$/m);
  assert.match(comparison, /^tokens in +4,000 +4,500 +×1\.13$/m);
  assert.doesNotMatch(comparison, /do not have the same cells/);
});

Deno.test("formatComparison() lists 20 names and counts the others", () => {
  const names = Array.from({ length: 25 }, (_, index) => `cell_${index}`);
  const comparison = formatComparison(
    evalRun(names.map((name) => exactCell(name))),
    evalRun(names.map((name) => wrongCell(name))),
  );
  assert.match(
    comparison.replace(/\s+/g, " "),
    /Only a right \(25\): cell_0, .* cell_19 and 5 more Only b right: none/,
  );
});

Deno.test("formatComparison() compares only the cells that both runs have, and reports their number", () => {
  const a = evalRun([exactCell("one"), wrongCell("two"), wrongCell("three")]);
  const b = evalRun([exactCell("two"), exactCell("other"), exactCell("one", { code: "changed" })]);
  const comparison = formatComparison(a, b);
  assert.match(comparison.replace(/\s+/g, " "), /\(a has 3 cells, b has 3\): compared are the 1 that both have/);
  assert.match(comparison, /^all +1 +0\.0 % +100\.0 % +\+100\.0 +0 +1 +1\.000$/m);
  assert.match(comparison, /^requests +1 +1 /m);
});

Deno.test("formatComparison() reports that two runs have no common cell", () => {
  const comparison = formatComparison(evalRun([exactCell("one")]), evalRun([]));
  assert.match(comparison.replace(/\s+/g, " "), /no cell in common \(a has 1 cell, b has 0\)\./);
  assert.doesNotMatch(comparison, /^all/m);
});
