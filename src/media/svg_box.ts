/**
 * Bounding boxes of parts of an SVG.
 *
 * @module
 */

/** A rectangle: [left, top, right, bottom]. */
export type Box = readonly [number, number, number, number];

/** The box of a part whose position is unknown. */
export const EVERYWHERE: Box = [-Infinity, -Infinity, Infinity, Infinity];

/** The empty box. */
export const NOWHERE: Box = [Infinity, Infinity, -Infinity, -Infinity];

/** Returns the smallest box that contains two boxes. */
export function union(one: Box, other: Box): Box {
  return [
    Math.min(one[0], other[0]),
    Math.min(one[1], other[1]),
    Math.max(one[2], other[2]),
    Math.max(one[3], other[3]),
  ];
}

/** Returns a box that is larger by a length on each side. */
export function grown([left, top, right, bottom]: Box, by: number): Box {
  return [left - by, top - by, right + by, bottom + by];
}

/** Limits a length to the range from 0 to `most`. An unknown length (`NaN`) counts as `most`. */
export function bounded(value: number, most = 1e9): number {
  return Number.isNaN(value) ? most : Math.min(Math.max(value, 0), most);
}
