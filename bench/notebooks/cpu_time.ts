/**
 * What a process has used of the processors.
 *
 * @module
 */

/** How many of the kernel's ticks a second has; the same on every Linux in use. */
const TICKS_PER_SECOND = 100;

/** The processor time of a process since its start, in seconds, of its threads together; 0 where the system does not tell. */
export function cpuSeconds(pid: number): number {
  try {
    const fields = Deno.readTextFileSync(`/proc/${pid}/stat`).replace(/^.*\) /, "").split(" ");
    // Fields 14 and 15 of proc(5), the first two being gone.
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  } catch {
    return 0;
  }
}
