/**
 * Completes the name that is being typed.
 *
 * @module
 */

import { BUILTINS, EXCEPTIONS, KEYWORDS } from "../python/python_names.ts";
import { parsePython } from "../python/python_tree.ts";

/** What IPython adds to Python's own names. */
const IPYTHON_NAMES = ["display"];

/** A name at the end of a line, and what stands before it. */
const NAME_AT_END = /(^|[^\p{ID_Continue}])(\p{ID_Start}\p{ID_Continue}*|_\p{ID_Continue}*)$/u;

/** What a name could become. */
export interface Completion {
  /** What all candidates have in common behind what was typed; may be empty. */
  insert: string;
  /** The candidates, sorted. */
  candidates: string[];
}

/** The names that can be completed: Python's own, and those that cells have used. */
export class KnownNames {
  readonly #names = new Set([...KEYWORDS, ...BUILTINS, ...EXCEPTIONS, ...IPYTHON_NAMES]);

  /** Learns the names that a cell defines, imports or mentions. */
  learn(code: string): void {
    parsePython(code).iterate({
      enter: ({ name, from, to }) => {
        if (name === "VariableName") this.#names.add(code.slice(from, to));
      },
    });
  }

  /**
   * Completes the name at the end of a text.
   *
   * @param before the line before the cursor
   * @returns what it could become; absent where there is no name, or that of an attribute, which only Python knows
   */
  complete(before: string): Completion | undefined {
    const [, around, typed] = NAME_AT_END.exec(before) ?? [];
    if (typed === undefined || around === ".") return undefined;
    const candidates = [...this.#names].filter((name) => name.startsWith(typed)).sort();
    return { insert: commonBeginning(candidates).slice(typed.length), candidates };
  }
}

function commonBeginning(names: readonly string[]): string {
  const [first = "", ...others] = names;
  let length = first.length;
  for (const name of others) {
    while (!name.startsWith(first.slice(0, length))) length -= 1;
  }
  return first.slice(0, length);
}
