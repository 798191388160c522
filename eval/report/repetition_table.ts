/**
 * Formats the results of repetitions: the mean with its interval, and how many cells are not answered alike each
 * time.
 *
 * @module
 */

import type { CellScore, EvalRun } from "../eval_run.ts";
import { count, NO_FIGURE, percent } from "./figures.ts";
import { paragraph, safeName, textTable } from "./plain_text.ts";
import { repeatedShare } from "./repeated_share.ts";
import { kindsOf } from "./statistics.ts";

const HEADING = ["exact", "cells", "mean", "±", "always", "sometimes", "never"];

const INTERVAL =
  "± is half of a 95 % interval (normal approximation, each cell a stratum): how far the mean would move if the same " +
  "cells were asked for again. It does not cover other cells.";

/** Writes a row for each kind and for all cells; nothing for a run that asked once. */
export function formatRepetitions({ cells, repeat = 1 }: EvalRun): string {
  if (repeat === 1 || cells.length === 0) return "";
  const kinds = kindsOf(cells).map((kind) => row(kind, cells.filter((cell) => cell.kind === kind)));
  return `\n${paragraph(`Each cell was asked for ${count(repeat)} times:`)}${
    textTable([HEADING, ...kinds, row("all", cells)])
  }${paragraph(INTERVAL)}`;
}

/** Writes the half width of the interval: `1.3`; in percentage points. */
export function halfWidth(cells: readonly CellScore[]): string {
  const { halfWidth } = repeatedShare(cells);
  return halfWidth === undefined ? NO_FIGURE : (100 * halfWidth).toFixed(1);
}

function row(label: string, cells: readonly CellScore[]): string[] {
  const share = repeatedShare(cells);
  return [
    safeName(label),
    count(share.cells),
    percent(share.mean * share.cells, share.cells),
    halfWidth(cells),
    count(share.always),
    count(share.sometimes),
    count(share.never),
  ];
}
