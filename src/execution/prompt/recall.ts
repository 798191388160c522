/**
 * Recalls in full what a cell needs of the past and the turns before it do not tell.
 *
 * @module
 */

import { cachedNamesUsed } from "./analysis_cache.ts";
import { NameVersions, type PlacedStatement } from "./name_versions.ts";
import { neededStatements } from "./needed_statements.ts";
import { estimateTokens } from "./token_estimate.ts";
import { ToldStatements, type ToldStatementsOptions } from "./told_statements.ts";

/** What a cell may need. */
export interface RecallOptions extends Omit<ToldStatementsOptions, "versions"> {
  /** The cell that is to run. */
  code: string;
  /** The number of tokens that the result may take. */
  maxTokens: number;
}

/** What is recalled. */
export interface Recalled {
  /** Python, in the order in which it ran. */
  code: string;
  /** The indices of the first and the last cell that it is from. */
  first: number;
  last: number;
}

/**
 * Finds the statements on which a cell depends, be it by way of others, and which the turns before it do not tell as they were
 * written. With them comes what is needed to read them from the top to the bottom: the values that they were made from, where these
 * are others now, what has changed or replaced them since, and what was made from them.
 *
 * @returns what fits, that which the cell uses itself before the rest; `undefined` if there is nothing
 */
export function recallDefinitions({ code, maxTokens, ...told }: RecallOptions): Recalled | undefined {
  const versions = new NameVersions(told.cells);
  const needed = neededStatements(versions, cachedNamesUsed(code));
  const lacking = new ToldStatements({ ...told, versions }).lacking(needed);
  const recalled = new Set<PlacedStatement>();
  let room = maxTokens;
  const take = (part: Part | undefined): boolean => {
    if (part === undefined || part.tokens > room) return false;
    room -= part.tokens;
    for (const each of part.statements) recalled.add(each);
    return true;
  };
  const parts = new NeededParts(versions, needed);
  for (const statement of lacking) {
    if (!recalled.has(statement)) take(parts.around(statement, recalled, room)) || take(parts.alone(statement));
  }
  if (recalled.size === 0) return undefined;
  const statements = [...recalled].sort((a, b) => a.position - b.position);
  return {
    code: statements.map(({ source }) => source).join("\n"),
    first: statements[0].cell,
    last: statements[statements.length - 1].cell,
  };
}

/** Statements that are recalled together. */
interface Part {
  statements: ReadonlySet<PlacedStatement>;
  /** How many tokens they are. */
  tokens: number;
}

/** Needed statements that have to be told together. */
class NeededParts {
  readonly #versions: NameVersions;
  readonly #needed: ReadonlyMap<PlacedStatement, ReadonlySet<string>>;
  readonly #makers = new Map<string, PlacedStatement[]>();
  readonly #readers = new Map<string, PlacedStatement[]>();
  readonly #touched = new Map<string, Part>();
  readonly #tokens = new Map<PlacedStatement, number>();

  constructor(versions: NameVersions, needed: ReadonlyMap<PlacedStatement, ReadonlySet<string>>) {
    this.#versions = versions;
    this.#needed = needed;
    for (const [statement, read] of needed) {
      for (const name of statement.makes) add(this.#makers, name, statement);
      for (const name of read) add(this.#readers, name, statement);
    }
  }

  /**
   * A statement with all that reading it once more at the end takes.
   *
   * @param recalled what is recalled already, and counts nothing
   * @param maxTokens how many tokens the rest may be
   * @returns `undefined` if it is more
   */
  around(statement: PlacedStatement, recalled: ReadonlySet<PlacedStatement>, maxTokens: number): Part | undefined {
    const statements = new Set<PlacedStatement>();
    const names = new Set<string>();
    let tokens = 0;
    const waiting = [statement];
    // An array yields what is added while it is gone through.
    for (const each of waiting) {
      if (statements.has(each)) continue;
      statements.add(each);
      if (!recalled.has(each)) tokens += this.#tokensOf(each);
      if (tokens > maxTokens) return undefined;
      const old = [...this.#needed.get(each) ?? []].filter((name) => this.#isOld(name, each));
      for (const name of [...each.makes, ...old]) {
        if (names.has(name)) continue;
        names.add(name);
        const touched = this.#touchedWith(name);
        if (touched.tokens > maxTokens) return undefined;
        waiting.push(...touched.statements);
      }
    }
    return { statements, tokens };
  }

  /** What makes the values of a name, and what reads them. */
  #touchedWith(name: string): Part {
    const known = this.#touched.get(name);
    if (known !== undefined) return known;
    const makers = this.#makers.get(name) ?? [];
    const start = makers.reduce((least, { position }) => Math.min(least, position), Infinity);
    const readers = (this.#readers.get(name) ?? []).filter(({ position }) => position > start);
    const last = this.#versions.at(name)?.statement;
    const statements = new Set([...makers, ...readers, ...(last?.effects.get(name) === "deletes" ? [last] : [])]);
    const tokens = [...statements].reduce((sum, each) => sum + this.#tokensOf(each), 0);
    const touched = { statements, tokens };
    this.#touched.set(name, touched);
    return touched;
  }

  #tokensOf(statement: PlacedStatement): number {
    const tokens = this.#tokens.get(statement) ?? estimateTokens(statement.source);
    this.#tokens.set(statement, tokens);
    return tokens;
  }

  /** A statement alone; `undefined` if what it makes, or what it was made from, had other values. */
  alone(statement: PlacedStatement): Part | undefined {
    const isOnly = [...statement.makes].every((name) => this.#makers.get(name)!.length === 1) &&
      [...this.#needed.get(statement)!].every((name) => !this.#isOld(name, statement));
    return isOnly ? { statements: new Set([statement]), tokens: this.#tokensOf(statement) } : undefined;
  }

  /** Whether a name has another value now than a statement has read. */
  #isOld(name: string, { position }: PlacedStatement): boolean {
    return this.#versions.at(name, position) !== this.#versions.at(name);
  }
}

function add(map: Map<string, PlacedStatement[]>, name: string, statement: PlacedStatement): void {
  const known = map.get(name);
  if (known === undefined) map.set(name, [statement]);
  else known.push(statement);
}
