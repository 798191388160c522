/**
 * Determines the names that cells have defined.
 *
 * @module
 */

import { definitionsWithCalls } from "./called_changes.ts";
import { type Past, pastNames } from "./past_names.ts";

/** Returns the names that exist after these cells, oldest first. */
export function pastOf(cells: readonly { code: string; executionCount: number }[]): Past {
  const definitions = definitionsWithCalls(cells);
  return pastNames(cells.map(({ executionCount }, index) => ({ executionCount, definitions: definitions[index] })));
}
