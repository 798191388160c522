/**
 * The end of the notebook's log in this client: decides which events continue it, which are known, and where one is missing.
 *
 * @module
 */

import type { StoredEvent, WireEvent } from "./frames.ts";

/** The number of recent events that are kept for comparison: ten pushes of LiveStore's largest batch (50). */
const REMEMBERED = 500;

/** The result of offering events to the log. */
export interface Offered {
  /** The events that continue the log, in order. */
  accepted: StoredEvent[];
  /** The first event after a gap, if there is one. It and all later events were not accepted. */
  behindGap?: StoredEvent;
}

/** The end of a log that grows without gaps and repetitions. */
export class LogHead {
  #head = 0;
  #lastHeld = 0;
  readonly #latest = new Map<number, StoredEvent>();

  /** The sequence number of the last event; 0 if there is none. */
  get seqNum(): number {
    return this.#head;
  }

  /** Accepts the events that continue the log. Skips known events and stops at a gap. */
  offer(events: readonly StoredEvent[]): Offered {
    const accepted: StoredEvent[] = [];
    for (const event of events) {
      if (event.seqNum <= this.#head) continue;
      if (event.parentSeqNum !== this.#head) return { accepted, behindGap: event };
      this.#head = this.#lastHeld = event.seqNum;
      this.#latest.set(event.seqNum, event);
      this.#latest.delete(event.seqNum - REMEMBERED);
      accepted.push(event);
    }
    return { accepted };
  }

  /** Fills positions at which the server has no event. An event that the server has there after all is not a contradiction. */
  fill(fillers: readonly StoredEvent[]): void {
    for (const { seqNum } of fillers) {
      this.#head = seqNum;
      this.#latest.delete(seqNum - REMEMBERED);
    }
  }

  /** The cursor of a pull whose reply contains the last event that came from the server, for comparison; 0 pulls from the start. */
  get overlap(): number {
    return Math.max(0, this.#lastHeld - 1);
  }

  /** Returns the position of the first event that differs from ours. Compares only the most recent events. */
  differingFrom(events: readonly WireEvent[]): number | undefined {
    return events.find((event) => {
      const held = this.#latest.get(event.seqNum);
      return held !== undefined && !isSameEvent(held, event);
    })?.seqNum;
  }

  /**
   * Finds out who has the position of an event that we want to push.
   *
   * @returns `ours` if the log has this event there, `other` if it has a different one, `free` if the log does not reach that far
   */
  holderOf(event: WireEvent): "ours" | "other" | "free" {
    if (event.seqNum > this.#head) return "free";
    const held = this.#latest.get(event.seqNum);
    return held !== undefined && isSameEvent(held, event) ? "ours" : "other";
  }
}

/** Whether two events are the same by LiveStore's criteria. Two processes may share a client id, so the content is compared, too. */
function isSameEvent(a: WireEvent, b: WireEvent): boolean {
  return a.seqNum === b.seqNum && a.name === b.name && a.clientId === b.clientId && a.sessionId === b.sessionId &&
    JSON.stringify(a.args) === JSON.stringify(b.args);
}
