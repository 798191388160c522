/**
 * Records the values of each name over all cells, with the statements that made them.
 *
 * @module
 */

import { cachedDefinitions, cachedStatements } from "./analysis_cache.ts";
import { definitionsWithCalls } from "./called_changes.ts";
import { type CellStatement, cellStatements, type Effect } from "./cell_statements.ts";

/** A statement of a notebook. */
export interface PlacedStatement extends CellStatement {
  /** The index among all statements with effects on names. */
  position: number;
  /** The index of its cell. */
  cell: number;
  /** The names that have a new value after it, including other names of the same objects. */
  makes: Set<string>;
}

/** A value of a name. */
export interface NameVersion {
  /** The statement that made it. */
  statement: PlacedStatement;
  /** The value that was changed; absent if the name was bound. */
  before?: NameVersion;
  /** The next value of the name. */
  next?: NameVersion;
  /** Whether the name was imported. */
  isImported: boolean;
}

/** The values of all names, in order. */
export class NameVersions {
  readonly #versions = new Map<string, NameVersion[]>();
  /** The names that may refer to one object, or contain it. */
  readonly #shared = new Map<string, Set<string>>();
  #count = 0;

  /** @param cells the cells, oldest first */
  constructor(cells: readonly { code: string }[]) {
    const definitions = definitionsWithCalls(cells);
    for (const [index, { code }] of cells.entries()) {
      const ofCell = definitions[index];
      const statements = ofCell === cachedDefinitions(code) ? cachedStatements(code) : cellStatements(ofCell);
      for (const statement of statements) this.#add(statement, index);
    }
  }

  /**
   * Returns the value of a name before a statement; `undefined` if it was never bound.
   *
   * @param name the name
   * @param position the position of the statement. Default: after the last one
   */
  at(name: string, position = Infinity): NameVersion | undefined {
    const versions = this.#versions.get(name) ?? [];
    let [low, high] = [0, versions.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (versions[middle].statement.position < position) low = middle + 1;
      else high = middle;
    }
    return versions[low - 1];
  }

  #add(cellStatement: CellStatement, cell: number): void {
    const statement = { ...cellStatement, cell, position: this.#count, makes: new Set<string>() };
    this.#count += 1;
    for (const [name, effect] of statement.effects) {
      if (effect === "changes") {
        // Calls on modules are no changes. The summary keeps their settings.
        if (this.at(name)?.isImported) continue;
        for (const other of this.#shared.get(name) ?? []) this.#make(other, "changes", statement);
      } else {
        this.#shared.get(name)?.delete(name);
        this.#shared.delete(name);
      }
      this.#make(name, effect, statement);
    }
    this.#share(statement.shared);
  }

  #make(name: string, effect: Effect, statement: PlacedStatement): void {
    if (statement.makes.has(name)) return;
    statement.makes.add(name);
    const versions = this.#versions.get(name) ?? [];
    const before = versions.at(-1);
    const version: NameVersion = { statement, isImported: statement.imports.has(name) };
    if (effect === "changes" && before !== undefined) version.before = before;
    if (before !== undefined) before.next = version;
    versions.push(version);
    this.#versions.set(name, versions);
  }

  #share(names: readonly string[]): void {
    const objects = names.filter((name) => this.at(name)?.isImported === false);
    if (objects.length < 2) return;
    const all = new Set(objects.flatMap((name) => [name, ...this.#shared.get(name) ?? []]));
    for (const name of all) this.#shared.set(name, all);
  }
}
