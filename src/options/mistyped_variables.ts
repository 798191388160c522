/**
 * Finds mistyped names of this program's variables, which would otherwise be silently ignored.
 *
 * @module
 */

import { closest } from "./closest.ts";
import type { OptionEntry } from "./option_entry.ts";
import { optionTable } from "./option_table.ts";

/** The prefix of the names that only this program uses. */
const OWN = "AIPYTHON_";

/** The names of all variables that options are read from. */
const known = Object.values<OptionEntry<unknown>>(optionTable).flatMap(({ environment }) => environment);

/** Describes each mistyped variable on one line: `unknown variable AIPYTHON_MODLE: did you mean AIPYTHON_MODEL?` */
export function describeMistyped(names: readonly string[]): string[] {
  return names.filter((name) => name.startsWith(OWN) && !known.includes(name)).map((name) => {
    const meant = closest(name.slice(OWN.length), ownNames);
    return `unknown variable ${name}${meant === undefined ? "" : `: did you mean ${OWN}${meant}?`}`;
  });
}

const ownNames = known.filter((name) => name.startsWith(OWN)).map((name) => name.slice(OWN.length));
