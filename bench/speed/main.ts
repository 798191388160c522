/**
 * Measures the agent and a baseline on the local stack, prints the table, and checks the ratios. Exits with 1 if one
 * is worse than the committed one.
 *
 * @module
 */

import { parseArgs } from "node:util";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { measureCells } from "./measure_cells.ts";
import type { Measurement } from "./measurement.ts";
import { measurePrompts } from "./measure_prompts.ts";
import { measureStarts } from "./measure_starts.ts";
import { FULL, type Plan, SHORT } from "./plan.ts";
import { readCommittedRatios, writeCommittedRatios } from "./committed_ratios.ts";
import { compareRatios, type Comparison, guardedRatios, TOLERATED_LOSS } from "./ratios.ts";
import { formatMarkdown, formatText } from "./table.ts";

const usage = `Usage: deno task bench [--short] [--check | --accept] [--markdown] [--json FILE]

Measures the agent's own time, costs and starts beside a baseline agent in the same
run, with a model of 300 ms to the first token and 60 tokens a second, and prints a
table. It takes some minutes; nothing else should run on the machine meanwhile.

  --short      the short form: less than a minute
  --check      compare the ratios with the committed ones (bench/ratios.json) and
               exit with 1 when more than ${TOLERATED_LOSS * 100} % of one is lost
  --accept     write this run's ratios to bench/ratios.json
  --markdown   print the table as Markdown
  --json FILE  write all numbers to a file
  --help       show this
`;

interface Flags {
  short: boolean;
  check: boolean;
  accept: boolean;
  markdown: boolean;
  json?: string;
}

/** Reads the flags; ends with help, or with the exit code for wrong usage. */
function readFlags(): Flags {
  const flag = { type: "boolean", default: false } as const;
  try {
    const { values: { help, ...flags } } = parseArgs({
      args: Deno.args,
      options: { short: flag, check: flag, accept: flag, markdown: flag, json: { type: "string" }, help: flag },
    });
    if (help) {
      write(usage);
      Deno.exit(0);
    }
    if (flags.check && flags.accept) throw new Error("--check and --accept cannot be combined");
    return flags;
  } catch (error) {
    write(`${(error as Error).message}\n\n${usage}`);
    Deno.exit(2);
  }
}

function write(text: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(text));
}

/** Shows the last step, on a terminal only. */
function showProgress(done: string): void {
  if (Deno.stderr.isTerminal()) Deno.stderr.writeSync(new TextEncoder().encode(`\r\x1b[K${done}`));
}

async function measure(plan: Plan): Promise<Measurement[]> {
  await using server = await startSyncServer();
  const starts = await measureStarts(server, plan, showProgress);
  const cells = await measureCells(server, plan, showProgress);
  showProgress("");
  return [...cells, ...starts, ...measurePrompts()];
}

function describe({ id, committed, measured, loss, isRegression }: Comparison): string {
  const change = measured === undefined ? "not measured" : `${committed} -> ${measured}, ${(-loss * 100).toFixed(0)} %`;
  return `${isRegression ? "LOST" : "ok  "}  ${id}: ${change}\n`;
}

const flags = readFlags();
const form = flags.short ? "short" : "full";
const committed = flags.check ? await readCommittedRatios(form) : {};
const measurements = await measure(flags.short ? SHORT : FULL);
write((flags.markdown ? formatMarkdown : formatText)(measurements));
const ratios = guardedRatios(measurements);
if (flags.json !== undefined) {
  await Deno.writeTextFile(flags.json, `${JSON.stringify({ form, measurements, ratios }, null, 2)}\n`);
}
if (flags.accept) await writeCommittedRatios(form, ratios);
const comparisons = compareRatios(committed, ratios);
if (flags.check) write(`\n${comparisons.map(describe).join("")}`);
Deno.exit(comparisons.some(({ isRegression }) => isRegression) ? 1 : 0);
