/**
 * Adds to the definitions of cells the changes that happen inside called functions, for example those of `queue` by `add(queue)`.
 *
 * @module
 */

import type { Call, CalledFunction, StatementCalls } from "../../python/call_scan.ts";
import type { Definition } from "../../python/cell_definitions.ts";
import { changesArgument } from "../../python/method_effects.ts";
import { commentText } from "../../python/one_line.ts";
import { cachedCalls, cachedDefinitions } from "./analysis_cache.ts";

/** The longest statement in the comment of a change, in characters. */
const MAX_COMMENT = 80;

/** A change of a name: its object was changed, or the name was bound. */
type Change = "call" | "change";

/**
 * Lists the definitions of cells with the changes by called functions.
 *
 * @param cells the cells, oldest first
 * @returns the definitions of each cell; the same list as that of `cachedDefinitions` if there are no such changes
 */
export function definitionsWithCalls(cells: readonly { code: string }[]): (readonly Definition[])[] {
  const functions = new KnownFunctions();
  return cells.map(({ code }) => {
    const definitions = cachedDefinitions(code);
    const calls = new Map(cachedCalls(code).map((each) => [each.statement, each]));
    const groups = Map.groupBy(definitions, ({ statement }) => statement);
    const statements = [...new Set([...groups.keys(), ...calls.keys()])].sort((a, b) => a - b);
    const changed = statements.flatMap((number) => {
      const [own, called] = [groups.get(number) ?? [], calls.get(number)];
      const changes = called === undefined ? [] : changesBy(called, own, functions);
      functions.define(own, called?.functions ?? []);
      return changes;
    });
    return changed.length === 0 ? definitions : insert(definitions, changed);
  });
}

/** Adds each change after the definitions of its statement. */
function insert(definitions: readonly Definition[], changes: readonly Definition[]): Definition[] {
  return [...definitions, ...changes].sort((a, b) => a.statement - b.statement);
}

function changesBy(
  { statement, source, calls, usesNow }: StatementCalls,
  own: readonly Definition[],
  functions: KnownFunctions,
): Definition[] {
  const changed = new Set(own.filter(({ kind }) => kind === "change" || kind === "call").flatMap(({ names }) => names));
  const found = new Map<string, Change>();
  for (const call of calls) {
    for (const [name, kind] of functions.changesOf(call)) {
      if (!changed.has(name) && found.get(name) !== "change") found.set(name, kind);
    }
  }
  return [...found].map(([name, kind]): Definition => ({
    names: [name],
    kind,
    source,
    brief: `${name} = ...  # ${commentText(source, MAX_COMMENT)}`,
    uses: usesNow,
    usesNow,
    usesLater: [],
    statement,
    isNested: false,
  }));
}

/** The functions of a session. */
class KnownFunctions {
  readonly #functions = new Map<string, CalledFunction>();
  /** The parameters and global names that each function changes. Empty while they are being determined, for recursion. */
  readonly #effects = new Map<string, ReadonlyMap<string, Change>>();

  /**
   * Learns the functions of a statement, and forgets those whose names it binds otherwise.
   *
   * @param definitions the definitions of the statement
   * @param functions the functions that it defines
   */
  define(definitions: readonly Definition[], functions: readonly CalledFunction[]): void {
    if (functions.length === 0 && this.#functions.size === 0) return;
    for (const { names, kind } of definitions) {
      if (kind === "change" || kind === "call") continue;
      for (const name of names) {
        if (this.#functions.delete(name)) this.#effects.clear();
      }
    }
    for (const each of functions) this.#functions.set(each.name, each);
    if (functions.length > 0) this.#effects.clear();
  }

  /** Returns what a call changes, by the names of the code that calls. */
  changesOf({ callee, isAttribute, args }: Call): ReadonlyMap<string, Change> {
    const changes = new Map<string, Change>();
    const called = isAttribute ? undefined : this.#functions.get(callee);
    if (called === undefined) {
      const first = args.get(0);
      if (first !== undefined && changesArgument(callee)) changes.set(first, "call");
      return changes;
    }
    for (const [name, change] of this.#effectsOf(called)) {
      const position = called.parameters.indexOf(name);
      if (position === -1) changes.set(name, change);
      else {
        const argument = args.get(name) ?? args.get(position);
        if (argument !== undefined) changes.set(argument, "call");
      }
    }
    return changes;
  }

  #effectsOf(called: CalledFunction): ReadonlyMap<string, Change> {
    const known = this.#effects.get(called.name);
    if (known !== undefined) return known;
    const effects = new Map<string, Change>();
    this.#effects.set(called.name, effects);
    for (const name of called.changes) effects.set(name, "call");
    for (const call of called.calls) {
      for (const [name, change] of this.changesOf(call)) {
        const isLocal = called.locals.has(name) && !called.parameters.includes(name);
        if (!isLocal && effects.get(name) !== "change") effects.set(name, change);
      }
    }
    for (const name of called.binds) effects.set(name, "change");
    return effects;
  }
}
