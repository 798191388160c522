/**
 * Formats one run as a table for the terminal.
 *
 * @module
 */

import { counted } from "../../src/terminal/counted.ts";
import type { CellScore, EvalRun } from "../eval_run.ts";
import { isScore } from "../score_run.ts";
import type { Share } from "../traceback/score_traceback.ts";
import { formatCost } from "./cost_table.ts";
import { count, duration, percent } from "./figures.ts";
import { paragraph, safeName, textTable } from "./plain_text.ts";
import { formatPublished } from "./published_table.ts";
import { formatRepetitions } from "./repetition_table.ts";
import { promptOf, scopeOf, startOf } from "./run_facts.ts";
import { alike, kindsOf, type Tally, tally } from "./statistics.ts";

const HEADING = ["kind", "cells", "exact", "normalised", "traceback", "first", "time", "tokens"];

/**
 * Writes a row for each kind and for all cells, then the cost. `normalised` includes the exact cells; `traceback` is
 * the mean share of what was recorded; `first` is the time to the first output; times are medians; `tokens` are those
 * that the model wrote.
 *
 * @returns lines of at most 80 columns, with a newline at the end
 */
export function formatSummary(run: EvalRun): string {
  const all = tally(run.cells);
  const kinds = kindsOf(run.cells).map((kind) => row(kind, tally(run.cells.filter((cell) => cell.kind === kind))));
  return [
    paragraph(titleOf(run)),
    "\n",
    textTable([HEADING, ...kinds, row("all", all)]),
    "\n",
    withoutScore(run.cells),
    tracebacksOf(all),
    paragraph(timesOf(all)),
    formatCost(all.usage, run),
    formatRepetitions(run),
    formatPublished([run]),
  ].join("");
}

/** `gpt-4o-mini on api.openai.com: golden, 126 cells, 2026-11-20 14:03 UTC`; the prompt, if prompts are compared. */
export function titleOf(run: EvalRun): string {
  const { model, server, set, prompt } = run;
  const title = `${safeName(model)} on ${safeName(server)}: ${safeName(set)}, ${scopeOf(run)}, ${
    safeName(startOf(run))
  }`;
  return prompt === undefined ? title : `${title}, ${safeName(promptOf(prompt))}`;
}

function row(label: string, figures: Tally): string[] {
  return [
    safeName(label),
    count(figures.cells),
    percent(figures.exact, figures.cells),
    percent(alike(figures), figures.cells),
    percent(figures.tracebacks.share, figures.tracebacks.cells),
    duration(figures.firstOutputMs.p50),
    duration(figures.durationMs.p50),
    count(figures.usage.output),
  ];
}

/** Reports how many cells are left out, and how to ask for them again. */
function withoutScore(cells: readonly CellScore[]): string {
  const without = cells.filter((cell) => !isScore(cell));
  if (without.length === 0) return "";
  const late = without.filter(({ failureKind }) => failureKind === "late").length;
  const [failed, tooLate] = [`${count(without.length - late)} failed`, `${count(late)} late`];
  const again = late === 0 ? "The same command asks again." : "The same command asks again for the failed ones, " +
    "--retry also for the late ones.";
  return paragraph(
    `Left out of every score and time: ${counted(without.length, "cell")} (${failed}, ${tooLate}). ${again}`,
  );
}

function tracebacksOf({ tracebacks }: Tally): string {
  const { cells, frames, lines, arrows, colours } = tracebacks;
  if (cells === 0) return "";
  const of = ({ right, of }: Share) => percent(right, of);
  return paragraph(
    `Tracebacks of ${counted(cells, "cell")}: ${of(frames)} of the frames, ${of(lines)} of the lines and ` +
      `${of(arrows)} of the arrows as recorded; of what is right, ${of(colours)} in the right colours.`,
  );
}

function timesOf({ cells, firstOutputMs, durationMs }: Tally): string {
  if (cells === 0) return "No cell has been scored.";
  return `First output after ${duration(firstOutputMs.p50)} (p50) and ${duration(firstOutputMs.p95)} (p95), ` +
    `the whole cell after ${duration(durationMs.p50)} and ${duration(durationMs.p95)}.`;
}
