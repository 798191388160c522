/**
 * The fractional index of a cell between two others.
 *
 * @module
 */

import { generateKeyBetween } from "fractional-indexing";

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

/**
 * Finds an index between the cells at `index - 1` and `index`.
 *
 * @param cells all cells in order, without the one that is placed
 */
export function positionBetween(cells: readonly Placed[], index: number): CellPosition {
  try {
    const before = cells[index - 1]?.fractionalIndex ?? null;
    return { fractionalIndex: generateKeyBetween(before, cells[index]?.fractionalIndex ?? null), moved: [] };
  } catch {
    // Another client's index that is no such key, or two that are the same: all are numbered anew.
    return renumber(cells, index);
  }
}

function renumber(cells: readonly Placed[], index: number): CellPosition {
  const keys = successiveKeys(cells.length + 1);
  const moved = cells.map(({ id }, place) => ({ id, fractionalIndex: keys[place < index ? place : place + 1] }));
  return { fractionalIndex: keys[index], moved };
}

/** So many keys, in order. */
export function successiveKeys(count: number): string[] {
  const keys: string[] = [];
  for (let number = 0; number < count; number++) keys.push(generateKeyBetween(keys.at(-1) ?? null, null));
  return keys;
}
