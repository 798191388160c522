/**
 * Parts of pictures for the tests of `checkDrawingCost()`.
 *
 * @module
 */

const XMLNS = 'xmlns="http://www.w3.org/2000/svg"';
export const LARGE = 'width="1448" height="1448"';
export const PLOT = 'width="640" height="480"';

export const picture = (content: string, size = PLOT) => `<svg ${XMLNS} ${size}>${content}</svg>`;
