/**
 * Formats the runs of several models as one table for the terminal.
 *
 * @module
 */

import { dollarsFor, formatDollars } from "../../src/execution/price.ts";
import type { EvalRun } from "../eval_run.ts";
import { count, duration, NO_FIGURE, percent } from "./figures.ts";
import { paragraph, safeName, textTable } from "./plain_text.ts";
import { formatPublished } from "./published_table.ts";
import { repeatedShare } from "./repeated_share.ts";
import { halfWidth } from "./repetition_table.ts";
import { scopeOf, startOf } from "./run_facts.ts";
import { alike, tally } from "./statistics.ts";

/**
 * Writes a row for each run: score, time and cost. Where cells were asked for several times, `±` is half of the 95 % interval of the
 * @returns lines of at most 80 columns, with a newline at the end
 *
 * @returns lines of at most 80 columns, the last one ended
 */
export function formatModels(runs: readonly EvalRun[]): string {
  const isRepeated = runs.some(({ repeat = 1 }) => repeat > 1);
  const heading = ["model", "cells", "exact", ...isRepeated ? ["±"] : [], "normalised", "no score", "time", "dollars"];
  const rows = runs.map((run) => {
    const { cells, price } = run;
    const figures = tally(cells);
    const { cells: scored, mean } = repeatedShare(cells);
    return [
      safeName(run.model),
      count(figures.cells),
      isRepeated ? percent(mean * scored, scored) : percent(figures.exact, figures.cells),
      ...isRepeated ? [halfWidth(cells)] : [],
      percent(alike(figures), figures.cells),
      count(figures.failures),
      duration(figures.durationMs.p50),
      price === undefined || figures.cells === 0 ? NO_FIGURE : formatDollars(dollarsFor(figures.usage, price)),
    ];
  });
  const titles = runs.map((run) =>
    paragraph(
      `${safeName(run.model)} on ${safeName(run.server)}: ${safeName(run.set)}, ${scopeOf(run)}, ${
        safeName(startOf(run))
      }`,
    )
  );
  return `${titles.join("")}\n${textTable([heading, ...rows])}${formatPublished(runs)}`;
}
