/**
 * Draws the time to the first output as a chart.
 *
 * @module
 */

import { counted } from "../../src/terminal/counted.ts";
import type { EvalRun } from "../eval_run.ts";
import { duration } from "./figures.ts";
import { type Html, markup } from "./markup.ts";
import { letterOf } from "./run_facts.ts";
import { firstOutputs, percentile } from "./statistics.ts";
import { color, percentAxis, svgChart } from "./svg_chart.ts";

const HEIGHT = 260;

/** The width of a label of time, in CSS pixels. */
const LABEL_WIDTH = 50;

/** How many colours the page has for runs. */
const RUN_COLORS = 6;

/** Draws for each run the share of its cells that had an output by a time, on a logarithmic scale. */
export function firstOutputChart(runs: readonly EvalRun[]): Html {
  const times = runs.map(({ cells }) => firstOutputs(cells));
  const caption =
    markup`<figcaption>Time to the first output<span>share of cells that had one by then</span></figcaption>`;
  if (times.every(({ length }) => length === 0)) {
    return markup`<figure>${caption}<p class="note">No cell had an output.</p></figure>`;
  }
  const ticks = ticksAround(times.flat());
  const description = "Time to the first output, as the share of cells that had one by then; p50 and p95 are above.";
  const chart = svgChart(description, HEIGHT, (width) => {
    const labelled = ticks.length > mostLabels(width) ? ticks.filter(isPowerOfTen) : ticks;
    return {
      grid: { left: 44, right: 24, top: 10, bottom: 28, outerBoundsMode: "none" },
      xAxis: {
        type: "value",
        min: Math.log10(ticks[0]),
        max: Math.log10(ticks.at(-1)!),
        axisTick: { show: false },
        axisLabel: {
          color: color("muted"),
          customValues: labelled.map(Math.log10),
          formatter: (power: number) => shortDuration(10 ** power),
        },
        axisLine: { show: true, lineStyle: { color: color("line") } },
        splitLine: { show: false },
      },
      yAxis: percentAxis(25),
      series: times.map((values, index) => ({
        type: "line" as const,
        silent: true,
        symbol: "none",
        step: "end" as const,
        lineStyle: { color: color(runColor(index)), width: 2 },
        data: steps(values, ticks),
      })),
    };
  });
  const legend = runs.map(({ model }, index) =>
    markup`<li class="${runColor(index)}">${runs.length === 1 ? model : `${letterOf(index)}  ${model}`}: ${
      counted(times[index].length, "cell")
    }</li>`
  );
  return markup`<figure>${caption}${chart}<ul class="legend">${legend}</ul></figure>`;
}

function mostLabels(width: number): number {
  return Math.floor(width / LABEL_WIDTH);
}

function isPowerOfTen(ms: number): boolean {
  return Number.isInteger(Math.log10(ms));
}

function runColor(index: number): string {
  return `run-${index % RUN_COLORS}`;
}

/** Returns one step for each percentile: as exact as can be seen, for any number of cells. */
function steps(values: readonly number[], ticks: readonly number[]): [number, number][] {
  if (values.length === 0) return [];
  const reached = Array.from({ length: 100 }, (_, index): [number, number] => [
    percentile(values, index + 1)!,
    index + 1,
  ]);
  const ends: [number, number][] = [[ticks[0], 0], ...reached, [ticks.at(-1)!, 100]];
  return ends.map(([ms, share]) => [Math.log10(Math.max(ms, ticks[0])), share]);
}

/** Lists the round times 1, 2, 5, 10 ... ms from the last below all values to the first above them. */
function ticksAround(values: readonly number[]): number[] {
  const [least, most] = values.reduce(([low, high], ms) => [Math.min(low, ms), Math.max(high, ms)], [Infinity, 0]);
  const round = Array.from({ length: 27 }, (_, index) => [1, 2, 5][index % 3] * 10 ** (Math.floor(index / 3) - 1));
  const first = Math.max(0, round.findLastIndex((tick) => tick < least));
  const last = round.findIndex((tick) => tick > most);
  return round.slice(first, last < 0 ? undefined : Math.max(last, first + 2) + 1);
}

/** Formats round times without decimals: `0.1 ms`, `50 ms`, `2 s`. */
function shortDuration(ms: number): string {
  const round = Number(ms.toPrecision(2));
  if (round < 1) return duration(round);
  return round < 1000 ? `${round} ms` : `${round / 1000} s`;
}
