/**
 * Whether a cell's code asks what time it is.
 *
 * @module
 */

/** Calls of `datetime`, `time`, pandas and NumPy that return the current time, and the shell's `date`. */
const CLOCK_READING =
  /\b(?:now|today|utcnow|time|time_ns|ctime|asctime|localtime|gmtime)\s*\(|\btime\.strftime\s*\(|["'](?:now|today)["']|^[ \t]*!\s*date\b|\$\(date\b/m;

/**
 * Whether code may read the clock, also in the body of a function that a later cell calls. A comment or a constructor such as
 * `datetime.time(12)` counts, too: to tell a model the time in vain does no harm.
 *
 * @param code the cell's code as it was typed
 */
export function readsClock(code: string): boolean {
  return CLOCK_READING.test(code);
}
