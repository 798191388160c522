/**
 * Masks exactly those parts of a text that differ between two runs of a real kernel.
 *
 * @module
 */

interface Mask {
  pattern: RegExp;
  /** Replaces the text. */
  replacement: string | ((text: string) => string);
}

/** A duration as `%time` and `%timeit` print it: `22.6 μs`, `1min 3s`. */
const DURATION = String.raw`\d+(?:\.\d+)?(?:e[+-]\d+)? ?(?:ns|[µμu]s|ms|s|min|h|d)\b(?: \d+(?:\.\d+)?s)?`;

/** A file of Python's own library, or of a part that is frozen into the interpreter. */
const LIBRARY = String.raw`(?:/usr/lib/python3\.\d+/[\w./]+\.py|<frozen [\w.]+>)`;

/** A change of colour, if there is one. */
const COLOUR = String.raw`(?:\x1b\[[\d;]*m)?`;

/** Everything that varies, as found by recording twice with `record/record.py`. */
const masks: readonly Mask[] = [
  // `<__main__.A at 0x7ff584bb1bd0>`
  { pattern: /\bat 0x[0-9A-Fa-f]+/g, replacement: "at <address>" },
  // The file of a cell's code while it runs, in warnings and syntax errors: the kernel's pid and a hash of the code.
  { pattern: /\/tmp\/ipykernel_\d+\/\d+\.py/g, replacement: "<cell file>" },
  { pattern: /\(\d+\.py, line (?=\d+\)$)/g, replacement: "(<cell file>, line " },
  // Where IPython is installed, and the line of it that ran the cell.
  { pattern: /[^\s"]*\/IPython\/(core\/\w+\.py)(?:", line |:)\d+/g, replacement: "<IPython>/$1" },
  // `display_id=True` generates an id.
  { pattern: /(?<=\bdisplay_id(?:=|":"))[0-9a-f]{32}\b/g, replacement: "<made up>" },
  // Patch releases of Python move the lines of its standard library: in IPython's frames and in Python's.
  { pattern: new RegExp(`(?<=^ *File ${LIBRARY}):\\d+`, "gm"), replacement: ":<line>" },
  {
    pattern: new RegExp(`^File ${LIBRARY}.*\n(?:.+\n)*`, "gm"),
    replacement: (frame) => frame.replace(/^(?:-*(>?)| {3}\(\.\.\.\)) *\d+/gm, "$1 <line>"),
  },
  {
    pattern: new RegExp(`(?<=\\bFile ${COLOUR}"${LIBRARY}"${COLOUR}, line ${COLOUR})\\d+`, "g"),
    replacement: "<line>",
  },
  // Only on the lines of %time and %timeit: if a program prints a duration, the model must print the right one.
  { pattern: durationsOnLines(String.raw`(?:CPU times|Wall time):`), replacement: "<duration>" },
  { pattern: new RegExp(`${DURATION} ± ${DURATION}(?= per loop )`, "g"), replacement: "<duration> ± <duration>" },
  // unittest tells how long all tests took.
  { pattern: /(?<=^Ran \d+ tests? in )\d+\.\d{3}s$/gm, replacement: "<duration>" },
  // %timeit prints this if another program used the processor meanwhile.
  { pattern: /^The slowest run took .* times longer than the fastest\..*\n/gm, replacement: "" },
];

export function maskVarying(text: string): string {
  return masks.reduce(
    (masked, { pattern, replacement }) =>
      typeof replacement === "string" ? masked.replace(pattern, replacement) : masked.replace(pattern, replacement),
    text,
  );
}

/** Finds the durations on lines that begin in a certain way. */
function durationsOnLines(beginning: string): RegExp {
  return new RegExp(`(?<=^${beginning}.*)${DURATION}`, "gm");
}
