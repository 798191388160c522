/**
 * Formats two runs beside each other for the terminal.
 *
 * @module
 */

import { counted } from "../../src/terminal/counted.ts";
import type { CellScore, EvalRun } from "../eval_run.ts";
import { alignCells } from "./aligned_cells.ts";
import { count, duration, NO_FIGURE, percent, points, ratio } from "./figures.ts";
import { titleOf } from "./format_summary.ts";
import { paragraph, safeName, textTable } from "./plain_text.ts";
import { kindsOf, type Tally, tally } from "./statistics.ts";

/** How many names are listed; further ones are counted. */
const NAMES_LISTED = 20;

/** A cell that both runs have scored. */
interface Pair {
  name: string;
  a: CellScore;
  b: CellScore;
}

/**
 * Compares two runs by their common cells: the exact ones by kind, the cells that only one got right, cost and time.
 *
 * @returns lines of at most 80 columns, with a newline at the end
 */
export function formatComparison(a: EvalRun, b: EvalRun): string {
  const pairs = alignCells([a, b]).flatMap(({ name, scores: [a, b] }) => a && b ? [{ name, a, b }] : []);
  const title = [paragraph(`a: ${titleOf(a)}`), paragraph(`b: ${titleOf(b)}`), noteOf(a, b, pairs.length), "\n"];
  if (pairs.length === 0) return title.join("");
  return [
    ...title,
    exactByKind(pairs),
    "\n",
    names("a", pairs.filter(({ a, b }) => a.match === "exact" && b.match !== "exact")),
    names("b", pairs.filter(({ a, b }) => b.match === "exact" && a.match !== "exact")),
    "\n",
    costs(tally(pairs.map(({ a }) => a)), tally(pairs.map(({ b }) => b))),
  ].join("");
}

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
    const whole = these.length;
    return [safeName(label), count(whole), percent(a, whole), percent(b, whole), points(a, b, whole)];
  };
  return textTable([
    ["kind", "cells", "exact a", "exact b", "difference"],
    ...kindsOf(pairs.map(({ a }) => a)).map((kind) => row(kind, pairs.filter(({ a }) => a.kind === kind))),
    row("all", pairs),
  ]);
}

function names(run: string, pairs: readonly Pair[]): string {
  if (pairs.length === 0) return paragraph(`Only ${run} right: none`);
  const listed = pairs.slice(0, NAMES_LISTED).map(({ name }) => safeName(name)).join(", ");
  const more = pairs.length > NAMES_LISTED ? ` and ${count(pairs.length - NAMES_LISTED)} more` : "";
  return paragraph(`Only ${run} right (${count(pairs.length)}): ${listed}${more}`);
}

function costs(a: Tally, b: Tally): string {
  const row = (label: string, of: (run: Tally) => number | undefined, as: (value: number) => string) => {
    const [first, second] = [of(a), of(b)];
    return [
      label,
      ...[first, second].map((value) => value === undefined ? NO_FIGURE : as(value)),
      ratio(first, second),
    ];
  };
  return textTable([
    ["cost and time", "a", "b", "b to a"],
    row("requests", ({ usage }) => usage.requests, count),
    row("tokens in", ({ usage }) => usage.input, count),
    row("  of them cached", ({ usage }) => usage.cachedInput, count),
    row("tokens out", ({ usage }) => usage.output, count),
    row("first output p50", ({ firstOutputMs }) => firstOutputMs.p50, duration),
    row("first output p95", ({ firstOutputMs }) => firstOutputMs.p95, duration),
    row("time p50", ({ durationMs }) => durationMs.p50, duration),
    row("time p95", ({ durationMs }) => durationMs.p95, duration),
    row("no answer", ({ failures }) => failures, count),
  ]);
}
