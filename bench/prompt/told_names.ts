/**
 * Whether each name that a cell uses is told by its request: a name that is not cannot be known to the model.
 *
 * @module
 */

import type { SessionCell } from "./long_session.ts";
import type { SessionRequest } from "./session_requests.ts";

/** The names that the cells of a session use. */
export interface ToldNames {
  /** How many there are, counted once for each cell. */
  used: number;
  /** Those that the request of the cell does not tell of. */
  lost: { executionCount: number; name: string }[];
}

/** Looks in each request for the names that its cell uses. */
export function toldNames(cells: readonly SessionCell[], requests: readonly SessionRequest[]): ToldNames {
  const told: ToldNames = { used: 0, lost: [] };
  for (const [index, { executionCount, uses }] of cells.entries()) {
    const turns = requests[index].messages.filter(({ role }) => role === "user").slice(0, -1);
    told.used += uses.length;
    for (const name of uses) {
      const binding = bindingOf(name);
      if (!turns.some(({ content }) => binding.test(content ?? ""))) told.lost.push({ executionCount, name });
    }
  }
  return told;
}

/** The share of names that are told, from 0 to 1. */
export function toldShare({ used, lost }: ToldNames): number {
  return 1 - lost.length / used;
}

/** What binds a name in Python, as far as sessions have it. */
function bindingOf(name: string): RegExp {
  return new RegExp(`\\b(?:def|class) ${name}\\b|\\bimport\\b.*\\b${name}\\b|^ *${name}(?::.*)? = `, "m");
}
