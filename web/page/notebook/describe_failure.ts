/**
 * Describes in two words why the model does not answer.
 *
 * @module
 */

import type { RuntimeStatus } from "../api/api.ts";

export type Failure = NonNullable<RuntimeStatus["failure"]>;

/** The HTTP statuses for an address or a model that does not exist. */
const NOT_THERE: ReadonlySet<number | undefined> = new Set([404, 405]);

/** Describes a failure. Returns `undefined` if the next cell may be answered. */
export function describeFailure({ kind, status, isDoubt }: Failure): string | undefined {
  switch (kind) {
    case "refused":
      return status === 403 ? "not allowed" : "key refused";
    case "rate_limited":
      return status === 402 ? "no credit" : "limit reached";
    case "bad_request":
      return isDoubt ? "check settings" : NOT_THERE.has(status) ? "not found" : "request refused";
    case "unreachable":
      return "unreachable";
    case "not_a_completion":
      return "no model there";
    case "session_limit":
      return "limit reached";
    default:
      return undefined;
  }
}
