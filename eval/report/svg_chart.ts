/**
 * Draws charts as static SVG.
 *
 * @module
 */

import { BarChart, type BarSeriesOption, LineChart, type LineSeriesOption } from "echarts/charts";
import { GridComponent, type GridComponentOption } from "echarts/components";
import { type ComposeOption, init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { Html, markup } from "./markup.ts";

use([BarChart, LineChart, GridComponent, SVGRenderer]);

/** The options of a chart, limited to the parts in use. */
export type ChartOption = ComposeOption<BarSeriesOption | LineSeriesOption | GridComponentOption>;

/** The two widths of a chart, in CSS pixels: its text must be readable on a telephone, too. */
const WIDTHS = { narrow: 320, wide: 560 } as const;

/** Refers to a colour of the page, light or dark. */
export function color(name: string): string {
  return `var(--${name})`;
}

/** An axis from 0 to 100 per cent, with a line at each interval. */
export function percentAxis(interval: number) {
  return {
    type: "value" as const,
    min: 0,
    max: 100,
    interval,
    axisLabel: { color: color("muted"), formatter: "{value} %" },
    splitLine: { lineStyle: { color: color("line") } },
  };
}

/**
 * Draws a chart at both widths; the page's style shows the one that fits.
 *
 * @param description the text for screen readers
 * @param height in CSS pixels
 * @param option makes the chart for a width, because a narrow one has fewer labels
 */
export function svgChart(description: string, height: number, option: (width: number) => ChartOption): Html {
  const drawings = Object.entries(WIDTHS).map(([name, width]) =>
    markup`<div class="${name}">${new Html(draw(width, height, option(width)))}</div>`
  );
  return markup`<div class="chart" role="img" aria-label="${description}">${drawings}</div>`;
}

function draw(width: number, height: number, option: ChartOption): string {
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height });
  // A static picture needs no frames; ECharts would leave a timer behind for each chart.
  chart.getZr().animation.start = () => {};
  try {
    chart.setOption({ animation: false, textStyle: { fontFamily: "inherit" }, ...option });
    return withoutHover(chart.renderToSVGString({ useViewBox: true }));
  } finally {
    chart.dispose();
  }
}

/** Removes the style sheet that ECharts adds for the pointer, and its names, which are numbered by the process. */
function withoutHover(svg: string): string {
  return svg.replace(/<style\b[\s\S]*?<\/style>/g, "").replace(/ (?:class|ecmeta_\w+|pointer-events)="[^"<>]*"/g, "");
}
