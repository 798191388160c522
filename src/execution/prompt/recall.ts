/**
 * Repeats definitions that the current cell uses in full, if the summary contains them only in short form.
 *
 * @module
 */

import { cachedDefinitions, cachedNamesUsed } from "./analysis_cache.ts";
import type { Past, PastStatement } from "./past_names.ts";
import { estimateTokens } from "./token_estimate.ts";

/** The options of {@linkcode recallDefinitions}. */
export interface RecallOptions {
  /** The definitions of the left-out cells. */
  past: Past;
  /** The summary of these definitions. */
  summary: string;
  /** The cells that are sent, oldest first. */
  sent: readonly { code: string }[];
  /** The code of the current cell. */
  code: string;
  /** The number of tokens that the result may take. */
  maxTokens: number;
}

/**
 * Finds the statements that define what a cell uses, directly or through other definitions. A statement is included if it belongs
 * to a left-out cell, the summary does not contain it unchanged, and its names were not changed later.
 *
 * @returns the statements as Python code, in the order in which they ran; those that do not fit are skipped
 */
export function recallDefinitions({ past, summary, sent, code, maxTokens }: RecallOptions): string {
  const later = usesOfLater(sent);
  const used = new Set(cachedNamesUsed(code));
  const needed = new Set<PastStatement>();
  // Iterating over a set includes elements that are added meanwhile.
  for (const name of used) {
    const statement = past.owners.get(name)?.statement;
    for (const each of later.get(name) ?? statement?.uses ?? []) used.add(each);
    if (statement !== undefined && !later.has(name) && isShortened(statement, summary)) needed.add(statement);
  }
  let room = maxTokens;
  // The names that the cell itself uses come first.
  for (const statement of needed) {
    const tokens = estimateTokens(statement.source);
    if (tokens <= room) room -= tokens;
    else needed.delete(statement);
  }
  return past.statements.filter((statement) => needed.has(statement)).map(({ source }) => source).join("\n");
}

/** Returns the names that the definitions in these cells use, by the names that they bind. */
function usesOfLater(cells: readonly { code: string }[]): Map<string, readonly string[]> {
  const bound = cells.flatMap(({ code }) => cachedDefinitions(code))
    .filter(({ kind }) => kind !== "change" && kind !== "call");
  return new Map(bound.flatMap(({ names, uses }) => names.map((name): [string, readonly string[]] => [name, uses])));
}

function isShortened({ source, definitions }: PastStatement, summary: string): boolean {
  return !summary.includes(source) && definitions.every(({ changes }) => changes.length === 0);
}
