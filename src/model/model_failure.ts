/**
 * How a model failed, for whoever watches an agent.
 *
 * @module
 */

import type { ModelErrorKind } from "../errors.ts";

/**
 * How a model failed.
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
  /** What went wrong. */
  readonly kind: ModelErrorKind;
  /** The HTTP status, where there was an answer. */
  readonly status?: number;
  /** What happened and what to do, as sentences, without secrets. */
  readonly message: string;
  /** Whether no cell has failed yet: what the server said at the start makes it likely. */
  readonly isDoubt?: true;
}
