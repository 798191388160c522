/**
 * Determines whether a cell's code reads the current time.
 *
 * @module
 */

/** Calls of `datetime`, `time`, pandas and NumPy that return the current time, and the shell's `date`. */
const CLOCK_READING =
  /\b(?:now|today|utcnow|time|time_ns|ctime|asctime|localtime|gmtime)\s*\(|\btime\.strftime\s*\(|["'](?:now|today)["']|^[ \t]*!\s*date\b|\$\(date\b/m;

/**
 * Whether code may read the clock, also in a function that a later cell calls. Comments and constructors such as
 * `datetime.time(12)` match too. This does no harm: the model is then sent the time without needing it.
 *
 * @param code the cell's code as it was typed
 */
export function readsClock(code: string): boolean {
  return CLOCK_READING.test(code);
}
