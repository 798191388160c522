/**
 * Runs a command to its end, and measures its time and memory.
 *
 * @module
 */

import { peakMemory } from "../peak_memory.ts";

/** How often the memory is read, in milliseconds: its peak does not go away before the process does. */
const READ_EVERY_MS = 50;

/** What a run has taken. */
export interface MeasuredRun {
  /** From the start to the end, in seconds. */
  seconds: number;
  /** The most memory of the process, its children left out, in bytes; absent where the system does not say. */
  bytes: number | undefined;
}

/**
 * Measures a command.
 *
 * @returns `undefined` where there is no such command, or it fails
 */
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
