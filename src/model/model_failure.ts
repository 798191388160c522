/**
 * The failure of a model, for programs that watch an agent.
 *
 * @module
 */

import type { ModelErrorKind } from "../errors.ts";

/**
 * A failure of a model.
 *
 * ```ts
 * import { AIPythonAgent, type ModelFailure } from "@runt/aipython-runtime-agent";
 *
 * const agent = new AIPythonAgent();
 * const failure: ModelFailure | undefined = agent.modelFailure;
 * console.log(failure === undefined ? "the model answers" : failure.message);
 * ```
 */
export interface ModelFailure {
  /** The kind of error. */
  readonly kind: ModelErrorKind;
  /** The HTTP status; absent if there was no answer. */
  readonly status?: number;
  /** Sentences that say what happened and what to do. They contain no secrets. */
  readonly message: string;
  /** Set if no cell has failed yet, but an answer of the server at the start makes a failure likely. */
  readonly isDoubt?: true;
}
