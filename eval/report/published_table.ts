/**
 * Formats a run of a benchmark beside what its authors have published.
 *
 * @module
 */

import { CRUXEVAL_O, PUBLISHED_SOURCE, type PublishedFigure, publishedFigures } from "../cruxeval/published_figures.ts";
import type { EvalRun } from "../eval_run.ts";
import { paragraph, safeName, textTable } from "./plain_text.ts";
import { repeatedShare } from "./repeated_share.ts";

/** How many models above and below the run are listed, besides the best one. */
const NEIGHBOURS = 3;

/** A row: a published figure, or that of a run. */
interface Row extends PublishedFigure {
  isOwn: boolean;
}

/** Writes the runs of CRUXEval among the published figures; nothing if there is none, or it has no cells. */
export function formatPublished(runs: readonly EvalRun[]): string {
  const own = runs.filter(({ benchmark, cells }) => benchmark === CRUXEVAL_O && cells.length > 0);
  if (own.length === 0) return "";
  const rows: Row[] = [
    ...own.map((run) => ({ model: safeName(run.model), passAt1: 100 * repeatedShare(run.cells).mean, isOwn: true })),
    ...publishedFigures.map((figure) => ({ ...figure, isOwn: false })),
  ].sort((a, b) => b.passAt1 - a.passAt1);
  const near = (index: number) =>
    rows.slice(Math.max(0, index - NEIGHBOURS), index + NEIGHBOURS + 1).some(({ isOwn }) => isOwn);
  const shown = rows.filter((_, index) => index === 0 || near(index));
  const isSample = own.some(({ cells, cellsInSet, repeat = 1 }) => cells.length < cellsInSet * repeat);
  return `\n${
    textTable([
      [`${CRUXEVAL_O}, pass@1`, "", ""],
      ...shown.map(({ model, passAt1, isOwn }) => [model, `${passAt1.toFixed(1)} %`, isOwn ? "this run" : "published"]),
    ])
  }${
    paragraph(
      `Published: ${PUBLISHED_SOURCE}, ${
        shown.filter(({ isOwn }) => !isOwn).length
      } of ${publishedFigures.length} figures. ` +
        "Its prompt has examples and asks for an assertion to be completed; +cot is with chain of thought." +
        (isSample ? " This run is of a part of the 800 cells." : ""),
    )
  }`;
}
