/**
 * Describes, for the person who runs a cell, why a request failed, and whether a retry may help.
 *
 * @module
 */

import { ModelError } from "../../errors.ts";
import { isRefusedOutput } from "../refused_output.ts";
import { EndlessStreamError, GarbledStreamError, UnfinishedStreamError } from "../stream_errors.ts";
import { type ApiError, type FailedAttempt, type Failure, isApiError, modelError, statusOf } from "./failed_attempt.ts";
import { describeHttpFailure } from "./http_failure.ts";
import { describeBroken, describeUnreachable } from "./network_failure.ts";
import { quoteReason } from "./quote.ts";
import { describeEndless, describeGarbled, describeStreamedError, describeUnfinished } from "./stream_failure.ts";

/** The statuses about the key, the quota or the address: the model has not written anything. */
const ABOUT_ACCESS: ReadonlySet<number | undefined> = new Set([401, 402, 403, 404, 429]);

export function describeFailure(error: unknown, attempt: FailedAttempt): Failure {
  if (error instanceof ModelError) return { error, retryable: false };
  if (error instanceof UnfinishedStreamError) return describeUnfinished(error, attempt);
  if (error instanceof EndlessStreamError) return describeEndless(error, attempt);
  if (error instanceof GarbledStreamError) {
    return attempt.response?.ended ? describeBroken(error, attempt) : describeGarbled(error, attempt);
  }
  if (!isApiError(error)) return describeBroken(error, attempt);
  const status = error.status ?? statusOf(error.error);
  if (!ABOUT_ACCESS.has(status) && isRefusedOutput(error)) return describeRefusedOutput(error, status, attempt);
  if (status !== undefined) return describeHttpFailure(error, status, attempt);
  return error.error === undefined ? describeUnreachable(error, attempt) : describeStreamedError(error, attempt);
}

/** Describes a server that could not read its model's output. The same request may lead to the same output, so it is not retried. */
function describeRefusedOutput(cause: ApiError, status: number | undefined, attempt: FailedAttempt): Failure {
  const { host, model, secrets } = attempt;
  const given = status === undefined ? "" : ` (${status})`;
  const message = `${host} could not read what the model "${model}" wrote${given}${quoteReason(cause.error, secrets)}.`;
  return { error: modelError("invalid_answer", message, attempt, { cause, status }), retryable: false };
}
