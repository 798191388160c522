/**
 * Reports the resources that a process has used: answers the lines `cpu` and `heap`.
 *
 * @module
 */

import process from "node:process";
import { lineBatches } from "../../stack/offline_model/lines.ts";

/** Writes `ready`, then answers every line of stdin until stdin ends. */
export async function reportUsage(): Promise<void> {
  write("ready");
  for await (const lines of lineBatches(Deno.stdin.readable)) {
    for (const line of lines) write(String(line === "heap" ? heldHeap() : cpuMs()));
  }
}

/** Returns the CPU time that the process has used so far, in milliseconds. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

function heldHeap(): number {
  const { gc } = globalThis as { gc?: () => void };
  if (gc === undefined) throw new Error("measuring the heap needs --v8-flags=--expose-gc");
  gc();
  return Deno.memoryUsage().heapUsed;
}

function write(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}
