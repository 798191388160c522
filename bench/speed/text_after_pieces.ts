/**
 * How much of a text can be read after each piece of the arguments that hold it.
 *
 * @module
 */

/** What stands before the text in the arguments of `stdout`. */
const BEFORE = `{"text":"`;

/**
 * The length of the text that can be read after each piece, in characters.
 *
 * @param pieces the arguments of a call of `stdout`, as JSON, cut anywhere but within the escape of a character by its number
 */
export function textAfterPieces(pieces: readonly string[]): number[] {
  let args = "";
  return pieces.map((piece) => {
    args += piece;
    const escaped = args.slice(BEFORE.length).replace(/"\}?$/, (end, at, all) => all[at - 1] === "\\" ? end : "");
    // A lone backslash at the end is half of an escape.
    const whole = /(?:^|[^\\])(?:\\\\)*\\$/.test(escaped) ? escaped.slice(0, -1) : escaped;
    return JSON.parse(`"${whole}"`).length;
  });
}
