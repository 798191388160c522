/**
 * Cuts texts at random places.
 *
 * @module
 */

import fc from "fast-check";

/** Places in a text, in thousandths of its length. */
export const places = fc.array(fc.integer({ min: 0, max: 999 }), { maxLength: 30 });

/** Cuts a text into pieces at these {@linkcode places}. */
export function cutAt(text: string, places: readonly number[]): string[] {
  const ends = [...places.map((place) => Math.floor(place * text.length / 1_000)).sort((a, b) => a - b), text.length];
  return ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end));
}
