/**
 * Describes a server that cannot be reached, and a connection that breaks.
 *
 * @module
 */

import { type FailedAttempt, type Failure, modelError, RUN_AGAIN } from "./failed_attempt.ts";
import { scrub } from "./quote.ts";

/** Describes a request without a response. */
export function describeUnreachable(error: unknown, attempt: FailedAttempt): Failure {
  const cause = rootCause(error);
  const detail = cause instanceof Error ? cause.message : String(cause);
  const reason = /refused/i.test(detail)
    ? "it refuses connections"
    : /dns|lookup|name or service/i.test(detail)
    ? "its name cannot be resolved"
    : scrub(detail.replace(/^.*?\): /, ""), attempt.secrets);
  const message =
    `The model server ${attempt.host} cannot be reached: ${reason}. Check the network and the base URL, then run the cell again.`;
  return { error: modelError("unreachable", message, attempt, { cause }), retryable: true };
}

/** Describes a connection that broke after the request was sent. */
export function describeBroken(cause: unknown, attempt: FailedAttempt): Failure {
  const message = attempt.begun
    ? `The answer of ${attempt.host} was cut off in the middle. ${RUN_AGAIN}`
    : attempt.opened
    ? `${attempt.host} accepted the request, but the stream ended before the answer began. ${RUN_AGAIN}`
    : `The connection to ${attempt.host} broke before the answer began. ${RUN_AGAIN}`;
  return { error: modelError(attempt.begun ? "cut" : "unreachable", message, attempt, { cause }), retryable: true };
}

/** Returns the innermost cause. `fetch` wraps the error of the network. */
function rootCause(error: unknown): unknown {
  let root = error;
  while (root instanceof Error && root.cause !== undefined) root = root.cause;
  return root;
}
