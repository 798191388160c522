/**
 * Parameters for property checks, which use the same inputs on every run.
 *
 * @module
 */

import type { Parameters } from "fast-check";

/** The seed without `AIPYTHON_FUZZ_SEED`. */
const DEFAULT_SEED = 20_261_123;

/**
 * Returns parameters for `fc.assert`. `AIPYTHON_FUZZ_SEED` sets another seed, and `AIPYTHON_FUZZ_RUNS` another number
 * of inputs. A failure shows the seed that repeats it.
 *
 * @param numRuns the number of inputs
 * @param examples inputs that once caused a failure; they are tried first
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
