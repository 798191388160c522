/**
 * Pushes events until they are in the server's log, or until other events are certain to have their positions.
 *
 * @module
 */

import type { Logger } from "../../logger.ts";
import type { Clock } from "../../async/clock.ts";
import { delay } from "../../async/delay.ts";
import { pushFrame, type ServerFrame, toWire, type WireEvent } from "./frames.ts";
import type { LogFollower } from "./log_follower.ts";
import type { Notifier } from "../../async/notifier.ts";

/** The largest frame that is sent, in characters. Cloudflare closes a socket at 1 MiB. */
const MAX_FRAME_CHARS = 400_000;
/** The longest wait until pushed events come back, in milliseconds. */
const PUSH_TIMEOUT_MS = 15_000;
/** The delay before a refused push is repeated, in milliseconds. */
const RETRY_MS = 1_000;

export interface PusherOptions {
  follower: LogFollower;
  /** Notified when the follower or the connection has changed. */
  changes: Notifier;
  send(frame: string): void;
  drop(reason: string): void;
  logger: Logger;
  clock: Clock;
}

/** Pushes one batch at a time. */
export class Pusher {
  readonly #options: PusherOptions;
  #pushes = 0;
  #connections = 0;
  #refusal: { requestId: string; message: string } | undefined;
  #sent: { requestId: string; events: readonly WireEvent[] } | undefined;

  constructor(options: PusherOptions) {
    this.#options = options;
  }

  /** Called when the connection was lost. The events in flight may or may not have arrived. */
  closed(): void {
    this.#connections++;
  }

  /** Receives a frame that may concern a push. */
  receive(frame: ServerFrame): void {
    if (frame.type === "acknowledgement" && frame.requestId === this.#sent?.requestId) {
      this.#options.follower.acknowledged(this.#sent.events);
    }
    if (frame.type !== "error") return;
    this.#refusal = frame;
    this.#options.changes.notify();
  }

  /**
   * Pushes events and waits until they come back in the log. The server's acknowledgement is not enough, because it is sent before the
   * events are stored.
   *
   * @returns `done`, or `server_ahead` if an event of another client has one of their positions
   * @throws the signal's reason, if it is aborted
   */
  async push(batch: readonly WireEvent[], signal: AbortSignal): Promise<"done" | "server_ahead"> {
    const { follower, changes } = this.#options;
    let rest = batch.map(toWire);
    while (true) {
      const open = rest.findIndex((event) => follower.log.holderOf(event) !== "ours");
      if (open === -1) return "done";
      rest = rest.slice(open);
      if (follower.log.holderOf(rest[0]) === "other") return "server_ahead";
      if (follower.upToDate) await this.#attempt(rest, signal);
      else await changes.until(() => follower.upToDate || follower.log.seqNum >= rest[0].seqNum, signal);
    }
  }

  /** Sends as many events as fit, and waits until one has come back, the server has refused them, or the connection was lost. */
  async #attempt(rest: WireEvent[], signal: AbortSignal): Promise<void> {
    const { follower, changes, send, drop, clock } = this.#options;
    const requestId = `push-${++this.#pushes}`;
    const connection = this.#connections;
    const head = follower.log.seqNum;
    this.#sent = { requestId, events: firstThatFit(rest) };
    send(pushFrame(requestId, this.#sent.events));
    const cancelTimeout = clock.setTimer(() => drop("a push was not answered"), PUSH_TIMEOUT_MS);
    try {
      await changes.until(
        () => follower.log.seqNum > head || this.#connections > connection || this.#refusal?.requestId === requestId,
        signal,
      );
    } finally {
      cancelTimeout();
    }
    if (this.#refusal?.requestId === requestId) await this.#refused(this.#refusal.message, signal);
  }

  async #refused(message: string, signal: AbortSignal): Promise<void> {
    const { follower, logger, clock } = this.#options;
    const expected = Number(/expected e(\d+)/.exec(message)?.[1] ?? NaN);
    if (!Number.isNaN(expected)) follower.serverHeadIs(expected);
    if (expected >= follower.log.seqNum) return;
    if (Number.isNaN(expected)) {
      logger.warn("the sync server does not accept our events; trying again", { reason: message.slice(0, 200) });
    }
    await delay(clock, RETRY_MS, signal);
  }
}

function firstThatFit(events: WireEvent[]): WireEvent[] {
  let chars = 0;
  const tooMany = events.findIndex((event) => (chars += JSON.stringify(event).length) > MAX_FRAME_CHARS);
  return tooMany === -1 ? events : events.slice(0, Math.max(1, tooMany));
}
