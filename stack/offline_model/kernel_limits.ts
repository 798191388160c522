/**
 * Limits on the machine's resources that the offline model's Python processes may use.
 *
 * @module
 */

export interface KernelLimits {
  /**
   * Processes that may run at once, including the spare one. A further notebook ends the process that has been idle
   * longest.
   */
  processes: number;
  /** Milliseconds without a cell after which a notebook's process ends. */
  idleMs: number;
  /** Milliseconds that a cell may run before it is interrupted. */
  cellMs: number;
  /** Milliseconds without any cell after which a spare process is started for the next notebook. */
  spareDelayMs: number;
  /**
   * Bytes to which Python's memory may grow. Beyond them Python raises a MemoryError, and the process ends after the
   * cell.
   */
  pythonMemory: number;
  /**
   * Bytes of resident memory that a process may use, including the files that cells write. Beyond them it ends at
   * once.
   */
  residentMemory: number;
}

const MB = 1024 * 1024;
const MINUTE_MS = 60_000;

export const KERNEL_LIMITS: KernelLimits = {
  processes: 8, // a process that has done nothing takes 200 MB
  idleMs: 30 * MINUTE_MS, // a break of half an hour keeps the process
  cellMs: 10 * MINUTE_MS, // ten times as long as the agent waits for a silent model
  spareDelayMs: 1_000, // no start between the cells of a running file
  pythonMemory: 768 * MB, // the gigabyte below, minus Deno, Pyodide's code and some files
  residentMemory: 1024 * MB,
};
