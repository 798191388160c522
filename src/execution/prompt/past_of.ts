/**
 * Determines the names that cells have defined.
 *
 * @module
 */

import { cachedDefinitions } from "./analysis_cache.ts";
import { type Past, pastNames } from "./past_names.ts";

/** Returns the names that exist after these cells, oldest first. */
export function pastOf(cells: readonly { code: string; executionCount: number }[]): Past {
  return pastNames(cells.map(({ code, executionCount }) => {
    return { executionCount, definitions: cachedDefinitions(code) };
  }));
}
