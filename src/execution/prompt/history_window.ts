/**
 * Decides how much of a notebook's past still goes into the conversation.
 *
 * @module
 */

import { CHARACTERS_PER_TOKEN } from "./token_estimate.ts";

/**
 * The most that the past may take, in tokens: a fifth of the 128,000 that current models read, so that the prompt, the cell and its
 * answer fit in any case, and a request stays cheap.
 */
export const HISTORY_TOKENS = 24_000;

/** How long a cell is in the conversation, in characters. */
export interface CellSize {
  /** With its outputs. */
  whole: number;
  /** Its code alone. */
  code: number;
}

/** Which cells go out: those before `first` do not, those from `firstWhole` on go out whole, those between as code. */
export interface HistoryWindow {
  /** The index of the first cell that goes out. */
  first: number;
  /** The index of the first cell that goes out with its outputs. */
  firstWhole: number;
}

/**
 * Fits the past into its limits, in large steps: whatever is trimmed changes the conversation's beginning, and with it ends
 * what the provider has cached, so that a step must last for many cells.
 *
 * It goes through the past cell by cell as the requests did and trims where they had to. So each request agrees with the one
 * before except in the last step, without anything being remembered.
 *
 * @param sizes the cells' sizes, oldest first
 * @param maxWhole how many cells go out whole at most; beyond it the older half of them loses its outputs
 * @param maxCharacters how long all may be together; beyond it the larger part, code or whole cells, is halved
 */
export function historyWindow(
  sizes: readonly CellSize[],
  maxWhole: number,
  maxCharacters: number = HISTORY_TOKENS * CHARACTERS_PER_TOKEN,
): HistoryWindow {
  let [first, firstWhole, codeSize, wholeSize] = [0, 0, 0, 0];
  const condenseUntil = (end: number) => {
    for (; firstWhole < end; firstWhole++) {
      wholeSize -= sizes[firstWhole].whole;
      codeSize += sizes[firstWhole].code;
    }
  };
  const dropUntil = (end: number) => {
    for (; first < end; first++) codeSize -= sizes[first].code;
  };
  for (const [index, size] of sizes.entries()) {
    const end = index + 1;
    wholeSize += size.whole;
    if (end - firstWhole > maxWhole) condenseUntil(middle(firstWhole, end));
    // The newest cell stays, whatever its size.
    while (codeSize + wholeSize > maxCharacters && first < index) {
      if (firstWhole === index || (codeSize > wholeSize && first < firstWhole)) dropUntil(middle(first, firstWhole));
      else condenseUntil(middle(firstWhole, end));
    }
  }
  return { first, firstWhole };
}

/** The index that leaves the newer half, rounded down, of a range. */
function middle(start: number, end: number): number {
  return start + Math.ceil((end - start) / 2);
}
