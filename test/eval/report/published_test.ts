/**
 * The figures that the authors of CRUXEval have published, beside those of a run.
 *
 * @module
 */

import assert from "node:assert/strict";
import { cruxevalSet } from "../../../eval/cruxeval/cruxeval_set.ts";
import { isCruxeval, publishedFigures } from "../../../eval/cruxeval/published_figures.ts";
import { formatModels, formatSummary } from "../../../eval/report/mod.ts";
import { evalRun, exactCell, wrongCell } from "./eval_runs.ts";

const cells = [...Array.from({ length: 3 }, (_, nth) => exactCell(`e${nth}`)), wrongCell("w")];

Deno.test("a run of CRUXEval stands among the published figures, with their source", () => {
  const summary = formatSummary(evalRun(cells, { benchmark: "CRUXEval-O", set: "cruxeval" }));
  assert.match(
    summary,
    /^CRUXEval-O, pass@1 *\ngpt-4-0613\+cot +77\.1 % +published\ngpt-4o-mini +75\.0 % +this run\ngpt-4-0613 +68\.7 % +published\n/m,
  );
  const words = summary.replace(/\s+/g, " ");
  assert.match(
    words,
    /Published: Gu et al\. 2024, README\.md of facebookresearch\/cruxeval at 10d71b4, \d+ of 31 figures\./,
  );
  assert.doesNotMatch(words, /This run is of a part/);
  assert.ok(summary.split("\n").every((line) => [...line].length <= 80), summary);
});

Deno.test("several models stand in one table of published figures, and a part of the set is said to be one", () => {
  const runs = [
    evalRun(cells, { benchmark: "CRUXEval-O", model: "good", cellsInSet: 800 }),
    evalRun([wrongCell("w")], { benchmark: "CRUXEval-O", model: "bad", cellsInSet: 800 }),
    evalRun([], { benchmark: "CRUXEval-O", model: "broken", cellsInSet: 800 }),
  ];
  const table = formatModels(runs);
  assert.match(table, /^gpt-4-0613\+cot .*\ngood +75\.0 % +this run\n/m);
  assert.match(table, /^phi-1 +21\.7 % +published\nbad +0\.0 % +this run\n/m);
  assert.doesNotMatch(table, /^broken .*this run/m);
  assert.match(table.replace(/\s+/g, " "), /This run is of a part of the 800 cells\./);
});

Deno.test("other sets have no published figures, also in a file of CRUXEval's form", () => {
  assert.doesNotMatch(formatSummary(evalRun(cells)), /published/i);
  const own = cruxevalSet(
    JSON.stringify({ code: "def f(x):\n    return x", input: "1", output: "1", id: "sample_0" }),
    "cruxeval.jsonl",
  );
  assert.equal(own.benchmark, undefined);
  assert.equal(isCruxeval(own.cells), false);
});

Deno.test("the published figures are shares, the best first", () => {
  assert.deepEqual(publishedFigures, publishedFigures.toSorted((a, b) => b.passAt1 - a.passAt1));
  assert.ok(publishedFigures.every(({ passAt1 }) => passAt1 > 0 && passAt1 < 100));
});
