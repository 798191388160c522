/**
 * Reads the processor time of a process.
 *
 * @module
 */

/** The kernel's ticks in a second, the same on all common Linux systems. */
const TICKS_PER_SECOND = 100;

/**
 * Returns the processor time of a process since its start, in seconds, summed over its threads; 0 if the system does
 * not report it.
 */
export function cpuSeconds(pid: number): number {
  try {
    const fields = Deno.readTextFileSync(`/proc/${pid}/stat`).replace(/^.*\) /, "").split(" ");
    // Fields 14 and 15 of proc(5). The first two have been cut off.
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  } catch {
    return 0;
  }
}
