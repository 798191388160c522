/**
 * Caches the analysis of cells. Every request contains all earlier cells, and their code does not change.
 *
 * @module
 */

import { analyseCell, type CellAnalysis } from "../../python/analyse_cell.ts";
import { scanCalls, type StatementCalls } from "../../python/call_scan.ts";
import { cellDefinitions, type Definition } from "../../python/cell_definitions.ts";
import { namesUsed } from "../../python/names_used.ts";
import { readsClock } from "../../python/reads_clock.ts";
import { type CellStatement, cellStatements } from "./cell_statements.ts";
import { shortenLiterals } from "./shorten_literals.ts";
import { estimateTokens } from "./token_estimate.ts";

/** The number of cached cells: twice the number of cells in a notebook's history, because shortened code is cached too. */
const MAX_CELLS = 10_000;

/** The number of characters of cached code: 1,000 per cell on average. The analysis takes a few times as much memory. */
const MAX_CHARACTERS = 10_000_000;

/** The cached results for a cell's code. Each is computed when it is first needed. */
interface Knowledge {
  analysis?: CellAnalysis;
  definitions?: readonly Definition[];
  statements?: readonly CellStatement[];
  calls?: readonly StatementCalls[];
  used?: ReadonlySet<string>;
  readsClock?: boolean;
  /** By the limit of literals. */
  shortened?: Map<number, string>;
  tokens?: number;
}

const known = new Map<string, Knowledge>();
let characters = 0;

/** Analyzes a cell like {@linkcode analyseCell}, with a cache. */
export function cachedAnalysis(code: string): CellAnalysis {
  return knowledgeOf(code).analysis ??= analyseCell(code);
}

/** Lists a cell's definitions like {@linkcode cellDefinitions}, with a cache. */
export function cachedDefinitions(code: string): readonly Definition[] {
  return knowledgeOf(code).definitions ??= cellDefinitions(code);
}

/** Lists a cell's statements like {@linkcode cellStatements}, with a cache. */
export function cachedStatements(code: string): readonly CellStatement[] {
  return knowledgeOf(code).statements ??= cellStatements(cachedDefinitions(code));
}

/** Lists a cell's calls like {@linkcode scanCalls}, with a cache. */
export function cachedCalls(code: string): readonly StatementCalls[] {
  return knowledgeOf(code).calls ??= scanCalls(code);
}

/** Lists the names that a cell uses like {@linkcode namesUsed}, with a cache. */
export function cachedNamesUsed(code: string): ReadonlySet<string> {
  return knowledgeOf(code).used ??= namesUsed(code);
}

/** Whether a cell reads the clock, like {@linkcode readsClock}, with a cache. */
export function cachedClockReading(code: string): boolean {
  return knowledgeOf(code).readsClock ??= readsClock(code);
}

/** Shortens a cell's literals like {@linkcode shortenLiterals}, with a cache. */
export function cachedShortening(code: string, limit: number): string {
  if (code.length <= limit) return code;
  const shortened = knowledgeOf(code).shortened ??= new Map();
  const known = shortened.get(limit) ?? shortenLiterals(code, limit);
  shortened.set(limit, known);
  return known;
}

/** Estimates the tokens of code like {@linkcode estimateTokens}, with a cache. */
export function cachedTokens(code: string): number {
  return knowledgeOf(code).tokens ??= estimateTokens(code);
}

function knowledgeOf(code: string): Knowledge {
  const remembered = known.get(code);
  if (remembered !== undefined) return remembered;
  const knowledge: Knowledge = {};
  known.set(code, knowledge);
  characters += code.length;
  for (const [oldest] of known) {
    if (known.size <= MAX_CELLS && characters <= MAX_CHARACTERS) break;
    known.delete(oldest);
    characters -= oldest.length;
  }
  return knowledge;
}
