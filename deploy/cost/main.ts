/**
 * `deno task deploy:cost`: measures how much cells add to a notebook's log, and prints the cost of a month of many
 * notebooks.
 *
 * @module
 */

import { misused, readFlags, write } from "../task.ts";
import { type LogCosts, type LogShare, type Month, monthOf, type Usage } from "./bill.ts";
import { measureLogCosts } from "./measure.ts";

const usage = `Usage: deno task deploy:cost [--notebooks N]

Measures on a local stack how many events and bytes cells and an attached agent
add to a notebook's log, and prints what a month of N notebooks costs on
Cloudflare: with agents that are always attached, and with agents that are
attached only while a person uses the notebook.

  --notebooks N  how many (default: 10000)
  --help         show this
`;

/**
 * The use in a month of 20 working days, however agents are attached: 30 cells a day, every tenth with a figure, of
 * which one in the month is too large for an event.
 */
const people = { cells: 600, streamedSeconds: 3, figures: 59, artifacts: 1, openings: 40 };

/** The two ways to attach agents: all month, or twice a working day for an hour. */
const ways = {
  "always attached": { attachments: 1, attachedHours: 720 },
  "attached on demand": { attachments: 40, attachedHours: 1 },
};

/** How long the measured cell streams, in seconds: long enough that its first and last event hardly matter. */
const streamedSeconds = 10;

/** The longest time that measuring may take, in milliseconds. It takes about 25 s. */
const measureDeadlineMs = 180_000;

/** Formats a number with three digits. */
function short(number: number): string {
  const compact = { notation: "compact", maximumSignificantDigits: 3 } as const;
  return number.toLocaleString("en-US", number < 1000 ? { maximumSignificantDigits: 3 } : compact);
}

function shareLine(name: string, { events, bytes }: LogShare): string {
  return `  ${name.padEnd(26)}${short(events).padStart(7)} events ${short(bytes).padStart(7)} bytes\n`;
}

function writeCosts(costs: LogCosts): void {
  write("Measured, in one notebook's log:\n");
  write(shareLine("a cell, written and run", costs.cell));
  write(shareLine("a second of streaming", costs.streamedSecond));
  write(shareLine("a figure of 20 KB", costs.figure));
  write(shareLine("a renewal, every 15 s", costs.renewal));
  write(shareLine("attaching and detaching", costs.attachment));
}

function writeMonth(name: string, notebooks: number, month: Month): void {
  const { log, renewals, amounts, dollars, eventsPerSecond, daysUntilFull, databases } = month;
  write(`\n${short(notebooks)} notebooks, ${name}, in the first month:\n`);
  write(shareLine("the log of one grows by", log));
  write(`  of these events are renewals ${(100 * renewals.events / log.events).toFixed(0)} %\n`);
  for (const [what, amount] of Object.entries(amounts) as [keyof typeof amounts, number][]) {
    write(`  ${what.padEnd(26)}${short(amount).padStart(7)} ${`$${dollars[what].toFixed(2)}`.padStart(12)}\n`);
  }
  write(`  ${"subscription".padEnd(33)} ${`$${dollars.subscription.toFixed(2)}`.padStart(12)}\n`);
  write(`  ${"total".padEnd(33)} ${`$${dollars.total.toFixed(2)}`.padStart(12)}\n`);
  write(`  D1 takes ${short(eventsPerSecond)} events a second while all agents are attached,\n`);
  write(
    `  one database is full after ${
      short(daysUntilFull)
    } days, and it takes ${databases.byWrites} by writes a second\n`,
  );
  write(`  and ${short(databases.byGrowth)} by a month's growth\n`);
}

const task = { name: "deploy:cost", usage };
const flags = readFlags(task, { notebooks: { type: "string", default: "10000" } });
const notebooks = Number(flags.notebooks);
if (!Number.isInteger(notebooks) || notebooks < 1) {
  misused(task, `--notebooks must be a whole number, 1 or more, not ${JSON.stringify(flags.notebooks)}`);
}
const costs = await measureLogCosts(streamedSeconds, AbortSignal.timeout(measureDeadlineMs));
writeCosts(costs);
for (const [name, way] of Object.entries(ways)) {
  const inAMonth: Usage = { notebooks, ...people, ...way };
  writeMonth(name, notebooks, monthOf(inAMonth, costs));
}
Deno.exit(0);
