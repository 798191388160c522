/**
 * Decides how much of a notebook's past still goes into the conversation.
 *
 * @module
 */

import type { CellFile } from "../cell_file.ts";
import { cachedTokens } from "./analysis_cache.ts";
import { formatFiles } from "./file_block.ts";
import { fitFiles, lostFiles, ToldFiles } from "./told_files.ts";

/** How much of the past a trimmed conversation may fill, so that the next trimming is far away; less where it is small anyway. */
const FILLED_AFTER_TRIMMING = 4 / 5;
const SMALL_FILLED_AFTER_TRIMMING = 2 / 5;

/** The past that is small, in tokens: that of a context of 4,096. */
const SMALL = 2_048;

/** How much the summary of cells that are left out may take, as a part of what the whole past may take. */
export const SUMMARY_SHARE = 1 / 5;

/** The same for what is recalled, for the cell at hand, of them and of literals that are shortened. */
export const RECALL_SHARE = 1 / 16;

/** The same for the files that only they named, in characters. */
export const FILES_SHARE = 1 / 6;

/** The least that outputs or literals must take to be left out, as a part of the past; otherwise cells are left out. */
const WORTHWHILE_SHARE = 1 / 8;

/** How long a cell is in the conversation, in tokens. */
export interface CellSize {
  /** Its code. */
  code: number;
  /** Its code with large literals shortened. */
  shortCode: number;
  /** Its outputs. */
  outputs: number;
  /** The files that it names. Default: none. */
  files?: readonly CellFile[];
}

/** Which cells go out. Each index is that of a cell, oldest first. */
export interface HistoryWindow {
  /** The first cell that goes out; what those before it defined is summed up. */
  first: number;
  /** The first cell whose large literals go out. */
  firstLong: number;
  /** The first cell whose outputs go out. */
  firstWhole: number;
  /** How many cells there were when cells were left out last; 0 if none are. */
  trimmedAt: number;
}

/** What a past may take. */
export interface HistoryLimits {
  /** How many cells go out with their outputs at most; beyond it the older half of them loses its outputs. */
  maxWhole: number;
  /** How many cells go out at all; beyond it the older half is left out. */
  maxCells: number;
  /** How many tokens all of them may take, together with what is told of those that are left out. */
  maxTokens: number;
  /** How many characters of files one cell tells, at most. Default: any number. */
  maxFileCharacters?: number;
}

/**
 * Fits the past into its limits, in large steps: whatever is trimmed changes the conversation's beginning, and with it ends what the
 * provider has cached, so that a step must last for many cells. Old outputs and large literals go first, whichever is more, and then
 * the oldest cells.
 *
 * It goes through the past cell by cell as the requests did and trims where they had to. So each request agrees with the one before
 * except in the last step, without anything being remembered.
 *
 * @param sizes the cells' sizes, oldest first
 */
export function historyWindow(
  sizes: readonly CellSize[],
  { maxWhole, maxCells, maxTokens, maxFileCharacters = Infinity }: HistoryLimits,
): HistoryWindow {
  const past = new TrimmedPast(sizes, maxTokens, maxFileCharacters);
  const filled = maxTokens * (maxTokens <= SMALL ? SMALL_FILLED_AFTER_TRIMMING : FILLED_AFTER_TRIMMING);
  for (let end = 1; end <= sizes.length; end++) {
    past.add();
    if (end - past.firstWhole > maxWhole) past.leaveOutputsOut(middle(past.firstWhole, end));
    if (end - past.first > maxCells) past.leaveOut(middle(past.first, end));
    if (past.tokens > maxTokens) past.trim(filled);
  }
  const { first, firstLong, firstWhole, trimmedAt } = past;
  return { first, firstLong, firstWhole, trimmedAt };
}

/** A past that grows, and is trimmed. */
class TrimmedPast implements HistoryWindow {
  readonly #sizes: readonly CellSize[];
  readonly #maxTokens: number;
  readonly #maxFileCharacters: number;
  #end = 0;
  first = 0;
  firstLong = 0;
  firstWhole = 0;
  trimmedAt = 0;
  /** What the cells take. */
  #cells = 0;
  /** What the files take that they tell. */
  #files = 0;
  #toldFiles: ToldFiles;
  /** What the files take that only cells name which are left out. */
  #lostFiles = 0;

  constructor(sizes: readonly CellSize[], maxTokens: number, maxFileCharacters: number) {
    this.#sizes = sizes;
    this.#maxTokens = maxTokens;
    this.#maxFileCharacters = maxFileCharacters;
    this.#toldFiles = new ToldFiles(maxFileCharacters);
  }

  /** What the past takes, in tokens. */
  get tokens(): number {
    const summary = this.first > 0 ? this.#maxTokens * SUMMARY_SHARE : 0;
    const recalled = this.firstLong > 0 ? this.#maxTokens * RECALL_SHARE : 0;
    return this.#cells + this.#files + this.#lostFiles + summary + recalled;
  }

  add(): void {
    const { code, outputs } = this.#sizes[this.#end];
    this.#cells += code + outputs;
    this.#addFiles(this.#end);
    this.#end += 1;
  }

  #addFiles(index: number): void {
    const { files } = this.#sizes[index];
    if (files !== undefined) this.#files += cachedTokens(formatFiles(this.#toldFiles.pass(files)));
  }

  /** Trims until the past takes no more than this. The newest cell stays, whatever its size. */
  trim(tokens: number): void {
    const newest = this.#end - 1;
    const outputsOf = ({ outputs }: CellSize) => outputs;
    const literalsOf = ({ code, shortCode }: CellSize) => code - shortCode;
    while (this.tokens > tokens) {
      const outputs = this.#sum(this.firstWhole, newest, outputsOf);
      const literals = this.#sum(this.firstLong, newest, literalsOf);
      if (Math.max(outputs, literals) >= this.#maxTokens * WORTHWHILE_SHARE) {
        if (outputs >= literals) this.leaveOutputsOut(this.#reach(this.firstWhole, outputs / 2, outputsOf));
        else this.shortenLiterals(this.#reach(this.firstLong, literals / 2, literalsOf));
      } else if (this.first < newest) {
        this.leaveOut(middle(this.first, newest));
      } else {
        return this.shortenLiterals(this.#end);
      }
    }
  }

  leaveOutputsOut(end: number): void {
    for (; this.firstWhole < end; this.firstWhole++) this.#cells -= this.#sizes[this.firstWhole].outputs;
  }

  shortenLiterals(end: number): void {
    for (; this.firstLong < end; this.firstLong++) {
      const { code, shortCode } = this.#sizes[this.firstLong];
      this.#cells -= code - shortCode;
    }
  }

  leaveOut(end: number): void {
    this.leaveOutputsOut(end);
    this.shortenLiterals(end);
    const lacksFiles = this.#sizes.slice(this.first, end).some(({ files }) => files !== undefined);
    for (; this.first < end; this.first++) this.#cells -= this.#sizes[this.first].shortCode;
    this.trimmedAt = this.#end;
    if (lacksFiles || this.#lostFiles > 0) this.#tellFilesAnew();
  }

  /** What cells that are left out told of files is told by the first ones that name them now, or with what is left out. */
  #tellFilesAnew(): void {
    const lost = fitFiles(lostFiles(this.#sizes, this.first, this.#end), this.#maxTokens * FILES_SHARE);
    this.#lostFiles = cachedTokens(formatFiles(lost));
    this.#files = 0;
    this.#toldFiles = new ToldFiles(this.#maxFileCharacters);
    for (let index = this.first; index < this.#end; index++) this.#addFiles(index);
  }

  #sum(start: number, end: number, part: (size: CellSize) => number): number {
    return this.#sizes.slice(start, end).reduce((sum, size) => sum + part(size), 0);
  }

  /** The end of the cells from `start` on that have so many tokens together. */
  #reach(start: number, tokens: number, part: (size: CellSize) => number): number {
    let end = start;
    for (let sum = 0; sum < tokens; end++) sum += part(this.#sizes[end]);
    return end;
  }
}

/** The index that leaves the newer half, rounded down, of a range. */
function middle(start: number, end: number): number {
  return start + Math.ceil((end - start) / 2);
}
