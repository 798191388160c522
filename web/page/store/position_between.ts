/**
 * The fractional index of a cell between two others.
 *
 * @module
 */

import { generateKeyBetween, generateNKeysBetween } from "fractional-indexing";

/** A cell, as far as its place is concerned. */
interface Placed {
  id: string;
  fractionalIndex: string | null;
}

/** Where a cell goes, and which others must be given a new index for that. */
export interface CellPosition {
  fractionalIndex: string;
  moved: { id: string; fractionalIndex: string }[];
}

/** Where cells go that follow each other, and which others must be given a new index for that. */
export interface CellPositions {
  fractionalIndexes: string[];
  moved: CellPosition["moved"];
}

/**
 * Finds an index between the cells at `index - 1` and `index`.
 *
 * @param cells all cells in order, without the one that is placed
 */
export function positionBetween(cells: readonly Placed[], index: number): CellPosition {
  const { fractionalIndexes: [fractionalIndex], moved } = positionsBetween(cells, index, 1);
  return { fractionalIndex, moved };
}

/** Finds indexes for so many cells there. */
export function positionsBetween(cells: readonly Placed[], index: number, count: number): CellPositions {
  try {
    const before = cells[index - 1]?.fractionalIndex ?? null;
    const after = cells[index]?.fractionalIndex ?? null;
    return { fractionalIndexes: generateNKeysBetween(before, after, count), moved: [] };
  } catch {
    // Another client's index that is no such key, or two that are the same: all are numbered anew.
    return renumber(cells, index, count);
  }
}

function renumber(cells: readonly Placed[], index: number, count: number): CellPositions {
  const keys = successiveKeys(cells.length + count);
  const moved = cells.map(({ id }, place) => ({ id, fractionalIndex: keys[place < index ? place : place + count] }));
  return { fractionalIndexes: keys.slice(index, index + count), moved };
}

/** So many keys, in order. */
export function successiveKeys(count: number): string[] {
  const keys: string[] = [];
  for (let number = 0; number < count; number++) keys.push(generateKeyBetween(keys.at(-1) ?? null, null));
  return keys;
}
