/**
 * Property checks use the same inputs on every run. Default: a fixed seed.
 *
 * @module
 */

import type { Parameters } from "fast-check";

/** The seed unless `AIPYTHON_FUZZ_SEED` names another one. */
const DEFAULT_SEED = 20_261_123;

/**
 * Parameters for `fc.assert`. `AIPYTHON_FUZZ_SEED` sets another seed, and `AIPYTHON_FUZZ_RUNS` another number of inputs. A failure names
 * the seed that repeats it.
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
