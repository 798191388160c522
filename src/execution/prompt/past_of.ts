/**
 * Reads what cells have defined.
 *
 * @module
 */

import { cachedDefinitions } from "./analysis_cache.ts";
import { type Past, pastNames } from "./past_names.ts";

/** Which names exist after these cells, oldest first. */
export function pastOf(cells: readonly { code: string; executionCount: number }[]): Past {
  return pastNames(cells.map(({ code, executionCount }) => {
    return { executionCount, definitions: cachedDefinitions(code) };
  }));
}
