/**
 * Upright boxes, in which parts of an SVG lie.
 *
 * @module
 */

/** A part of the plane: [left, top, right, bottom]. */
export type Box = readonly [number, number, number, number];

/** Where something lies of which nothing is known. */
export const EVERYWHERE: Box = [-Infinity, -Infinity, Infinity, Infinity];

/** Where nothing lies. */
export const NOWHERE: Box = [Infinity, Infinity, -Infinity, -Infinity];

/** The smallest box around two. */
export function union(one: Box, other: Box): Box {
  return [
    Math.min(one[0], other[0]),
    Math.min(one[1], other[1]),
    Math.max(one[2], other[2]),
    Math.max(one[3], other[3]),
  ];
}

/** A box that is larger by a length on each side. */
export function grown([left, top, right, bottom]: Box, by: number): Box {
  return [left - by, top - by, right + by, bottom + by];
}

/** A length between 0 and a most, which is also what counts where the length is not known. */
export function bounded(value: number, most = 1e9): number {
  return Number.isNaN(value) ? most : Math.min(Math.max(value, 0), most);
}
