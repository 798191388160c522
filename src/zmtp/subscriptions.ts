/**
 * The topics of one subscriber (RFC 29, and "The Publish-Subscribe Pattern" in RFC 37).
 *
 * @module
 */

import { ProtocolError } from "./errors.ts";
import type { Limits } from "./limits.ts";
import { keyOf } from "./routing_ids.ts";

export type SubscriptionLimits = Pick<Limits, "subscriptions" | "subscriptionBytes">;

/** Topics with the number of times that each was subscribed to. Matching costs one lookup for each length of a topic. */
export class Subscriptions {
  readonly #limits: SubscriptionLimits;
  readonly #counts = new Map<string, number>();
  /** The number of topics of each length. */
  readonly #lengths = new Map<number, number>();

  constructor(limits: SubscriptionLimits) {
    this.#limits = limits;
  }

  /**
   * Adds a subscription. A topic may be subscribed to several times.
   *
   * @throws {ProtocolError} if a limit would be exceeded
   */
  add(topic: Uint8Array): void {
    const { subscriptions, subscriptionBytes } = this.#limits;
    if (topic.length > subscriptionBytes) {
      throw new ProtocolError(
        `the peer subscribed to a topic of ${topic.length} bytes; the limit is ${subscriptionBytes}`,
      );
    }
    const key = keyOf(topic);
    const count = this.#counts.get(key) ?? 0;
    if (count === 0) {
      if (this.#counts.size >= subscriptions) {
        throw new ProtocolError(`the peer subscribed to more than ${subscriptions} topics`);
      }
      this.#lengths.set(topic.length, (this.#lengths.get(topic.length) ?? 0) + 1);
    }
    this.#counts.set(key, count + 1);
  }

  /** Removes one subscription to a topic, if there is one. */
  cancel(topic: Uint8Array): void {
    if (topic.length > this.#limits.subscriptionBytes) return;
    const key = keyOf(topic);
    const count = this.#counts.get(key);
    if (count === undefined) return;
    if (count > 1) {
      this.#counts.set(key, count - 1);
      return;
    }
    this.#counts.delete(key);
    const alike = this.#lengths.get(topic.length)!;
    if (alike > 1) this.#lengths.set(topic.length, alike - 1);
    else this.#lengths.delete(topic.length);
  }

  /** Whether a message has subscribers: its first frame begins with one of the topics. */
  matches(frame: Uint8Array): boolean {
    const start = keyOf(frame.subarray(0, this.#limits.subscriptionBytes));
    for (const length of this.#lengths.keys()) {
      if (length <= start.length && this.#counts.has(start.slice(0, length))) return true;
    }
    return false;
  }
}
