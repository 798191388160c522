/**
 * Recalls in full what a cell uses and the summary of the past tells shortened only.
 *
 * @module
 */

import { cachedDefinitions, cachedNamesUsed } from "./analysis_cache.ts";
import { pastNames, type PastStatement } from "./past_names.ts";
import { estimateTokens } from "./token_estimate.ts";

/** What a cell may need. */
export interface RecallOptions {
  /** The cells that have run, oldest first. */
  cells: readonly { code: string }[];
  /** How many of them are left out. */
  leftOut: number;
  /** The summary of those. */
  summary: string;
  /** The cell that is to run. */
  code: string;
  /** How many tokens may be recalled. */
  maxTokens: number;
}

/**
 * Finds the statements that define what a cell uses, be it by way of other definitions, as far as they belong to cells that are left
 * out, are not in the summary as they were written, and still say what the names are.
 *
 * @returns the statements as Python, in the order in which they ran; those that do not fit are passed over
 */
export function recallDefinitions({ cells, leftOut, summary, code, maxTokens }: RecallOptions): string {
  const { owners, statements } = pastNames(cells.map((cell, index) => {
    return { executionCount: index, definitions: cachedDefinitions(cell.code) };
  }));
  const isShortened = ({ executionCount, source, definitions }: PastStatement): boolean =>
    executionCount < leftOut && !summary.includes(source) &&
    definitions.every(({ changes }) => changes.every((change) => change.executionCount >= leftOut));
  const used = new Set(cachedNamesUsed(code));
  const needed = new Set<PastStatement>();
  // A set yields what is added while it is gone through.
  for (const name of used) {
    const statement = owners.get(name)?.statement;
    if (statement === undefined) continue;
    statement.uses.forEach((each) => used.add(each));
    if (isShortened(statement)) needed.add(statement);
  }
  let room = maxTokens;
  // What the cell uses itself comes first.
  for (const statement of needed) {
    const tokens = estimateTokens(statement.source);
    if (tokens <= room) room -= tokens;
    else needed.delete(statement);
  }
  return statements.filter((statement) => needed.has(statement)).map(({ source }) => source).join("\n");
}
