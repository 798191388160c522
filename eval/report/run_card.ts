/**
 * Draws a run's totals as a card.
 *
 * @module
 */

import type { EvalRun } from "../eval_run.ts";
import { count, duration, percent } from "./figures.ts";
import { type Html, markup } from "./markup.ts";
import { letterOf, promptOf, scopeOf, startOf } from "./run_facts.ts";
import { alike, tally } from "./statistics.ts";

export function runCard(run: EvalRun, index: number, runs: readonly EvalRun[]): Html {
  const figures = tally(run.cells);
  const { cells, usage, firstOutputMs, durationMs } = figures;
  const letter = runs.length > 1 ? markup`<span class="letter">${letterOf(index)}</span> ` : undefined;
  return markup`<article class="card">
<h2>${letter}${run.model}</h2>
<p class="facts">${run.server} · ${run.set} · ${scopeOf(run)} · ${startOf(run)}${
    run.prompt === undefined ? undefined : ` · ${promptOf(run.prompt)}`
  }</p>
<dl class="scores">
${term("exact", percent(figures.exact, cells))}
${term("normalised", percent(alike(figures), cells))}
${term("traceback", percent(figures.tracebacks.share, figures.tracebacks.cells))}
</dl>
<dl class="totals">
${term("cells", count(cells))}
${term("without a score", count(figures.failures))}
${term("first output, p50", duration(firstOutputMs.p50))}
${term("first output, p95", duration(firstOutputMs.p95))}
${term("time, p50", duration(durationMs.p50))}
${term("time, p95", duration(durationMs.p95))}
${term("requests", count(usage.requests))}
${term("tokens in", count(usage.input))}
${term("of them cached", count(usage.cachedInput))}
${term("tokens out", count(usage.output))}
</dl>
</article>`;
}

function term(name: string, figure: string): Html {
  return markup`<div><dt>${name}</dt><dd>${figure}</dd></div>`;
}
