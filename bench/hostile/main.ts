/**
 * Runs hostile inputs, each in a separate agent that also serves a second notebook, and prints their cost.
 *
 * @module
 */

import { parseArgs } from "node:util";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { hostileCells } from "../../test/support/hostile/hostile_cells.ts";
import { type HostileCost, measure } from "./measure.ts";

/** The goals: a person does not wait longer, a small machine has enough memory, and a second Ctrl-C is not needed. */
const GOALS: Record<keyof HostileCost, number> = { cellMs: 2_000, otherMs: 2_000, peak: 700e6, exitMs: 5_000 };

const usage = `Usage: deno task bench:hostile [--only TEXT]

Runs each hostile input, or those whose name contains TEXT, in its own agent,
which is attached to two notebooks. Prints how long the cell took, how long a
plain cell of the other notebook waited, the agent's peak of resident memory
(from /proc; "-" without it), and how long Ctrl-C took in the middle of the same
input. Values that miss their goals (2 s, 2 s, 700 MB, 5 s) are marked with "!".
`;

const write = (text: string) => Deno.stdout.writeSync(new TextEncoder().encode(text));

function readOnly(): string {
  try {
    const { values } = parseArgs({
      args: Deno.args,
      options: { only: { type: "string", default: "" }, help: { type: "boolean" } },
    });
    if (values.help) {
      write(usage);
      Deno.exit(0);
    }
    return values.only;
  } catch (error) {
    write(`${(error as Error).message}\n\n${usage}`);
    Deno.exit(2);
  }
}

const only = readOnly();
const chosen = hostileCells.filter(({ name }) => name.includes(only));
const width = Math.max(...chosen.map(({ name }) => name.length));
const ms = (value: number) => Number.isFinite(value) ? `${value.toFixed(0)} ms` : "> 60 s";
const mb = (value: number) => `${(value / 1e6).toFixed(0)} MB`;
const columns: [keyof HostileCost, string, (value: number) => string][] = [
  ["cellMs", "cell", ms],
  ["otherMs", "other", ms],
  ["peak", "peak", mb],
  ["exitMs", "Ctrl-C", ms],
];
const row = (name: string, values: string[]) =>
  write(`${name.padEnd(width)}${values.map((text) => text.padStart(11)).join("")}\n`);

await using server = await startSyncServer();
const worst: Required<HostileCost> = { cellMs: 0, otherMs: 0, peak: 0, exitMs: 0 };
const missed = new Set<string>();
row("", columns.map(([, title]) => title));
for (const hostile of chosen) {
  const cost = await measure(server, hostile);
  row(
    hostile.name,
    columns.map(([key, , show]) => {
      const value = cost[key];
      if (value === undefined) return "-";
      worst[key] = Math.max(worst[key], value);
      if (value <= GOALS[key]) return show(value);
      missed.add(hostile.name);
      return `! ${show(value)}`;
    }),
  );
}
row("worst", columns.map(([key, , show]) => show(worst[key])));
write(`\n${chosen.length - missed.size} of ${chosen.length} inputs keep all goals\n`);
