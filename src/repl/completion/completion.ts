/**
 * What Tab makes of the text before the cursor.
 *
 * @module
 */

/** What a text could become. */
export interface Completion {
  /** What all candidates have in common behind what was typed; may be empty. */
  insert: string;
  /** The candidates, sorted. */
  candidates: string[];
}

/**
 * Finds what was typed among names.
 *
 * @param typed the beginning of a name
 * @param names in any order; those with `_` in front are candidates only where that was typed
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
