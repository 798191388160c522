/**
 * The published figures of CRUXEval beside those of a run.
 *
 * @module
 */

import assert from "node:assert/strict";
import { cruxevalSet } from "../../../eval/cruxeval/cruxeval_set.ts";
import { isCruxeval, publishedFigures } from "../../../eval/cruxeval/published_figures.ts";
import { formatModels, formatSummary } from "../../../eval/report/mod.ts";
import { evalRun, exactCell, wrongCell } from "./eval_runs.ts";

const cells = [...Array.from({ length: 3 }, (_, nth) => exactCell(`e${nth}`)), wrongCell("w")];

Deno.test("formatSummary() shows a run of CRUXEval among the published figures, with their source", () => {
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

Deno.test("formatModels() shows several models among the published figures and notes a partial set", () => {
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

Deno.test("a set other than CRUXEval has no published figures, even in CRUXEval's format", () => {
  assert.doesNotMatch(formatSummary(evalRun(cells)), /published/i);
  const own = cruxevalSet(
    JSON.stringify({ code: "def f(x):\n    return x", input: "1", output: "1", id: "sample_0" }),
    "cruxeval.jsonl",
  );
  assert.equal(own.benchmark, undefined);
  assert.equal(isCruxeval(own.cells), false);
});

Deno.test("publishedFigures are percentages in descending order", () => {
  assert.deepEqual(publishedFigures, publishedFigures.toSorted((a, b) => b.passAt1 - a.passAt1));
  assert.ok(publishedFigures.every(({ passAt1 }) => passAt1 > 0 && passAt1 < 100));
});
