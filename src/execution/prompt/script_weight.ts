/**
 * The number of tokens of non-ASCII characters, by script.
 *
 * @module
 */

/**
 * The first character of each range, and the tokens per character. They were measured as described in `token_estimate.ts`. Each
 * range begins at a multiple of 16.
 */
const RANGES: readonly [first: number, tokens: number][] = [
  [0x0080, 1.1], // °, ±, »
  [0x00c0, 1.5], // é, ł, ş: they break a word
  [0x0250, 1.1],
  [0x0370, 0.92], // Greek
  [0x0400, 1],
  [0x0410, 0.45], // Russian
  [0x0450, 1],
  [0x0530, 1.8], // Armenian
  [0x0590, 1.05], // Hebrew
  [0x0600, 0.75], // Arabic
  [0x0780, 1.1], // Hindi and others
  [0x0980, 1.3], // Bengali, Tamil and their neighbours
  [0x0e00, 0.95], // Thai
  [0x0e80, 1.8], // Lao, Burmese, Georgian and others
  [0x1e00, 1.2], // Vietnamese
  [0x1f00, 1.1],
  [0x2000, 1.3], // Signs
  [0x2500, 1], // Boxes and blocks
  [0x25a0, 1.3],
  [0x2e80, 1.12], // Chinese and Japanese
  [0xac00, 1.15], // Korean
  [0xd800, 1.4], // Halves of emoji
  [0xe000, 1.3],
  [0xf900, 1.12],
  [0xfb00, 1.3],
  [0xff00, 1.12], // Letters of full width
  [0x10000, 0],
];

const WEIGHTS = new Float64Array(0x1000);
for (const [index, [first, tokens]] of RANGES.slice(0, -1).entries()) {
  WEIGHTS.fill(tokens, first >> 4, RANGES[index + 1][0] >> 4);
}

/** The tokens of each further line or block character in a run of equal ones, as in tables and progress bars. */
const LINE = 0.125;
const BLOCK = 0.5;

/**
 * Returns the tokens of a non-ASCII character.
 *
 * @param code its UTF-16 code unit, 0x80 or more
 * @param inARun whether it follows several equal characters
 */
export function scriptWeight(code: number, inARun: boolean): number {
  if (!inARun) return WEIGHTS[code >> 4];
  if (code >= 0x2500 && code < 0x25a0) return code < 0x2580 ? LINE : BLOCK;
  return Math.max(WEIGHTS[code >> 4], 1);
}
