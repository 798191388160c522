/**
 * Computes the completion of a typed text from candidates.
 *
 * @module
 */

export interface Completion {
  /** The common prefix of all candidates, without the typed text; may be empty. */
  insert: string;
  /** The candidates, sorted. */
  candidates: string[];
}

/**
 * Completes the beginning of a name.
 *
 * @param typed the beginning of a name
 * @param names all names, in any order. Those that begin with `_` are candidates only if the typed text does
 */
export function completionOf(typed: string, names: Iterable<string>): Completion {
  const fitting = [...new Set(names)].filter((name) => name.startsWith(typed));
  const candidates = fitting.filter((name) => typed.startsWith("_") || !name.startsWith("_")).sort();
  return { insert: commonBeginning(candidates).slice(typed.length), candidates };
}

function commonBeginning(names: readonly string[]): string {
  const [first = "", ...others] = names;
  let length = first.length;
  for (const name of others) {
    while (!name.startsWith(first.slice(0, length))) length -= 1;
  }
  return first.slice(0, length);
}
