/**
 * What the Pythons of the offline model may take of the machine.
 *
 * @module
 */

/** The limits. */
export interface KernelLimits {
  /** Processes that live at once, the spare one included. A notebook more ends the one that has waited longest for a cell. */
  processes: number;
  /** Milliseconds without a cell after which a notebook's process ends. */
  idleMs: number;
  /** Milliseconds that a cell may run before it is interrupted. */
  cellMs: number;
  /** Milliseconds without any cell after which a spare process is started for the next notebook. */
  spareDelayMs: number;
  /** Bytes that Python's own memory may grow to; then it raises a MemoryError, and the process ends with the cell. */
  pythonMemory: number;
  /** Bytes of resident memory that a process may take, with the files that cells write; then it ends at once. */
  residentMemory: number;
}

const MB = 1024 * 1024;
const MINUTE_MS = 60_000;

/** The limits, unless others are given. */
export const KERNEL_LIMITS: KernelLimits = {
  processes: 8, // a process that has done nothing takes 200 MB
  idleMs: 30 * MINUTE_MS, // as long as a meal
  cellMs: 10 * MINUTE_MS, // ten times as long as the agent waits for a silent model
  spareDelayMs: 1_000, // not while a file is run from cell to cell
  pythonMemory: 768 * MB, // what is left of the gigabyte beside Deno, Pyodide's code, and some files
  residentMemory: 1024 * MB,
};
