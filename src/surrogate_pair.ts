/**
 * Characters that are two UTF-16 code units, which no cut of a text may part.
 *
 * @module
 */

/**
 * Whether a code unit is the first half of a pair.
 *
 * @param code what `charCodeAt` returned; `NaN` is none
 */
export function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

/**
 * Cuts a text into pieces, never between the halves of a pair.
 *
 * @param length how many code units a piece has at most; at least 2
 */
export function* cutText(text: string, length: number): Generator<string> {
  for (let start = 0; start < text.length;) {
    let end = Math.min(start + length, text.length);
    if (end < text.length && isHighSurrogate(text.charCodeAt(end - 1))) end -= 1;
    yield text.slice(start, end);
    start = end;
  }
}
