/**
 * Finds the statements on which the names of a cell depend.
 *
 * @module
 */

import type { NameVersion, NameVersions, PlacedStatement } from "./name_versions.ts";

/**
 * Finds the statements that made the current values of names, directly and through other values. A statement read the values of its
 * time. The body of a function reads the values at the time of each known call, and the current ones.
 *
 * @returns the statements, with the direct ones first, and for each the names that were read when it ran
 */
export function neededStatements(
  versions: NameVersions,
  names: Iterable<string>,
): ReadonlyMap<PlacedStatement, ReadonlySet<string>> {
  return new Search(versions).find(names);
}

class Search {
  readonly #versions: NameVersions;
  readonly #read = new Map<PlacedStatement, Set<string>>();
  readonly #followed = new Set<NameVersion>();
  /** The names that functions in a value read when they are called. */
  readonly #called = new Map<NameVersion, ReadonlySet<string>>();
  /** The names whose current values are needed. */
  readonly #now = new Set<string>();
  #waiting: PlacedStatement[] = [];

  constructor(versions: NameVersions) {
    this.#versions = versions;
  }

  find(names: Iterable<string>): ReadonlyMap<PlacedStatement, ReadonlySet<string>> {
    this.#follow(names, this.#now);
    while (this.#waiting.length > 0) {
      const statements = this.#waiting;
      this.#waiting = [];
      for (const statement of statements) {
        this.#follow(statement.usesNow, this.#read.get(statement)!, statement.position);
        this.#follow(statement.usesLater, this.#now);
      }
    }
    return this.#read;
  }

  /** Adds the statements that made names, as they were at a position, including the names that functions among them read. */
  #follow(names: Iterable<string>, read: Set<string>, position?: number): void {
    const waiting = [...names];
    // Iterating over an array includes elements that are added meanwhile.
    for (const name of waiting) {
      if (read.has(name)) continue;
      read.add(name);
      const version = this.#versions.at(name, position);
      if (version === undefined) continue;
      waiting.push(...this.#calledBy(version));
      for (let each = version; !this.#followed.has(each); each = each.before) {
        this.#followed.add(each);
        this.#need(each.statement);
        if (each.before === undefined) break;
      }
    }
  }

  #need(statement: PlacedStatement): void {
    if (this.#read.has(statement)) return;
    this.#read.set(statement, new Set());
    this.#waiting.push(statement);
  }

  /** Returns the names that functions in a value read when they are called. */
  #calledBy(version: NameVersion): ReadonlySet<string> {
    const chain: NameVersion[] = [];
    let known: ReadonlySet<string> = new Set();
    for (let each: NameVersion | undefined = version; each !== undefined; each = each.before) {
      const called = this.#called.get(each);
      if (called !== undefined) {
        known = called;
        break;
      }
      chain.push(each);
    }
    for (const each of chain.reverse()) {
      const { usesLater } = each.statement;
      if (!usesLater.isSubsetOf(known)) known = known.union(usesLater);
      this.#called.set(each, known);
    }
    return known;
  }
}
