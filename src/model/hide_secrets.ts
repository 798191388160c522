/**
 * Takes secrets out of what a server said when a request failed, before it is quoted.
 *
 * @module
 */

import type { FailedAttempt } from "./failure/failed_attempt.ts";

/** A failed request: what was thrown, and what is known of it. */
export interface FailedRequest {
  error: unknown;
  attempt: FailedAttempt;
}

/**
 * Takes secrets out.
 *
 * @param redact replaces the secrets in a text
 */
export function hideSecrets({ error, attempt }: FailedRequest, redact: (text: string) => string): FailedRequest {
  const { response } = attempt;
  const shown = response &&
    { ...response, head: redact(response.head), headers: redactHeaders(response.headers, redact) };
  return {
    error: error instanceof Error ? withoutSecrets(error, redact) : error,
    attempt: { ...attempt, response: shown },
  };
}

/** An error like this one, of the same class, in which words, body and headers are redacted. */
function withoutSecrets(error: Error, redact: (text: string) => string): Error {
  const changed = {
    message: redact(error.message),
    ...("error" in error ? { error: redactAll(error.error, redact) } : {}),
    ...("headers" in error && error.headers instanceof Headers
      ? { headers: redactHeaders(error.headers, redact) }
      : {}),
  };
  return Object.create(error, Object.getOwnPropertyDescriptors(changed));
}

function redactHeaders(headers: Headers, redact: (text: string) => string): Headers {
  return new Headers([...headers].map(([name, value]): [string, string] => [name, redact(value)]));
}

/** Redacts every text in a JSON value. */
function redactAll(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === "string") return redact(value);
  if (Array.isArray(value)) return value.map((item) => redactAll(item, redact));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, redactAll(item, redact)]));
}
