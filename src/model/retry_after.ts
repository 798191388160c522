/**
 * Reads the delay that a server asks for before a retry.
 *
 * @module
 */

/**
 * Reads `retry-after-ms`, which is OpenAI's, or `retry-after`, which holds seconds or a date. A date is compared with the `date`
 * header, the server's own clock.
 *
 * @returns milliseconds, or `undefined` if the headers have no delay
 */
export function readRetryAfter(headers: Headers): number | undefined {
  const milliseconds = Number(headers.get("retry-after-ms") ?? NaN);
  if (milliseconds >= 0) return milliseconds;
  const retryAfter = headers.get("retry-after");
  if (retryAfter === null) return undefined;
  const seconds = Number(retryAfter);
  const wait = Number.isNaN(seconds) ? Date.parse(retryAfter) - Date.parse(headers.get("date") ?? "") : seconds * 1_000;
  return wait >= 0 ? wait : undefined;
}
