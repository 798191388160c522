/**
 * Runs a command to its end, and measures its time and memory.
 *
 * @module
 */

import { peakMemory } from "../peak_memory.ts";

/**
 * The interval between two readings of the memory, in milliseconds. The system keeps the peak until the process ends.
 */
const READ_EVERY_MS = 50;

export interface MeasuredRun {
  seconds: number;
  /** The peak memory of the process without its children, in bytes; absent if the system does not report it. */
  bytes: number | undefined;
}

/** Resolves with `undefined` if the command does not exist or fails. */
export async function measureRun(
  command: string,
  args: readonly string[],
  cwd: string,
): Promise<MeasuredRun | undefined> {
  const started = performance.now();
  let process: Deno.ChildProcess;
  try {
    process = new Deno.Command(command, { args: [...args], cwd, stdin: "null", stdout: "null", stderr: "null" })
      .spawn();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
  let bytes: number | undefined;
  const timer = setInterval(() => bytes = peakMemory(process.pid) ?? bytes, READ_EVERY_MS);
  const { success } = await process.status;
  clearInterval(timer);
  return success ? { seconds: (performance.now() - started) / 1_000, bytes } : undefined;
}
