/**
 * Waiting for "something has changed": every waiter wakes up, looks for itself, and waits again if it must.
 *
 * @module
 */

/** Wakes all who wait. */
export class Notifier {
  #next = Promise.withResolvers<void>();

  /** Wakes everybody who waits now. */
  notify(): void {
    this.#next.resolve();
    this.#next = Promise.withResolvers<void>();
  }

  /**
   * Waits until a condition holds, looking again after every notification.
   *
   * @throws the signal's reason, once it is aborted
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
