/**
 * A process that tells what it has used: its answers to the lines `cpu` and `heap`.
 *
 * @module
 */

import process from "node:process";
import { lineBatches } from "../../stack/offline_model/lines.ts";

/** Says that it has begun, then answers every line of stdin until there are no more. */
export async function tellUsage(): Promise<void> {
  write("ready");
  for await (const lines of lineBatches(Deno.stdin.readable)) {
    for (const line of lines) write(String(line === "heap" ? heldHeap() : cpuMs()));
  }
}

/** The CPU time that the process has used so far, in milliseconds. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** What it holds on to, in bytes. */
function heldHeap(): number {
  const { gc } = globalThis as { gc?: () => void };
  if (gc === undefined) throw new Error("the heap is told with --v8-flags=--expose-gc");
  gc();
  return Deno.memoryUsage().heapUsed;
}

function write(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}
