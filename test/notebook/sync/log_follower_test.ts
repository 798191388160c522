import assert from "node:assert/strict";
import { systemClock } from "../../../src/async/clock.ts";
import { silentLogger } from "../../../src/logger.ts";
import type { StoredEvent } from "../../../src/notebook/sync/frames.ts";
import { LogFollower } from "../../../src/notebook/sync/log_follower.ts";

/** An event; `parent` differs from the number before it only where the log has a hole. */
function event(seqNum: number, createdAt = new Date().toISOString(), parentSeqNum = seqNum - 1): StoredEvent {
  return { name: "v1.Debug", seqNum, parentSeqNum, clientId: "other", sessionId: "static", createdAt };
}

const longAgo = new Date(0).toISOString();

/** A follower whose pulls the test answers. */
function follow() {
  const pulls: { requestId: string; cursor?: number }[] = [];
  const dropped: string[] = [];
  const taken: string[] = [];
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
    fillerFor: (seqNum) => ({ ...event(seqNum), name: "filler" }),
    logger: silentLogger,
    clock: systemClock,
  });
  return {
    follower,
    pulls,
    dropped,
    taken,
    nextPull: () => pulled.promise,
    broadcast: (...events: StoredEvent[]) => follower.receive({ type: "broadcast", events }),
    page: (events: StoredEvent[], remaining = 0) =>
      follower.receive({ type: "page", requestId: pulls.at(-1)!.requestId, events, remaining }),
  };
}

Deno.test("LogFollower pulls from the start, and after a reconnect from where it stands", () => {
  const { follower, pulls, page, taken } = follow();
  follower.opened();
  assert.equal(pulls[0].cursor, undefined);
  page([event(1), event(2)], 1);
  assert.equal(follower.upToDate, false);
  page([event(3)]);
  assert.equal(follower.upToDate, true);
  follower.closed();
  assert.equal(follower.upToDate, false);
  follower.opened();
  assert.equal(pulls[1].cursor, 3);
  page([]);
  assert.deepEqual(taken, ["1", "2", "3"]);
  follower.closed();
});

Deno.test("LogFollower joins broadcasts that arrive before the answer to its pull", () => {
  const { follower, page, broadcast, taken } = follow();
  follower.opened();
  broadcast(event(2), event(3));
  assert.deepEqual(taken, []);
  page([event(1), event(2)]);
  assert.deepEqual(taken, ["1", "2", "3"]);
  follower.closed();
});

Deno.test("LogFollower pulls again when a broadcast leaves a hole, and takes each event once", async () => {
  const { follower, page, broadcast, taken, nextPull } = follow();
  follower.opened();
  page([]);
  const again = nextPull();
  broadcast(event(2));
  assert.equal(follower.upToDate, false);
  await again;
  page([event(1)]);
  assert.deepEqual(taken, ["1", "2"]);
  assert.equal(follower.upToDate, true);
  follower.closed();
});

Deno.test("LogFollower goes on without an event that an old log has lost, after looking twice", async () => {
  const { follower, pulls, page, taken, nextPull } = follow();
  const log = [event(1, longAgo), event(4, longAgo, 3), event(5, longAgo)];
  follower.opened();
  let again = nextPull();
  page(log);
  assert.deepEqual(taken, ["1"]);
  await again;
  again = nextPull();
  page(log.slice(1));
  await again;
  page(log.slice(1));
  assert.deepEqual(taken, ["1", "(2)", "(3)"]);
  assert.equal(pulls.at(-1)!.cursor, 3);
  page(log.slice(1));
  assert.deepEqual(taken, ["1", "(2)", "(3)", "4", "5"]);
  assert.equal(follower.upToDate, true);
  follower.closed();
});

Deno.test("LogFollower forgets what it knew of the server's end when the connection is lost", () => {
  const { follower, page, broadcast, taken } = follow();
  follower.opened();
  page([]);
  broadcast(event(2));
  follower.closed();
  follower.opened();
  page([]);
  assert.equal(follower.upToDate, true);
  assert.deepEqual(taken, []);
  follower.closed();
});

Deno.test("LogFollower gives the connection up when a pull fails", () => {
  const { follower, pulls, dropped } = follow();
  follower.opened();
  follower.receive({ type: "error", requestId: pulls[0].requestId, message: "no such table" });
  assert.match(dropped[0], /no such table/);
  follower.closed();
});
