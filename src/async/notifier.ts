/**
 * Waits for changes: a notification wakes all waiters, and each of them checks its condition again.
 *
 * @module
 */

export class Notifier {
  #next = Promise.withResolvers<void>();

  /** Wakes all current waiters. */
  notify(): void {
    this.#next.resolve();
    this.#next = Promise.withResolvers<void>();
  }

  /**
   * Waits until a condition holds. Checks it after every notification.
   *
   * @throws the signal's reason, if it is aborted
   */
  async until(condition: () => boolean, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (condition()) return;
    const aborted = Promise.withResolvers<never>();
    const onAbort = () => aborted.reject(signal?.reason);
    signal?.addEventListener("abort", onAbort, { once: true });
    try {
      while (!condition()) await Promise.race([this.#next.promise, aborted.promise]);
    } finally {
      signal?.removeEventListener("abort", onAbort);
    }
  }
}
