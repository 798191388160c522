/**
 * Asks the page's server whether it still accepts this page. A browser does not reveal why a socket was refused.
 *
 * @module
 */

/** How long the server may take to answer, in milliseconds. */
const ANSWER_TIMEOUT_MS = 5_000;

/**
 * Asks the server after a socket could not be opened.
 *
 * @returns the refusal if the page's cookie is no longer accepted; `undefined` if another attempt is worthwhile
 */
export async function askRefusal(signal: AbortSignal): Promise<Error | undefined> {
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]);
    const { status } = await fetch("/api/site", { signal: limit });
    return status === 401 || status === 403 ? new Error(`HTTP ${status}`) : undefined;
  } catch {
    return undefined;
  }
}
