/**
 * Compares one notebook with many in one agent process: first output, memory, load.
 *
 * @module
 */

import { parseArgs } from "node:util";
import { measure, type Measurement } from "./measure.ts";

/** The pace of a current hosted model. */
const FIRST_TOKEN_MS = 300;
const TOKENS_PER_SECOND = 60;

const usage = `Usage: deno task bench:notebooks [--notebooks N] [--cells N] [--tokens N]

Serves one notebook, then N (default: 50) with one agent process. In each
notebook a person runs cells (default: 4) without a break. A model begins each
answer after ${FIRST_TOKEN_MS} ms and writes ${TOKENS_PER_SECOND} tokens/s (default: 400 tokens a cell). Prints
both measurements and their ratio. The single notebook runs at least 20 cells, so
that there is a 95th percentile. Loads are read from /proc; without it they are 0.
`;

const write = (text: string) => Deno.stdout.writeSync(new TextEncoder().encode(text));

function misused(message: string): never {
  write(`${message}\n\n${usage}`);
  Deno.exit(2);
}

function readNumbers() {
  const text = (value: string) => ({ type: "string", default: value }) as const;
  try {
    const { values } = parseArgs({
      args: Deno.args,
      options: { notebooks: text("50"), cells: text("4"), tokens: text("400"), help: { type: "boolean" } },
    });
    if (values.help) {
      write(usage);
      Deno.exit(0);
    }
    return { notebooks: Number(values.notebooks), cells: Number(values.cells), tokens: Number(values.tokens) };
  } catch (error) {
    misused((error as Error).message);
  }
}

const { notebooks, cells, tokens } = readNumbers();
for (const [name, value, least] of [["notebooks", notebooks, 2], ["cells", cells, 1], ["tokens", tokens, 1]] as const) {
  if (!Number.isSafeInteger(value) || value < least) misused(`--${name} must be a whole number, ${least} or more`);
}
const pace = { firstTokenMs: FIRST_TOKEN_MS, tokensPerSecond: TOKENS_PER_SECOND, tokens };
const spreadMs = FIRST_TOKEN_MS + tokens * 1000 / TOKENS_PER_SECOND;

/** With fewer cells, the 95th percentile is the slowest cell. */
const LEAST_CELLS = 20;
const one = await measure({ notebooks: 1, pace, workload: { cells: Math.max(cells, LEAST_CELLS), spreadMs: 0 } });
const many = await measure({ notebooks, pace, workload: { cells, spreadMs } });

const percentile = (values: number[], share: number) =>
  values.toSorted((a, b) => a - b)[Math.ceil(share * values.length) - 1];
const firsts = ({ times }: Measurement) => times.map(({ firstOutput }) => firstOutput);
const ms = (value: number) => `${value.toFixed(0)} ms`;
const mb = (value: number) => `${(value / 1e6).toFixed(1)} MB`;
const share = (value: number) => `${(100 * value).toFixed(0)} %`;
const row = (name: string, values: string[]) =>
  write(`${name.padEnd(36)}${values.map((text) => text.padStart(12)).join("")}\n`);
const compare = (name: string, of: (each: Measurement) => number, show: (value: number) => string) =>
  row(name, [show(of(one)), show(of(many)), (of(many) / of(one)).toFixed(2)]);
const more = (name: string, of: (each: Measurement) => number) =>
  row(name, [mb(of(one)), mb(of(many)), mb((of(many) - of(one)) / (notebooks - 1))]);

row("", ["1", String(notebooks), "ratio"]);
compare("first output, p50", (each) => percentile(firsts(each), 0.5), ms);
compare("first output, p95", (each) => percentile(firsts(each), 0.95), ms);
compare("first output, slowest", (each) => Math.max(...firsts(each)), ms);
compare("whole cell, p50", (each) => percentile(each.times.map(({ completed }) => completed), 0.5), ms);
compare("start to all attached", (each) => each.attachedMs, ms);
compare("processor time of the agent a cell", (each) => each.cpuMsPerCell, ms);
compare("events/s a notebook", (each) => each.eventsPerSecond, (value) => value.toFixed(1));
for (const process of ["agent", "sync server", "model", "visitors"] as const) {
  compare(`load of one processor, ${process}`, (each) => each.load[process], share);
}
row("", ["1", String(notebooks), "a notebook"]);
for (const when of ["idle", "used"] as const) {
  const cells = when === "idle" ? "before the cells" : "after them";
  more(`resident, ${cells}`, (each) => each[when].rss);
  more(`heap, ${cells}`, (each) => each[when].heapUsed);
  more(`outside the heap, ${cells}`, (each) => each[when].external);
  more(`SQLite's, ${cells}`, (each) => each[when].wasm);
}
