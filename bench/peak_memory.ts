/**
 * Reads the peak memory of a process.
 *
 * @module
 */

/** `VmHWM: 123456 kB`, of Linux. */
const HIGH_WATER_MARK = /^VmHWM:\s+(\d+) kB$/m;

/**
 * Reads the peak of a process's resident set so far, in bytes; `undefined` if the system has no `/proc` or the
 * process has ended.
 */
export function peakMemory(pid: number): number | undefined {
  try {
    const [, kilobytes] = HIGH_WATER_MARK.exec(Deno.readTextFileSync(`/proc/${pid}/status`)) ?? [];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } catch {
    return undefined;
  }
}
