/**
 * Draws the score by kind as a chart.
 *
 * @module
 */

import type { EvalRun, Match } from "../eval_run.ts";
import { percent } from "./figures.ts";
import { type Html, markup } from "./markup.ts";
import { letterOf } from "./run_facts.ts";
import { kindsOf, type Tally, tally } from "./statistics.ts";
import { color, percentAxis, svgChart } from "./svg_chart.ts";

/** The matches in the order in which they are stacked, with their names. */
const MATCHES: Record<Match, string> = {
  exact: "exact",
  normalised: "differs in white space or colours",
  wrong: "wrong",
};

/** The height of a bar with its gap, and of the space above and below the bars, in CSS pixels. */
const ROW_HEIGHT = 22;
const MARGINS = 30;

/** The width of labels, in CSS pixels. Longer labels are cut, so that the bars have room on a narrow screen. */
const LABEL_WIDTH = 84;

/** The bar of a kind in a run. An empty bar separates the kinds of several runs. */
interface Bar {
  label: string;
  figures?: Tally;
}

/** Draws a bar for each kind and run: the shares of cells that are exact, differ in white space or colours only, and are wrong. */
export function scoreChart(runs: readonly EvalRun[]): Html {
  const bars = barsOf(runs);
  const description = "Score by kind, in per cent of the cells; the figures are in the table by kind.";
  const chart = svgChart(description, bars.length * ROW_HEIGHT + MARGINS, () => ({
    grid: { left: LABEL_WIDTH + 8, right: 62, top: 4, bottom: MARGINS - 4, outerBoundsMode: "none" },
    xAxis: percentAxis(50),
    yAxis: [
      labels("left", bars.map(({ label }) => label)),
      labels("right", bars.map(({ figures }) => figures ? percent(figures.exact, figures.cells) : "")),
    ],
    series: Object.keys(MATCHES).map((match) => ({
      type: "bar",
      stack: "score",
      silent: true,
      barWidth: ROW_HEIGHT - 8,
      itemStyle: { color: color(match) },
      data: bars.map(({ figures }) => figures ? 100 * figures[match as Match] / figures.cells : 0),
    })),
  }));
  const legend = Object.entries(MATCHES).map(([match, name]) => markup`<li class="${match}">${name}</li>`);
  return markup`<figure><figcaption>Score by kind<span>the figure is the exact share</span></figcaption>
${chart}<ul class="legend">${legend}</ul></figure>`;
}

function barsOf(runs: readonly EvalRun[]): Bar[] {
  return kindsOf(runs.flatMap(({ cells }) => cells)).flatMap((kind, nth) => {
    const bars = runs.flatMap(({ cells }, index) => {
      const figures = tally(cells.filter((cell) => cell.kind === kind));
      return figures.cells === 0 ? [] : [{ letter: letterOf(index), figures }];
    });
    if (runs.length === 1) return bars.map(({ figures }) => ({ label: kind, figures }));
    const grouped = bars.map(({ letter, figures }, row) => ({
      label: row === 0 ? `${kind}  ${letter}` : letter,
      figures,
    }));
    return nth === 0 ? grouped : [{ label: "" }, ...grouped];
  });
}

function labels(position: "left" | "right", data: string[]) {
  return {
    type: "category" as const,
    position,
    inverse: true,
    data,
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { color: color("text"), interval: 0, width: LABEL_WIDTH, overflow: "truncate" as const },
  };
}
