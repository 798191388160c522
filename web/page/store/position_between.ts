/**
 * The fractional index of a cell between two others.
 *
 * @module
 */

import { generateKeyBetween, generateNKeysBetween } from "fractional-indexing";

interface Placed {
  id: string;
  fractionalIndex: string | null;
}

/** The index of a cell, and the other cells that need a new index. */
export interface CellPosition {
  fractionalIndex: string;
  moved: { id: string; fractionalIndex: string }[];
}

/** The indexes of adjacent cells, and the other cells that need a new index. */
export interface CellPositions {
  fractionalIndexes: string[];
  moved: CellPosition["moved"];
}

/**
 * Finds an index between the cells at `index - 1` and `index`.
 *
 * @param cells all cells in order, without the one to place
 */
export function positionBetween(cells: readonly Placed[], index: number): CellPosition {
  const { fractionalIndexes: [fractionalIndex], moved } = positionsBetween(cells, index, 1);
  return { fractionalIndex, moved };
}

/** Finds indexes for several cells at the same place. */
export function positionsBetween(cells: readonly Placed[], index: number, count: number): CellPositions {
  try {
    const before = cells[index - 1]?.fractionalIndex ?? null;
    const after = cells[index]?.fractionalIndex ?? null;
    return { fractionalIndexes: generateNKeysBetween(before, after, count), moved: [] };
  } catch {
    // Another client has written an invalid index or used one twice. All cells get new ones.
    return renumber(cells, index, count);
  }
}

function renumber(cells: readonly Placed[], index: number, count: number): CellPositions {
  const keys = successiveKeys(cells.length + count);
  const moved = cells.map(({ id }, place) => ({ id, fractionalIndex: keys[place < index ? place : place + count] }));
  return { fractionalIndexes: keys.slice(index, index + count), moved };
}

/** Returns keys in ascending order. */
export function successiveKeys(count: number): string[] {
  const keys: string[] = [];
  for (let number = 0; number < count; number++) keys.push(generateKeyBetween(keys.at(-1) ?? null, null));
  return keys;
}
