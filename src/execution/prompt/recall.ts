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
  /** How many tokens may be recalled. */
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
  const take = (statements: Iterable<PlacedStatement>): boolean => {
    const others = [...statements].filter((each) => !recalled.has(each));
    const tokens = others.reduce((sum, { source }) => sum + estimateTokens(source), 0);
    if (tokens > room) return false;
    room -= tokens;
    for (const each of others) recalled.add(each);
    return true;
  };
  const parts = new NeededParts(versions, needed);
  for (const statement of lacking) {
    if (recalled.has(statement) || take(parts.around(statement))) continue;
    if (parts.standsAlone(statement)) take([statement]);
  }
  if (recalled.size === 0) return undefined;
  const statements = [...recalled].sort((a, b) => a.position - b.position);
  return {
    code: statements.map(({ source }) => source).join("\n"),
    first: statements[0].cell,
    last: statements[statements.length - 1].cell,
  };
}

/** Needed statements that have to be told together. */
class NeededParts {
  readonly #versions: NameVersions;
  readonly #needed: ReadonlyMap<PlacedStatement, ReadonlySet<string>>;
  readonly #makers = new Map<string, PlacedStatement[]>();
  readonly #readers = new Map<string, PlacedStatement[]>();

  constructor(versions: NameVersions, needed: ReadonlyMap<PlacedStatement, ReadonlySet<string>>) {
    this.#versions = versions;
    this.#needed = needed;
    for (const [statement, read] of needed) {
      for (const name of statement.makes) add(this.#makers, name, statement);
      for (const name of read) add(this.#readers, name, statement);
    }
  }

  /** A statement with all that reading it once more at the end takes. */
  around(statement: PlacedStatement): Set<PlacedStatement> {
    const part = new Set([statement]);
    const names = new Set<string>();
    // A set yields what is added while it is gone through.
    for (const each of part) {
      const old = [...this.#needed.get(each) ?? []].filter((name) => this.#isOld(name, each));
      for (const name of [...each.makes, ...old]) {
        if (names.has(name)) continue;
        names.add(name);
        const makers = this.#makers.get(name) ?? [];
        const start = makers.reduce((least, { position }) => Math.min(least, position), Infinity);
        const readers = (this.#readers.get(name) ?? []).filter(({ position }) => position > start);
        const last = this.#versions.at(name)!.statement;
        const deletion = last.effects.get(name) === "deletes" ? [last] : [];
        for (const other of [...makers, ...readers, ...deletion]) part.add(other);
      }
    }
    return part;
  }

  /** Whether what a statement makes, and what it was made from, had no other values. */
  standsAlone(statement: PlacedStatement): boolean {
    const isOnly = (name: string) => this.#makers.get(name)?.length === 1;
    return [...statement.makes].every((name) => isOnly(name) || !this.#makers.has(name)) &&
      [...this.#needed.get(statement)!].every((name) => !this.#isOld(name, statement));
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
