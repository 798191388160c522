/**
 * Limits the number of calls in a reply.
 *
 * @module
 */

import { ModelError } from "../../errors.ts";

/**
 * The number of calls in one reply. The longest answers of models have 128,000 tokens, and a call takes at least a dozen. No useful
 * reply comes close to this limit.
 */
export const MAX_CALLS = 10_000;

/** Creates the error for a reply with more calls. The output of the earlier calls is kept. */
export function tooManyCalls(): ModelError {
  return new ModelError(
    "length",
    `The model made more than ${MAX_CALLS.toLocaleString("en-US")} calls in one reply and did not finish, so its ` +
      "answer was cut off. Run the cell again, or choose another model.",
  );
}
