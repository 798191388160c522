/**
 * Cuts text without splitting characters that consist of two UTF-16 code units.
 *
 * @module
 */

/**
 * Whether a code unit is the first of a surrogate pair.
 *
 * @param code the result of `charCodeAt`; `NaN` gives false
 */
export function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

/**
 * Cuts a text into pieces, but never within a surrogate pair.
 *
 * @param length the maximum length of a piece, in code units; at least 2
 */
export function* cutText(text: string, length: number): Generator<string> {
  for (let start = 0; start < text.length;) {
    let end = Math.min(start + length, text.length);
    if (end < text.length && isHighSurrogate(text.charCodeAt(end - 1))) end -= 1;
    yield text.slice(start, end);
    start = end;
  }
}
