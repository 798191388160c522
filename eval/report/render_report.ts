/**
 * Renders the report of an evaluation: one page without other files.
 *
 * @module
 */

import { counted } from "../../src/terminal/counted.ts";
import type { EvalRun } from "../eval_run.ts";
import { alignCells, type AlignedCell } from "./aligned_cells.ts";
import { cellDifference, isAsRecorded } from "./cell_difference.ts";
import { count } from "./figures.ts";
import { firstOutputChart } from "./first_output_chart.ts";
import { Html, markup } from "./markup.ts";
import { kindFilter } from "./kind_filter.ts";
import { kindTable } from "./kind_table.ts";
import { pageStyle } from "./page_style.ts";
import { runCard } from "./run_card.ts";
import { scoreChart } from "./score_chart.ts";

/** Forbids scripts and loading, whatever the outputs contain; the frames of previews inherit this. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/**
 * Renders runs as one HTML page: a run alone, or several beside each other. Outputs are text on the page, or in a sandboxed frame. The
 * page has no script and can be opened from a disk.
 *
 * @param runs the runs, in the order in which they are shown
 */
export function renderReport(runs: readonly EvalRun[]): string {
  const title = `How like IPython is ${inWords(runs.map(({ model }) => model))}?`;
  return markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta http-equiv="Content-Security-Policy" content="${CONTENT_SECURITY_POLICY}" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="color-scheme" content="light dark" />
<title>${title}</title>
<style>${new Html(pageStyle)}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p class="note">Each cell was answered by a model and compared with what IPython showed. Exact: every character. Normalised: all
but white space and colours; the exact ones count here, too.</p>
</header>
<main>
<section class="cards" aria-label="Totals">
${runs.map(runCard)}
</section>
${runs.some(({ cells }) => cells.length > 0) ? scores(runs) : markup`<p>No cell has been scored.</p>`}
</main>
</body>
</html>
`.source;
}

function scores(runs: readonly EvalRun[]): Html {
  const aligned = alignCells(runs);
  return markup`${differentCellsNote(aligned)}
<section class="charts" aria-label="Charts">
${scoreChart(runs)}
${firstOutputChart(runs)}
</section>
<section>
<h2>By kind</h2>
${kindTable(runs)}
</section>
<section>
<h2>Cells that differ</h2>
${cellsThatDiffer(aligned, runs)}
</section>`;
}

function differentCellsNote(aligned: readonly AlignedCell[]): Html | undefined {
  const shared = aligned.filter(({ scores }) => scores.every((score) => score !== undefined)).length;
  if (shared === aligned.length) return undefined;
  return markup`<p class="warning">The runs do not have the same cells: of ${counted(aligned.length, "cell")}, ${
    count(shared)
  } are in all of them. Each figure is of a run's own cells.</p>`;
}

function cellsThatDiffer(aligned: readonly AlignedCell[], runs: readonly EvalRun[]): Html {
  const different = aligned.filter(({ scores }) => scores.some((score) => score && !isAsRecorded(score)));
  if (different.length === 0) return markup`<p>None: all are exact.</p>`;
  const kinds = [...Map.groupBy(different, ({ kind }) => kind)].map(([kind, { length }]) => ({ kind, count: length }));
  const names = kinds.map(({ kind }) => kind);
  return markup`${kindFilter(kinds)}
${different.map((cell) => cellDifference(cell, runs, names.indexOf(cell.kind)))}`;
}

function inWords(models: readonly string[]): string {
  if (models.length < 2) return models[0] ?? "no model";
  return `${models.slice(0, -1).join(", ")} and ${models.at(-1)}`;
}
