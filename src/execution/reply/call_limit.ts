/**
 * How many calls a reply may make.
 *
 * @module
 */

import { ModelError } from "../../errors.ts";

/**
 * The most calls of one reply. The longest answers of models have 128,000 tokens, and a call that shows something takes a dozen: no
 * real reply comes near this.
 */
export const MAX_CALLS = 10_000;

/** What ends a reply that makes more. What it has made before stays. */
export function tooManyCalls(): ModelError {
  return new ModelError(
    "length",
    `The model made more than ${
      MAX_CALLS.toLocaleString("en-US")
    } calls in one reply, and did not come to an end: its ` +
      "answer was broken off. Run the cell again, or choose another model.",
  );
}
