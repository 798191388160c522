/**
 * Checks whether each name that a cell uses is in its request. The model cannot know other names.
 *
 * @module
 */

import type { SessionCell } from "./long_session.ts";
import type { SessionRequest } from "./session_requests.ts";

export interface KnownNames {
  /** The number of names that cells use, counted once for each cell. */
  used: number;
  /** The names that the cell's request does not define. */
  lost: { executionCount: number; name: string }[];
}

/** Searches each request for the names that its cell uses. */
export function knownNames(cells: readonly SessionCell[], requests: readonly SessionRequest[]): KnownNames {
  const names: KnownNames = { used: 0, lost: [] };
  for (const [index, { executionCount, uses }] of cells.entries()) {
    const turns = requests[index].messages.filter(({ role }) => role === "user").slice(0, -1);
    names.used += uses.length;
    for (const name of uses) {
      const binding = bindingOf(name);
      if (!turns.some(({ content }) => binding.test(content ?? ""))) names.lost.push({ executionCount, name });
    }
  }
  return names;
}

/** Returns the share of names that are in their requests, from 0 to 1. */
export function knownShare({ used, lost }: KnownNames): number {
  return 1 - lost.length / used;
}

/** Returns a pattern for the Python statements that bind a name, of the kinds that the sessions use. */
function bindingOf(name: string): RegExp {
  return new RegExp(`\\b(?:def|class) ${name}\\b|\\bimport\\b.*\\b${name}\\b|^ *${name}(?::.*)? = `, "m");
}
