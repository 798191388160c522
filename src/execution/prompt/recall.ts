/**
 * Recalls in full what a cell uses and the summary of the past tells shortened only.
 *
 * @module
 */

import { cachedDefinitions, cachedNamesUsed } from "./analysis_cache.ts";
import type { Past, PastStatement } from "./past_names.ts";
import { estimateTokens } from "./token_estimate.ts";

/** What a cell may need. */
export interface RecallOptions {
  /** What the cells that are left out have defined. */
  past: Past;
  /** The summary of that. */
  summary: string;
  /** The cells that are sent, oldest first. */
  sent: readonly { code: string }[];
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
export function recallDefinitions({ past, summary, sent, code, maxTokens }: RecallOptions): string {
  const later = usesOfLater(sent);
  const used = new Set(cachedNamesUsed(code));
  const needed = new Set<PastStatement>();
  // A set yields what is added while it is gone through.
  for (const name of used) {
    const statement = past.owners.get(name)?.statement;
    for (const each of later.get(name) ?? statement?.uses ?? []) used.add(each);
    if (statement !== undefined && !later.has(name) && isShortened(statement, summary)) needed.add(statement);
  }
  let room = maxTokens;
  // What the cell uses itself comes first.
  for (const statement of needed) {
    const tokens = estimateTokens(statement.source);
    if (tokens <= room) room -= tokens;
    else needed.delete(statement);
  }
  return past.statements.filter((statement) => needed.has(statement)).map(({ source }) => source).join("\n");
}

/** What the definitions in these cells use, by the names that they bind. */
function usesOfLater(cells: readonly { code: string }[]): Map<string, readonly string[]> {
  const bound = cells.flatMap(({ code }) => cachedDefinitions(code))
    .filter(({ kind }) => kind !== "change" && kind !== "call");
  return new Map(bound.flatMap(({ names, uses }) => names.map((name): [string, readonly string[]] => [name, uses])));
}

function isShortened({ source, definitions }: PastStatement, summary: string): boolean {
  return !summary.includes(source) && definitions.every(({ changes }) => changes.length === 0);
}
