/**
 * Draws the score by kind as a table.
 *
 * @module
 */

import type { CellScore, EvalRun } from "../eval_run.ts";
import { count, duration, percent } from "./figures.ts";
import { type Html, markup } from "./markup.ts";
import { letterOf } from "./run_facts.ts";
import { alike, kindsOf, tally } from "./statistics.ts";

/** Draws a row for each kind and run, and for all cells. */
export function kindTable(runs: readonly EvalRun[]): Html {
  const run = runs.length > 1 ? markup`<th scope="col">run</th>` : undefined;
  const kinds = kindsOf(runs.flatMap(({ cells }) => cells)).map((kind) =>
    group(kind, runs.map(({ cells }) => cells.filter((cell) => cell.kind === kind)))
  );
  return markup`<div class="scroll" role="region" aria-label="Score by kind" tabindex="0"><table class="kinds">
<thead><tr><th scope="col">kind</th>${run}<th scope="col">cells</th><th scope="col">exact</th><th scope="col">normalised</th>
<th scope="col">wrong</th><th scope="col">traceback</th><th scope="col">first output p50</th><th scope="col">time p50</th><th scope="col">tokens out</th></tr></thead>
${kinds}
${group("all", runs.map(({ cells }) => cells))}
</table></div>`;
}

/** Draws the rows of one kind. A run without cells of the kind has no row. */
function group(label: string, cells: readonly (readonly CellScore[])[]): Html {
  const rows = [...cells.entries()].filter(([, these]) => these.length > 0 || label === "all");
  return markup`<tbody>${
    rows.map(([index, these], nth) => {
      const head = nth === 0 ? markup`<th scope="rowgroup" rowspan="${rows.length}">${label}</th>` : undefined;
      const letter = cells.length > 1 ? markup`<td>${letterOf(index)}</td>` : undefined;
      return markup`<tr>${head}${letter}${figuresOf(these).map((figure) => markup`<td>${figure}</td>`)}</tr>`;
    })
  }</tbody>`;
}

function figuresOf(cells: readonly CellScore[]): string[] {
  const figures = tally(cells);
  return [
    count(figures.cells),
    percent(figures.exact, figures.cells),
    percent(alike(figures), figures.cells),
    percent(figures.wrong, figures.cells),
    percent(figures.tracebacks.share, figures.tracebacks.cells),
    duration(figures.firstOutputMs.p50),
    duration(figures.durationMs.p50),
    count(figures.usage.output),
  ];
}
