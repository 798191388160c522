/**
 * Draws a cell that differs from its recording: its code, and each run's outputs beside the expected ones.
 *
 * @module
 */

import type { CellScore, EvalRun } from "../eval_run.ts";
import { isScore } from "../score_run.ts";
import { tracebackShare } from "../traceback/score_traceback.ts";
import type { AlignedCell } from "./aligned_cells.ts";
import { diffTable } from "./diff_table.ts";
import { percent } from "./figures.ts";
import { type Html, markup } from "./markup.ts";
import { preview } from "./preview.ts";
import { letterOf } from "./run_facts.ts";
import { bundlesOf, PARTS, shownText, tracebackText } from "./shown_text.ts";

/**
 * @param cell with its scores in the order of the runs
 * @param runs named in the table if there are several
 * @param kindIndex the index of the cell's kind in the filter
 */
export function cellDifference(cell: AlignedCell, runs: readonly EvalRun[], kindIndex: number): Html {
  return markup`<article class="cell" data-kind="${kindIndex}">
<h3>${cell.name} <span class="tag">${cell.kind}</span></h3>
<pre class="code"><code>${cell.code}</code></pre>
${cell.scores.map((score, index) => oneRun(score, runs[index], runs.length > 1 ? letterOf(index) : undefined))}
</article>`;
}

function oneRun(score: CellScore | undefined, { model }: EvalRun, letter?: string): Html | undefined {
  const run = letter === undefined ? undefined : markup`<span class="letter">${letter}</span> ${model}`;
  if (score === undefined || isAsRecorded(score)) {
    return run === undefined ? undefined : markup`<p class="note">${run}: ${score?.match ?? "not scored"}</p>`;
  }
  const verdict = isScore(score) ? score.match : "no score";
  const heading = run === undefined ? undefined : markup`<h4>${run}: ${verdict}</h4>`;
  const failure = score.failure === undefined ? undefined : markup`<p class="failure">No answer: ${score.failure}</p>`;
  return markup`${heading}${failure}${isScore(score) ? differences(score, letter) : undefined}`;
}

/** Whether a cell shows the recorded outputs, including the traceback. */
export function isAsRecorded({ match, traceback }: CellScore): boolean {
  return match === "exact" && (traceback === undefined || tracebackShare(traceback) === 1);
}

function differences({ parts, expected, actual, traceback }: CellScore, letter?: string): Html[] {
  const different = PARTS.filter((part) => parts[part] === "normalised" || parts[part] === "wrong");
  const exact = PARTS.filter((part) => parts[part] === "exact");
  const heading = (title: Html) => letter === undefined ? markup`<h4>${title}</h4>` : markup`<h5>${title}</h5>`;
  const drawn = different.map((part) => {
    const match = parts[part] === "normalised" ? "differs in white space or colours" : "wrong";
    return markup`${heading(markup`${part} <span class="tag ${parts[part]}">${match}</span>`)}
${diffTable(shownText(expected, part), shownText(actual, part))}
${preview(bundlesOf(expected, part), bundlesOf(actual, part))}`;
  });
  const share = traceback === undefined ? 1 : tracebackShare(traceback);
  if (share < 1) {
    drawn.push(markup`${heading(markup`traceback <span class="tag">${percent(share, 1)}</span>`)}
${diffTable(tracebackText(expected), tracebackText(actual))}`);
  }
  return exact.length === 0 ? drawn : [...drawn, markup`<p class="note">As recorded: ${exact.join(", ")}.</p>`];
}
