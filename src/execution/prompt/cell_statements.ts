/**
 * Groups the definitions of a cell by statement.
 *
 * @module
 */

import type { Definition } from "../../python/cell_definitions.ts";

/** The effect of a statement on a name. A binding inside a block may not have run, and counts as `changes`. */
export type Effect = "binds" | "changes" | "deletes";

export interface CellStatement {
  /** The source, unchanged. */
  source: string;
  /** The effects, by name. */
  effects: ReadonlyMap<string, Effect>;
  /** The names that it imports. */
  imports: ReadonlySet<string>;
  /** The names that it reads when it runs. */
  usesNow: ReadonlySet<string>;
  /** The names that are read when functions in it are called. */
  usesLater: ReadonlySet<string>;
  /** The names that may refer to one object, or contain it, after the statement. */
  shared: readonly string[];
}

/** The effects of definitions at the top level. */
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

/** The header of a loop, with its iterable. */
const ITERABLE = /^(?:async\s+)?for\s[^\n]*?\sin\s([^\n]*?):/;

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
  // A change of a loop variable changes the iterable, too.
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
