/**
 * How properties are checked here: the same inputs on every run, unless a seed is asked for.
 *
 * @module
 */

import type { Parameters } from "fast-check";

/** The seed unless `AIPYTHON_FUZZ_SEED` names another one. */
const DEFAULT_SEED = 20_261_123;

/**
 * Parameters for `fc.assert`. Whoever wants other inputs sets `AIPYTHON_FUZZ_SEED`, and `AIPYTHON_FUZZ_RUNS` for more of them; a failure
 * names the seed that repeats it.
 *
 * @param numRuns how many inputs are tried
 * @param examples inputs that once broke something, tried first
 */
export function fuzzing<Inputs extends unknown[] | []>(
  numRuns: number,
  examples: Inputs[] = [],
): Pick<Parameters<Inputs>, "seed" | "numRuns" | "examples"> {
  return {
    seed: Number(Deno.env.get("AIPYTHON_FUZZ_SEED") ?? DEFAULT_SEED),
    numRuns: Number(Deno.env.get("AIPYTHON_FUZZ_RUNS") ?? numRuns),
    examples,
  };
}
