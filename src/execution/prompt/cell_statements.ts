/**
 * What each statement of a cell does with names: a view of its definitions, one statement at a time.
 *
 * @module
 */

import type { Definition } from "../../python/cell_definitions.ts";

/** What a statement does with a name. A statement in a block may not have run: it `changes` what it binds there. */
export type Effect = "binds" | "changes" | "deletes";

/** A statement that does something with names. */
export interface CellStatement {
  /** As it was written. */
  source: string;
  /** The names that it binds, changes or deletes. */
  effects: ReadonlyMap<string, Effect>;
  /** Those that it imports. */
  imports: ReadonlySet<string>;
  /** The names that it reads when it runs. */
  usesNow: ReadonlySet<string>;
  /** The names that are read when functions in it are called. */
  usesLater: ReadonlySet<string>;
  /** Names that may be, or hold, one object after it. */
  shared: readonly string[];
}

/** The effects by what a definition at the top level does. */
const EFFECTS: Readonly<Record<Definition["kind"], Effect>> = {
  import: "binds",
  function: "binds",
  class: "binds",
  assignment: "binds",
  change: "changes",
  call: "changes",
  deletion: "deletes",
  state: "changes",
};

const STRING = /("""|''')[^]*?\1|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g;
const COMMENT = /#[^\n]*/g;

/** A statement without strings that stores objects as they are: `b = a`, `row = rows[0]`, `pair = [a, b]`, `rows.append(row)`. */
const STORES = /^(?:[\w\s.,=[\]{}:]+|[\w.[\]]+\.\w+\([\w\s.,=[\]{}:]*\))$/;
const LOOPS = /\b(?:for|if|lambda|await|del)\b/;

/** `a = b = []`. */
const CHAIN = /^\w+\s*=\s*\w+\s*=/;

/** What a loop goes through. */
const ITERABLE = /^(?:async\s+)?for\s[^\n]*?\sin\s([^\n]*?):/;

/** Joins the definitions of each statement. */
export function cellStatements(definitions: readonly Definition[]): CellStatement[] {
  const statements: Definition[][] = [];
  for (const definition of definitions) {
    if (definition.names.length === 0) continue;
    const last = statements.at(-1)?.[0];
    if (last?.statement === definition.statement && last.source === definition.source) {
      statements.at(-1)!.push(definition);
    } else statements.push([definition]);
  }
  return statements.map(joinDefinitions);
}

function joinDefinitions(definitions: readonly Definition[]): CellStatement {
  const [{ source }] = definitions;
  const effects = new Map<string, Effect>();
  const changed = new Set<string>();
  for (const { names, kind, isNested } of definitions) {
    const effect = isNested ? "changes" : EFFECTS[kind];
    for (const name of names) {
      if (effect === "changes") changed.add(name);
      if ((effects.get(name) ?? "changes") === "changes") effects.set(name, effect);
    }
  }
  const usesNow = new Set(definitions.flatMap((each) => each.usesNow));
  const usesLater = new Set(definitions.flatMap((each) => each.usesLater));
  // What a loop changes of its items belongs to what it goes through.
  if ([...changed].some((name) => effects.get(name) === "binds")) {
    for (const [name] of ITERABLE.exec(source)?.[1].matchAll(/\w+/g) ?? []) {
      if (usesNow.has(name) && !effects.has(name)) effects.set(name, "changes");
    }
  }
  const imports = new Set(definitions.filter(({ kind }) => kind === "import").flatMap(({ names }) => names));
  const shared = new Set(storesObjects(source, usesNow.size > 0) ? [...effects.keys(), ...usesNow] : []);
  return { source, effects, imports, usesNow, usesLater, shared: [...shared] };
}

function storesObjects(source: string, usesNames: boolean): boolean {
  const bare = source.replace(STRING, "").replace(COMMENT, "").trim();
  return STORES.test(bare) && !LOOPS.test(bare) && (usesNames || CHAIN.test(bare));
}
