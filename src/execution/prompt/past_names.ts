/**
 * Determines the names that exist after left-out cells, and the statements that bound and changed them.
 *
 * @module
 */

import type { Definition } from "../../python/cell_definitions.ts";
import { PastImports } from "./past_imports.ts";

/** A statement of an earlier cell that bound names that still exist or that such statements read, or changed the session. */
export interface PastStatement {
  executionCount: number;
  /** The source, unchanged. */
  source: string;
  /** All names that the source binds, including those that were deleted or rebound later. */
  binds: string[];
  /** The definitions with names that still exist; all of them if no name does. */
  definitions: PastDefinition[];
  /** The names that the source reads but does not define. */
  uses: readonly string[];
  /** The statements that defined what the source read when it ran. */
  reads: readonly PastStatement[];
}

/** A definition with names that still exist. */
export interface PastDefinition {
  definition: Definition;
  /** Its names that still exist and were not rebound. */
  live: Set<string>;
  /** The later changes of these names. */
  changes: PastChange[];
  statement: PastStatement;
}

/** A change of a name after it was bound. */
export interface PastChange {
  name: string;
  executionCount: number;
  /** The statement that changed it, on one line. */
  text: string;
}

/** The names that exist after some cells. */
export interface Past {
  imports: PastImports;
  /** The statements, in order. */
  statements: PastStatement[];
  /** The definition of each name, except imported names. */
  owners: ReadonlyMap<string, PastDefinition>;
}

export interface PastCell {
  executionCount: number;
  definitions: readonly Definition[];
}

/** Functions of modules that change a setting for all later code, by their usual names. */
const SETTING =
  /^[\w.]+\.(?:set\w*|seed|manual_seed|filterwarnings|simplefilter|basicConfig|use|rc|chdir|register\w*|append|insert|update)\(/;

/** The longest statement that is kept because it changes a setting of a module, in characters. */
const MAX_SETTING = 120;

/** Reads cells, oldest first, and collects the names that exist at the end. */
export function pastNames(cells: readonly PastCell[]): Past {
  const reader = new PastReader();
  for (const cell of cells) reader.read(cell);
  return reader.past();
}

class PastReader {
  readonly #imports = new PastImports();
  readonly #owners = new Map<string, PastDefinition>();
  readonly #statements: PastStatement[] = [];
  /** The settings and state changes, by what they set. Only the last of each counts. */
  readonly #settings = new Map<string, PastStatement>();
  #executionCount = 0;
  /** The statements of the current cell, by their numbers. */
  #ofCell = new Map<number, PastStatement>();
  /** The statements that last imported each name in the current cell, by number. */
  #imported = new Map<string, number>();

  past(): Past {
    const settings = new Set(this.#settings.values());
    const isSet = (statement: PastStatement) => {
      const root = /^\w+/.exec(statement.source);
      return settings.has(statement) && (root === null || this.#imports.has(root[0]));
    };
    const isLive = ({ live }: PastDefinition) => live.size > 0;
    const kept = new Set(this.#statements.filter((each) => each.definitions.some(isLive) || isSet(each)));
    // Iterating over a set includes elements that are added meanwhile.
    for (const { reads } of kept) {
      for (const each of reads) kept.add(each);
    }
    const statements = this.#statements.filter((each) => kept.has(each));
    for (const statement of statements) {
      if (statement.definitions.some(isLive)) statement.definitions = statement.definitions.filter(isLive);
    }
    return { imports: this.#imports, statements, owners: this.#owners };
  }

  read({ executionCount, definitions }: PastCell): void {
    this.#executionCount = executionCount;
    this.#ofCell = new Map();
    this.#imported = new Map();
    for (const definition of definitions) this.#readDefinition(definition);
  }

  #readDefinition(definition: Definition): void {
    const { kind, names, source } = definition;
    switch (kind) {
      case "state":
        return this.#set(source, source);
      case "deletion":
        return names.forEach((name) => this.#unbind(name));
      case "change":
      case "call":
        return names.forEach((name) => this.#change(name, definition));
      case "import":
        return this.#import(definition);
    }
    const bound = this.#statement(definition);
    bound.binds.push(...names);
    const fresh = names.filter((name) => !definition.isNested || this.#isFirst(name, definition));
    if (fresh.length === 0) return;
    const owner: PastDefinition = { definition, live: new Set(fresh), changes: [], statement: bound };
    bound.definitions.push(owner);
    for (const name of fresh) {
      this.#unbind(name);
      this.#owners.set(name, owner);
    }
  }

  /** Whether a binding in a block defines a name, and does not just change it or repeat another branch of the block. */
  #isFirst(name: string, definition: Definition): boolean {
    if (this.#imported.get(name) === definition.statement) return false;
    const owner = this.#owners.get(name);
    if (owner === undefined) return true;
    if (owner.statement === this.#ofCell.get(definition.statement)) return false;
    if (definition.kind !== "assignment" || owner.statement.source === definition.source) return true;
    this.#change(name, definition);
    return false;
  }

  #import(definition: Definition): void {
    const { names: [name = "*"], brief, statement, isNested } = definition;
    if (isNested) this.#statement(definition).binds.push(name);
    if (isNested && this.#imported.get(name) === statement) return;
    this.#imported.set(name, statement);
    this.#owners.get(name)?.live.delete(name);
    this.#owners.delete(name);
    this.#imports.add(name, brief);
  }

  #change(name: string, definition: Definition): void {
    const text = definition.brief.slice(definition.brief.indexOf("#") + 1).trim();
    const owner = this.#owners.get(name);
    if (owner !== undefined) {
      owner.changes.push({ name, executionCount: this.#executionCount, text });
    } else if (this.#imports.has(name)) {
      const { source, isNested, kind } = definition;
      const isSetting = kind === "change" ? source.startsWith(`${name}.`) : SETTING.test(source);
      const isShort = source.length <= MAX_SETTING && !source.includes("\n");
      if (isSetting && isShort && !isNested) this.#set(kind === "change" ? source.split(" = ", 1)[0] : source, source);
    } else if (definition.kind === "change") {
      const brief = `${name} = ...  # ${text}`;
      this.#readDefinition({
        ...definition,
        names: [name],
        kind: "assignment",
        source: brief,
        brief,
        uses: [],
        usesNow: [],
        usesLater: [],
        statement: -1,
      });
    }
  }

  #set(key: string, source: string): void {
    const statement = { executionCount: this.#executionCount, source, binds: [], definitions: [], uses: [], reads: [] };
    this.#settings.set(key, statement);
    this.#statements.push(statement);
  }

  #unbind(name: string): void {
    this.#imports.delete(name);
    const owner = this.#owners.get(name);
    owner?.live.delete(name);
    this.#owners.delete(name);
  }

  #statement({ statement, source, uses, usesNow }: Definition): PastStatement {
    const known = statement === -1 ? undefined : this.#ofCell.get(statement);
    if (known !== undefined) return known;
    const reads = this.#makersOf(usesNow);
    const made = { executionCount: this.#executionCount, source, binds: [], definitions: [], uses, reads };
    if (statement !== -1) this.#ofCell.set(statement, made);
    this.#statements.push(made);
    return made;
  }

  /** Returns the statements that defined names, and the names that functions among them read. */
  #makersOf(names: readonly string[]): PastStatement[] {
    const makers = new Set<PastStatement>();
    const read = new Set(names);
    for (const name of read) {
      const owner = this.#owners.get(name);
      if (owner === undefined) continue;
      makers.add(owner.statement);
      for (const each of owner.definition.usesLater) read.add(each);
    }
    return [...makers];
  }
}
