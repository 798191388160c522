/**
 * The end of the notebook's log as this client holds it: which events come next, which were seen, where one is missing.
 *
 * @module
 */

import type { StoredEvent, WireEvent } from "./frames.ts";

/** How many of the latest events are kept to tell our own from others': ten pushes of LiveStore's largest batch (50). */
const REMEMBERED = 500;

/** What offering events to the log led to. */
export interface Offered {
  /** The events that continue the log, in order. */
  accepted: StoredEvent[];
  /** The first event behind a hole, if there is one: everything from it on was left out. */
  behindGap?: StoredEvent;
}

/** The end of a log that grows without holes and without repetition. */
export class LogHead {
  #head = 0;
  #lastHeld = 0;
  readonly #latest = new Map<number, StoredEvent>();

  /** The sequence number of the last event held; 0 at the root. */
  get seqNum(): number {
    return this.#head;
  }

  /** Takes the events that continue the log; drops those already held; stops at a hole. */
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

  /** Puts events of our own making at places where the server has none. What it may have there after all does not contradict them. */
  fill(fillers: readonly StoredEvent[]): void {
    for (const { seqNum } of fillers) {
      this.#head = seqNum;
      this.#latest.delete(seqNum - REMEMBERED);
    }
  }

  /** The cursor of a pull that brings the last event of the server's that is held once more, to be compared; 0 asks from the start. */
  get overlap(): number {
    return Math.max(0, this.#lastHeld - 1);
  }

  /** The number of the first event that is another than the one that is held at its place; as far as that is remembered. */
  differingFrom(events: readonly WireEvent[]): number | undefined {
    return events.find((event) => {
      const held = this.#latest.get(event.seqNum);
      return held !== undefined && !isSameEvent(held, event);
    })?.seqNum;
  }

  /**
   * Who holds the place of an event that we want to push.
   *
   * @returns `ours` when it is this very event, `other` when it is a different one, `free` when the place is still empty
   */
  holderOf(event: WireEvent): "ours" | "other" | "free" {
    if (event.seqNum > this.#head) return "free";
    const held = this.#latest.get(event.seqNum);
    return held !== undefined && isSameEvent(held, event) ? "ours" : "other";
  }
}

/** Whether two events are one, as LiveStore decides it: two processes may share a client id, so the content counts too. */
function isSameEvent(a: WireEvent, b: WireEvent): boolean {
  return a.seqNum === b.seqNum && a.name === b.name && a.clientId === b.clientId && a.sessionId === b.sessionId &&
    JSON.stringify(a.args) === JSON.stringify(b.args);
}
