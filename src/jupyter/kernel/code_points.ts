/**
 * Positions in code: Jupyter counts Unicode code points (since protocol 5.2), and JavaScript counts UTF-16 units.
 *
 * @module
 */

/**
 * Turns a position of Jupyter's into an index.
 *
 * @param position counted in code points; what lies outside the text is brought to its nearer end
 */
export function indexOfPosition(text: string, position: number): number {
  let index = 0;
  for (let left = position; left > 0 && index < text.length; left -= 1) {
    index += text.codePointAt(index)! > 0xffff ? 2 : 1;
  }
  return index;
}

/** Turns an index into a position of Jupyter's. */
export function positionOfIndex(text: string, index: number): number {
  return [...text.slice(0, index)].length;
}
