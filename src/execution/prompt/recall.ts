/**
 * Repeats in full the earlier definitions that a cell needs and that the conversation lacks.
 *
 * @module
 */

import { cachedNamesUsed } from "./analysis_cache.ts";
import { NameVersions, type PlacedStatement } from "./name_versions.ts";
import { neededStatements } from "./needed_statements.ts";
import { estimateTokens } from "./token_estimate.ts";
import { SentStatements, type SentStatementsOptions } from "./sent_statements.ts";

export interface RecallOptions extends Omit<SentStatementsOptions, "versions"> {
  /** The cell that is to run. */
  code: string;
  /** The number of tokens that the result may take. */
  maxTokens: number;
}

export interface Recalled {
  /** The statements, in the order in which they ran. */
  code: string;
  /** The indices of the first and the last cell that they are from. */
  first: number;
  last: number;
}

/**
 * Finds the statements on which a cell depends, directly or through others, and which the conversation lacks or shortens. Reading them
 * from top to bottom must give the current values. Therefore, the older values that they read, later changes, and other statements
 * that read their results are added.
 *
 * @returns as many of them as fit, with those that the cell itself uses first; `undefined` if there are none
 */
export function recallDefinitions({ code, maxTokens, ...sent }: RecallOptions): Recalled | undefined {
  const versions = new NameVersions(sent.cells);
  const needed = neededStatements(versions, cachedNamesUsed(code));
  const lacking = new SentStatements({ ...sent, versions }).lacking(needed);
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

/** Statements that are repeated together. */
interface Part {
  statements: ReadonlySet<PlacedStatement>;
  /** Their size, in tokens. */
  tokens: number;
}

/** Groups the statements that must be repeated together. */
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
   * Returns a statement with all others that must be repeated with it; `undefined` if they do not fit.
   *
   * @param recalled the statements that are repeated already, and whose tokens do not count
   * @param maxTokens the largest size of the others, in tokens
   */
  around(statement: PlacedStatement, recalled: ReadonlySet<PlacedStatement>, maxTokens: number): Part | undefined {
    const statements = new Set<PlacedStatement>();
    const names = new Set<string>();
    let tokens = 0;
    const waiting = [statement];
    // Iterating over an array includes elements that are added meanwhile.
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

  /** Returns the statements that make the values of a name, and those that read them. */
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

  /** Returns a statement alone; `undefined` if the names that it makes or reads have other values, too. */
  alone(statement: PlacedStatement): Part | undefined {
    const isOnly = [...statement.makes].every((name) => this.#makers.get(name)!.length === 1) &&
      [...this.#needed.get(statement)!].every((name) => !this.#isOld(name, statement));
    return isOnly ? { statements: new Set([statement]), tokens: this.#tokensOf(statement) } : undefined;
  }

  /** Whether the value of a name has changed since a statement read it. */
  #isOld(name: string, { position }: PlacedStatement): boolean {
    return this.#versions.at(name, position) !== this.#versions.at(name);
  }
}

function add(map: Map<string, PlacedStatement[]>, name: string, statement: PlacedStatement): void {
  const known = map.get(name);
  if (known === undefined) map.set(name, [statement]);
  else known.push(statement);
}
