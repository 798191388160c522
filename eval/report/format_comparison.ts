/**
 * Formats two runs beside each other for the terminal.
 *
 * @module
 */

import { dollarsFor, formatDollars } from "../../src/execution/price.ts";
import { counted } from "../../src/terminal/counted.ts";
import type { EvalRun } from "../eval_run.ts";
import { isScore } from "../score_run.ts";
import { count, duration, NO_FIGURE, percent, points, probability, ratio } from "./figures.ts";
import { titleOf } from "./format_summary.ts";
import { betterMatch, exactAlone, isScored, type Pair, pairCells } from "./paired_cells.ts";
import { paragraph, safeName, textTable } from "./plain_text.ts";
import { signTestPValue } from "./sign_test_p_value.ts";
import { kindsOf, type Tally, tally } from "./statistics.ts";

/** How many names are listed; further ones are counted. */
const NAMES_LISTED = 20;

/**
 * Compares the common cells of two runs: the exact ones by kind, whether the runs differ by more than chance, the cells
 * that only one run got right, cost and time. A cell for which a run has no score counts only for that run's cost.
 *
 * @returns lines of at most 80 columns, with a newline at the end
 */
export function formatComparison(a: EvalRun, b: EvalRun): string {
  const all = pairCells(a, b);
  const pairs = all.filter(isScored);
  const title = [paragraph(`a: ${titleOf(a)}`), paragraph(`b: ${titleOf(b)}`), noteOf(a, b, all.length), "\n"];
  if (all.length === 0) return title.join("");
  const alone = exactAlone(pairs);
  return [
    ...title,
    exactByKind(pairs),
    "\n",
    leftOut(all),
    paragraph(
      `Exact: a alone in ${counted(alone.a.length, "cell")}, b alone in ${count(alone.b.length)}: ` +
        `p = ${probability(signTestPValue(alone.a.length, alone.b.length))} (McNemar's exact test).`,
    ),
    graded(pairs),
    paragraph(CHANCE),
    "\n",
    names("a", alone.a),
    names("b", alone.b),
    "\n",
    costs(all, a, b),
  ].join("");
}

/** Explains p values. */
const CHANCE = "p is how often two equally good runs would differ by as much or more by chance.";

function noteOf(a: EvalRun, b: EvalRun, shared: number): string {
  if (a.cells.length === shared && b.cells.length === shared) return "";
  const own = `a has ${counted(a.cells.length, "cell")}, b has ${count(b.cells.length)}`;
  if (shared === 0) {
    return paragraph(`The runs have no cell in common (${own}). Compare runs of one set and one sample.`);
  }
  return paragraph(`The runs do not have the same cells (${own}): compared are the ${count(shared)} that both have.`);
}

function exactByKind(pairs: readonly Pair[]): string {
  const row = (label: string, these: readonly Pair[]) => {
    const a = tally(these.map(({ a }) => a)).exact;
    const b = tally(these.map(({ b }) => b)).exact;
    const alone = exactAlone(these);
    const whole = these.length;
    return [
      safeName(label),
      count(whole),
      percent(a, whole),
      percent(b, whole),
      points(a, b, whole),
      count(alone.a.length),
      count(alone.b.length),
      probability(signTestPValue(alone.a.length, alone.b.length)),
    ];
  };
  return textTable([
    ["kind", "cells", "exact a", "exact b", "difference", "only a", "only b", "p"],
    ...kindsOf(pairs.map(({ a }) => a)).map((kind) => row(kind, pairs.filter((pair) => pair.kind === kind))),
    row("all", pairs),
  ]);
}

function leftOut(pairs: readonly Pair[]): string {
  const without = pairs.filter((pair) => !isScored(pair));
  if (without.length === 0) return "";
  const [a, b] = [without.filter(({ a }) => !isScore(a)).length, without.filter(({ b }) => !isScore(b)).length];
  return paragraph(
    `Left out of the score: ${counted(without.length, "cell")} whose server failed or was late ` +
      `(a ${count(a)}, b ${count(b)}). The same command asks again, with --retry also for the late ones.`,
  );
}

function graded(pairs: readonly Pair[]): string {
  const { a, b } = betterMatch(pairs);
  return paragraph(
    `Exact, normalised or wrong: a better in ${counted(a.length, "cell")}, b better in ${count(b.length)}: ` +
      `p = ${probability(signTestPValue(a.length, b.length))} (sign test).`,
  );
}

function names(run: string, pairs: readonly Pair[]): string {
  if (pairs.length === 0) return paragraph(`Only ${run} right: none`);
  const listed = pairs.slice(0, NAMES_LISTED).map(({ name }) => safeName(name)).join(", ");
  const more = pairs.length > NAMES_LISTED ? ` and ${count(pairs.length - NAMES_LISTED)} more` : "";
  return paragraph(`Only ${run} right (${count(pairs.length)}): ${listed}${more}`);
}

function costs(pairs: readonly Pair[], { price: priceOfA }: EvalRun, { price: priceOfB }: EvalRun): string {
  const [a, b] = [tally(pairs.map(({ a }) => a)), tally(pairs.map(({ b }) => b))];
  const figures = (
    label: string,
    first: number | undefined,
    second: number | undefined,
    as: (value: number) => string,
  ) => {
    const shown = [first, second].map((value) => value === undefined ? NO_FIGURE : as(value));
    return [label, ...shown, ratio(first, second)];
  };
  const row = (label: string, of: (run: Tally) => number | undefined, as: (value: number) => string) =>
    figures(label, of(a), of(b), as);
  const cost = [
    priceOfA && dollarsFor(a.usage, priceOfA),
    priceOfB && dollarsFor(b.usage, priceOfB),
  ] as const;
  const traceback = ({ tracebacks: { share, cells } }: Tally) => cells === 0 ? undefined : 100 * share / cells;
  return textTable([
    ["traceback, cost and time", "a", "b", "b to a"],
    ...traceback(a) === undefined ? [] : [row("traceback", traceback, (value) => percent(value, 100))],
    row("requests", ({ usage }) => usage.requests, count),
    row("tokens in", ({ usage }) => usage.input, count),
    row("  of them cached", ({ usage }) => usage.cachedInput, count),
    row("tokens out", ({ usage }) => usage.output, count),
    ...cost.every((sum) => sum === undefined) ? [] : [figures("dollars", ...cost, formatDollars)],
    row("first output p50", ({ firstOutputMs }) => firstOutputMs.p50, duration),
    row("first output p95", ({ firstOutputMs }) => firstOutputMs.p95, duration),
    row("time p50", ({ durationMs }) => durationMs.p50, duration),
    row("time p95", ({ durationMs }) => durationMs.p95, duration),
    row("without a score", ({ failures }) => failures, count),
  ]);
}
