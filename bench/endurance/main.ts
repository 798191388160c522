/**
 * Runs cells in one agent for minutes and checks that its memory and speed stay the same. Exits with 1 when a promise
 * is broken.
 *
 * @module
 */

import { parseArgs } from "node:util";
import { endure } from "./endure.ts";
import { heldMemory, inMB, lastingPromises, timelyPromises } from "./promises.ts";

const usage = `Usage: deno task bench:endurance [--executions N]

Runs N cells (default: 2000; at least 400) one after the other in one agent and
prints the memory and resources that it holds after each quarter of them.
`;

function misused(message: string): never {
  write(`${message}\n\n${usage}`);
  Deno.exit(2);
}

function readExecutions(): number {
  try {
    const { values } = parseArgs({ args: Deno.args, options: { executions: { type: "string", default: "2000" } } });
    const executions = Number(values.executions);
    if (Number.isInteger(executions) && executions >= 400) return executions;
  } catch (error) {
    misused((error as Error).message);
  }
  misused("--executions must be a whole number, 400 or more");
}

function write(text: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(text));
}

const executions = readExecutions();
const report = await endure({
  executions,
  readEvery: Math.floor(executions / 4),
  onProgress: (done) => done % 100 === 0 && write(`\r${done} of ${executions}`),
});

write("\r cells  held MB  heap MB  external MB  wasm MB  rss MB  timers  listeners  fibers  files\n");
for (const { executions, signs } of report.readings) {
  const { heapUsed, external, wasm, rss, timers, abortListeners, fibers, openFiles } = signs;
  const columns = [
    [String(executions), 6],
    [inMB(heldMemory(signs)), 9],
    [inMB(heapUsed), 9],
    [inMB(external), 13],
    [inMB(wasm), 9],
    [inMB(rss), 8],
    [String(timers), 8],
    [String(abortListeners), 11],
    [String(fibers), 8],
    [String(openFiles), 7],
  ] as const;
  write(`${columns.map(([text, width]) => text.padStart(width)).join("")}\n`);
}
const promises = [...lastingPromises(report), ...timelyPromises(report)];
write("\n");
for (const { kept, promise, measured } of promises) write(`${kept ? "kept  " : "BROKEN"}  ${promise}: ${measured}\n`);
write(`\n${executions} cells in ${(report.durationMs / 1000).toFixed(0)} s\n`);
Deno.exit(promises.every(({ kept }) => kept) ? 0 : 1);
