/**
 * Remembers what cells' code tells: every request tells of all earlier cells, whose code stays the same.
 *
 * @module
 */

import { analyseCell, type CellAnalysis } from "../../python/analyse_cell.ts";
import { cellDefinitions, type Definition } from "../../python/cell_definitions.ts";
import { namesUsed } from "../../python/names_used.ts";
import { readsClock } from "../../python/reads_clock.ts";
import { type CellStatement, cellStatements } from "./cell_statements.ts";
import { shortenLiterals } from "./shorten_literals.ts";
import { estimateTokens } from "./token_estimate.ts";

/** How many cells are remembered: twice as many as the history of a notebook has, as shortened code counts, too. */
const MAX_CELLS = 10_000;

/** How much code is remembered, in characters: as many cells of 10,000. What is known of it takes a few times as much memory. */
const MAX_CHARACTERS = 10_000_000;

/** What is known of a cell's code: each part is found when it is first asked for. */
interface Knowledge {
  analysis?: CellAnalysis;
  definitions?: readonly Definition[];
  statements?: readonly CellStatement[];
  used?: ReadonlySet<string>;
  readsClock?: boolean;
  /** By the limit of literals. */
  shortened?: Map<number, string>;
  tokens?: number;
}

const known = new Map<string, Knowledge>();
let characters = 0;

/** Analyses a cell as {@linkcode analyseCell} does, but not twice. */
export function cachedAnalysis(code: string): CellAnalysis {
  return knowledgeOf(code).analysis ??= analyseCell(code);
}

/** Lists a cell's definitions as {@linkcode cellDefinitions} does, but not twice. */
export function cachedDefinitions(code: string): readonly Definition[] {
  return knowledgeOf(code).definitions ??= cellDefinitions(code);
}

/** Lists a cell's statements as {@linkcode cellStatements} does, but not twice. */
export function cachedStatements(code: string): readonly CellStatement[] {
  return knowledgeOf(code).statements ??= cellStatements(cachedDefinitions(code));
}

/** Lists the names that a cell uses as {@linkcode namesUsed} does, but not twice. */
export function cachedNamesUsed(code: string): ReadonlySet<string> {
  return knowledgeOf(code).used ??= namesUsed(code);
}

/** Whether a cell reads the clock, as {@linkcode readsClock} says, but not looked for twice. */
export function cachedClockReading(code: string): boolean {
  return knowledgeOf(code).readsClock ??= readsClock(code);
}

/** Shortens a cell's literals as {@linkcode shortenLiterals} does, but not twice. */
export function cachedShortening(code: string, limit: number): string {
  if (code.length <= limit) return code;
  const shortened = knowledgeOf(code).shortened ??= new Map();
  const known = shortened.get(limit) ?? shortenLiterals(code, limit);
  shortened.set(limit, known);
  return known;
}

/** Estimates the tokens of code as {@linkcode estimateTokens} does, but not twice. */
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
