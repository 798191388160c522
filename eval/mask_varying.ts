/**
 * Masks what differs between two runs of a real kernel, and nothing else.
 *
 * @module
 */

/** Something that varies. */
interface Mask {
  /** Finds it. */
  pattern: RegExp;
  /** What stands in its place. */
  replacement: string;
}

/** A duration as `%time` and `%timeit` print it: `22.6 µs`, `1min 3s`. */
const DURATION = String.raw`\d+(?:\.\d+)?(?:e[+-]\d+)? ?(?:ns|[µμu]s|ms|s|min|h|d)\b(?: \d+(?:\.\d+)?s)?`;

/** All that varies, as found by recording twice with `record/record.py`. */
const masks: readonly Mask[] = [
  // `<__main__.A at 0x7ff584bb1bd0>`
  { pattern: /\bat 0x[0-9A-Fa-f]+/g, replacement: "at <address>" },
  // Where a cell's code is kept while it runs: the kernel's pid and a hash of the code, in warnings and syntax errors.
  { pattern: /\/tmp\/ipykernel_\d+\/\d+\.py/g, replacement: "<cell file>" },
  { pattern: /\(\d+\.py, line (?=\d+\)$)/g, replacement: "(<cell file>, line " },
  // `display_id=True` makes one up.
  { pattern: /\bdisplay_id=[0-9a-f]{32}\b/g, replacement: "display_id=<made up>" },
  // Only on the lines of %time and %timeit: a program that prints a duration must print the right one.
  { pattern: durationsOnLines(String.raw`(?:CPU times|Wall time):`), replacement: "<duration>" },
  { pattern: new RegExp(`${DURATION} ± ${DURATION}(?= per loop )`, "g"), replacement: "<duration> ± <duration>" },
  // %timeit says so where another program used the processor meanwhile.
  { pattern: /^The slowest run took .* times longer than the fastest\..*\n/gm, replacement: "" },
];

/** Masks everything that varies in a text. */
export function maskVarying(text: string): string {
  return masks.reduce((masked, { pattern, replacement }) => masked.replace(pattern, replacement), text);
}

/** Finds the durations on lines that begin in a certain way. */
function durationsOnLines(beginning: string): RegExp {
  return new RegExp(`(?<=^${beginning}.*)${DURATION}`, "gm");
}
