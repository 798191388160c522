/**
 * Converts positions in code: Jupyter counts Unicode code points (since protocol 5.2), and JavaScript counts UTF-16 code units.
 *
 * @module
 */

/**
 * Converts a position to an index.
 *
 * @param position in code points; a position outside the text is moved to the nearer end
 */
export function indexOfPosition(text: string, position: number): number {
  let index = 0;
  for (let left = position; left > 0 && index < text.length; left -= 1) {
    index += text.codePointAt(index)! > 0xffff ? 2 : 1;
  }
  return index;
}

/** Converts an index to a position in code points. */
export function positionOfIndex(text: string, index: number): number {
  return [...text.slice(0, index)].length;
}
