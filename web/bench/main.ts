/**
 * `deno task bench:page`: measures the typing latency in a notebook of 300 cells, and the size of the page.
 *
 * @module
 */

import { median, quantile } from "../../bench/speed/quantile.ts";
import { chromiumNote, hasChromium } from "../test/browser/chromium.ts";
import { measurePage } from "./measure_page.ts";

const CELLS = 300;

/** The goals on two idle cores: milliseconds from a key press to its letter on the screen, and bytes that a browser loads. */
const MEDIAN_MS = 16;
const P95_MS = 80;
const MOST_BYTES = 3_000_000;

const usage = `Usage: deno task bench:page

Types into the middle of a notebook of ${CELLS} cells in Chromium, and prints how long a letter takes to appear
and how much a browser loads to open the page.
`;

const write = (text: string) => Deno.stdout.writeSync(new TextEncoder().encode(text));

if (Deno.args.length > 0) {
  write(usage);
  Deno.exit(Deno.args.includes("--help") ? 0 : 2);
}
if (!hasChromium) {
  write(`Nothing was measured${chromiumNote}\n`);
  Deno.exit(1);
}

const { latenciesMs, bytes } = await measurePage(CELLS);
const row = (what: string, value: number, goal: number, format: (value: number) => string) =>
  write(
    `${what.padEnd(40)} ${format(value).padStart(9)}  goal ${format(goal)}: ${value <= goal ? "kept" : "MISSED"}\n`,
  );
const ms = (value: number) => `${value.toFixed(1)} ms`;
row(`key to letter, ${CELLS} cells, median`, median(latenciesMs), MEDIAN_MS, ms);
row(`key to letter, ${CELLS} cells, p95`, quantile(latenciesMs, 0.95), P95_MS, ms);
row("loaded by a browser", bytes, MOST_BYTES, (value) => `${(value / 1e6).toFixed(2)} MB`);
