/**
 * Decides how much of a notebook's history is still sent.
 *
 * @module
 */

import type { CellFile } from "../cell_file.ts";
import { cachedTokens } from "./analysis_cache.ts";
import { formatFiles } from "./file_block.ts";
import { DescribedFiles, fitFiles, lostFiles } from "./described_files.ts";

/**
 * The share of the limit that the history may take after it is trimmed, so that the next trimming is far away. The share is smaller
 * for small limits.
 */
const FILLED_AFTER_TRIMMING = 4 / 5;
const SMALL_FILLED_AFTER_TRIMMING = 2 / 5;

/** The largest limit that counts as small, in tokens: that of a context of 4,096. */
const SMALL = 2_048;

/** The share of the history's limit that the summary of left-out cells may take. */
export const SUMMARY_SHARE = 1 / 5;

/** The share for definitions and shortened literals that are repeated for the current cell. */
export const RECALL_SHARE = 1 / 16;

/** The share for the files that only left-out cells named, in characters per token. */
export const FILES_SHARE = 1 / 6;

/** The smallest share that outputs or literals must take to be worth leaving out. Otherwise, whole cells are left out. */
const WORTHWHILE_SHARE = 1 / 8;

/** The size of a cell in the conversation, in tokens. */
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

/** The part of the history that is sent, as indexes of cells, oldest first. */
export interface HistoryWindow {
  /** The first cell that is sent. The definitions of earlier cells are summarized. */
  first: number;
  /** The first cell that is sent with its large literals. */
  firstLong: number;
  /** The first cell that is sent with its outputs. */
  firstWhole: number;
  /** The number of cells when cells were last left out, or 0 if all are sent. */
  trimmedAt: number;
}

export interface HistoryLimits {
  /** The number of cells that are sent with their outputs. Beyond it, the older half of them is sent without. */
  maxWhole: number;
  /** The number of cells that are sent. Beyond it, the older half is left out. */
  maxCells: number;
  /** The number of tokens that all cells may take, including the summary of left-out cells. */
  maxTokens: number;
  /** The number of characters of file descriptions for one cell. Default: no limit. */
  maxFileCharacters?: number;
}

/**
 * Fits the history into its limits, in large steps. Each trimming changes the beginning of the conversation and so invalidates the
 * provider's prompt cache. A step must therefore last for many cells. First, old outputs or large literals are left out, whichever
 * take more, and then the oldest cells.
 *
 * The function replays the history cell by cell and trims it at the same points as the earlier requests did. Consecutive requests
 * are therefore consistent without any stored state.
 *
 * @param sizes the sizes of the cells, oldest first
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

/** A history that grows and is trimmed. */
class TrimmedPast implements HistoryWindow {
  readonly #sizes: readonly CellSize[];
  readonly #maxTokens: number;
  readonly #maxFileCharacters: number;
  #end = 0;
  first = 0;
  firstLong = 0;
  firstWhole = 0;
  trimmedAt = 0;
  /** The tokens of the cells. */
  #cells = 0;
  /** The tokens of the file descriptions of the cells that are sent. */
  #files = 0;
  #describedFiles: DescribedFiles;
  /** The tokens of the file descriptions that only left-out cells named. */
  #lostFiles = 0;

  constructor(sizes: readonly CellSize[], maxTokens: number, maxFileCharacters: number) {
    this.#sizes = sizes;
    this.#maxTokens = maxTokens;
    this.#maxFileCharacters = maxFileCharacters;
    this.#describedFiles = new DescribedFiles(maxFileCharacters);
  }

  /** The tokens of the whole history. */
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
    if (files !== undefined) this.#files += cachedTokens(formatFiles(this.#describedFiles.pass(files)));
  }

  /** Trims the history to a number of tokens. The newest cell is always kept. */
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
    if (lacksFiles || this.#lostFiles > 0) this.#recountFiles();
  }

  /**
   * Counts the file descriptions again. A file that a left-out cell described is now described by the first remaining cell that
   * names it, or together with the summary.
   */
  #recountFiles(): void {
    const lost = fitFiles(lostFiles(this.#sizes, this.first, this.#end), this.#maxTokens * FILES_SHARE);
    this.#lostFiles = cachedTokens(formatFiles(lost));
    this.#files = 0;
    this.#describedFiles = new DescribedFiles(this.#maxFileCharacters);
    for (let index = this.first; index < this.#end; index++) this.#addFiles(index);
  }

  #sum(start: number, end: number, part: (size: CellSize) => number): number {
    return this.#sizes.slice(start, end).reduce((sum, size) => sum + part(size), 0);
  }

  /** Returns the end of the shortest range of cells from `start` that has so many tokens. */
  #reach(start: number, tokens: number, part: (size: CellSize) => number): number {
    let end = start;
    for (let sum = 0; sum < tokens; end++) sum += part(this.#sizes[end]);
    return end;
  }
}

/** Returns the index at which the newer half of a range begins. The newer half is rounded down. */
function middle(start: number, end: number): number {
  return start + Math.ceil((end - start) / 2);
}
