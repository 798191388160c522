/**
 * A LogFollower with a scripted server.
 *
 * @module
 */

import { type Clock, systemClock } from "../../../src/async/clock.ts";
import { type LogFields, silentLogger } from "../../../src/logger.ts";
import type { StoredEvent } from "../../../src/notebook/sync/frames.ts";
import { LogFollower } from "../../../src/notebook/sync/log_follower.ts";
import type { LogReplacement } from "../../../src/notebook/sync/replaced_log.ts";

/** Returns an event. `parentSeqNum` is given only where the log has a gap. */
export function event(seqNum: number, createdAt = new Date().toISOString(), parentSeqNum = seqNum - 1): StoredEvent {
  return { name: "v1.Debug", seqNum, parentSeqNum, clientId: "other", sessionId: "static", createdAt };
}

export const longAgo = new Date(0).toISOString();

/** Returns a follower whose pulls the test answers. */
export function follow(clock: Clock = systemClock) {
  const replaced: LogReplacement[] = [];
  const pulls: { requestId: string; cursor?: number }[] = [];
  const dropped: string[] = [];
  const taken: string[] = [];
  const logged: [string, LogFields?][] = [];
  let pulled = Promise.withResolvers<void>();
  const follower = new LogFollower({
    send: (frame) => {
      pulls.push(JSON.parse(frame));
      pulled.resolve();
      pulled = Promise.withResolvers();
    },
    drop: (reason) => dropped.push(reason),
    onEvents: (events) =>
      taken.push(...events.map(({ name, seqNum }) => name === "filler" ? `(${seqNum})` : `${seqNum}`)),
    onChange: () => {},
    onReplaced: (replacement) => replaced.push(replacement),
    fillerFor: (seqNum) => ({ ...event(seqNum), name: "filler" }),
    logger: {
      ...silentLogger,
      debug: (_, fields) => logged.push(["debug", fields]),
      warn: (_, fields) => logged.push(["warn", fields]),
    },
    clock,
  });
  return {
    follower,
    replaced,
    logged,
    pulls,
    dropped,
    taken,
    nextPull: () => pulled.promise,
    broadcast: (...events: StoredEvent[]) => follower.receive({ type: "broadcast", events }),
    page: (events: StoredEvent[], remaining = 0) =>
      follower.receive({ type: "page", requestId: pulls.at(-1)!.requestId, events, remaining }),
  };
}

/** Answers the pulls of a follower with an old log that has a gap, until the follower has filled the gap. */
export async function fillHole({ page, nextPull }: ReturnType<typeof follow>, log: StoredEvent[]): Promise<void> {
  for (let look = 0; look < 2; look++) {
    const again = nextPull();
    page(log);
    await again;
  }
  page(log);
}
