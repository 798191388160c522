import assert from "node:assert/strict";
import { type Clock, systemClock } from "../../../src/async/clock.ts";
import { type LogFields, silentLogger } from "../../../src/logger.ts";
import type { StoredEvent } from "../../../src/notebook/sync/frames.ts";
import { LogFollower } from "../../../src/notebook/sync/log_follower.ts";
import type { LogReplacement } from "../../../src/notebook/sync/replaced_log.ts";
import { ManualClock } from "../../support/manual_clock.ts";

/** An event; `parent` differs from the number before it only where the log has a hole. */
function event(seqNum: number, createdAt = new Date().toISOString(), parentSeqNum = seqNum - 1): StoredEvent {
  return { name: "v1.Debug", seqNum, parentSeqNum, clientId: "other", sessionId: "static", createdAt };
}

const longAgo = new Date(0).toISOString();

/** A follower whose pulls the test answers. */
function follow(clock: Clock = systemClock) {
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

Deno.test("LogFollower pulls from the start, and after a reconnect from the last event that it holds", () => {
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
  assert.equal(pulls[1].cursor, 2);
  page([event(3)]);
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

/** Lets an old log with a hole be read, twice, so that the hole is filled. */
async function fillHole({ page, nextPull }: ReturnType<typeof follow>, log: StoredEvent[]): Promise<void> {
  for (let look = 0; look < 2; look++) {
    const again = nextPull();
    page(log);
    await again;
  }
  page(log);
}

Deno.test("LogFollower says at debug level alone that a log skips numbers", async () => {
  const following = follow();
  following.follower.opened();
  await fillHole(following, [event(1, longAgo), event(4, longAgo, 3)]);
  assert.deepEqual(following.logged, [["debug", { first: 2, last: 3 }]]);
  following.follower.closed();
});

Deno.test("LogFollower warns when events that were broadcast are not in the log", async () => {
  const following = follow();
  const { follower, broadcast, nextPull, page, logged } = following;
  follower.opened();
  page([event(1, longAgo)]);
  let pulled = nextPull();
  broadcast(event(3), event(4));
  await pulled;
  follower.closed();
  pulled = nextPull();
  follower.opened();
  await pulled;
  await fillHole(following, [event(5, longAgo, 4)]);
  assert.deepEqual(logged, [["warn", { first: 2, last: 4, lost: 2 }]]);
  follower.closed();
});

Deno.test("LogFollower warns when events of ours that were acknowledged are not in the log", async () => {
  const following = follow();
  const { follower, page, logged } = following;
  follower.opened();
  page([event(1, longAgo)]);
  follower.acknowledged([event(2), event(3)]);
  follower.closed();
  follower.opened();
  await fillHole(following, [event(4, longAgo, 3)]);
  assert.deepEqual(logged, [["warn", { first: 2, last: 3, lost: 2 }]]);
  follower.closed();
});

Deno.test("LogFollower says nothing of lost events where those that were announced have come", async () => {
  const following = follow();
  const { follower, broadcast, page, logged } = following;
  follower.opened();
  page([event(1, longAgo)]);
  follower.acknowledged([event(2)]);
  broadcast(event(2), event(3));
  follower.closed();
  follower.opened();
  await fillHole(following, [event(6, longAgo, 5)]);
  assert.deepEqual(logged, [["debug", { first: 4, last: 5 }]]);
  follower.closed();
});

/** An event of another log. */
const strange = (seqNum: number): StoredEvent => ({ ...event(seqNum), clientId: "stranger" });

/** A follower of three events, on a clock that the test moves; it has just reconnected. */
function reconnected() {
  const clock = new ManualClock(new Date());
  const following = follow(clock);
  const { follower, page } = following;
  follower.opened();
  page([event(1), event(2), event(3)]);
  follower.closed();
  follower.opened();
  return { ...following, clock };
}

Deno.test("LogFollower takes a log for another one if its last event differs in two pulls, and takes no event of it", () => {
  const { follower, page, taken, replaced, clock, pulls } = reconnected();
  page([strange(3), strange(4)]);
  assert.deepEqual([replaced, follower.upToDate], [[], false]);
  clock.advance(1_000);
  assert.equal(pulls.at(-1)!.cursor, 2);
  page([strange(3), strange(4)]);
  assert.deepEqual(replaced, [{ ours: 3, differsAt: 3 }]);
  assert.deepEqual([taken, follower.upToDate], [["1", "2", "3"], false]);
});

Deno.test("LogFollower has the server say what it has stored where a broadcast contradicts what it holds", async (t) => {
  await t.step("the other event: the log is another one", () => {
    const { page, broadcast, replaced, pulls } = reconnected();
    page([event(3)]);
    broadcast(strange(2));
    assert.equal(pulls.at(-1)!.cursor, 1);
    page([strange(2)]);
    assert.deepEqual(replaced, [{ ours: 3, differsAt: 2 }]);
  });

  await t.step("the event that it holds: it goes on", () => {
    const { follower, page, broadcast, replaced, taken } = reconnected();
    page([event(3)]);
    broadcast(strange(2));
    broadcast(event(4));
    assert.deepEqual(taken, ["1", "2", "3"]);
    page([event(2), event(3)]);
    assert.deepEqual([replaced, taken, follower.upToDate], [[], ["1", "2", "3", "4"], true]);
  });

  await t.step("nothing, for as long as an event may be missing: the log is another one", () => {
    const { page, broadcast, replaced, clock } = reconnected();
    page([event(3)]);
    broadcast(strange(2));
    for (let seconds = 0; seconds < 15; seconds++) {
      page([]);
      assert.deepEqual(replaced, []);
      clock.advance(1_000);
    }
    page([]);
    assert.deepEqual(replaced, [{ ours: 3, differsAt: 2 }]);
  });
});

Deno.test("LogFollower does not miss an event that a lagging or damaged database lacks after a reconnect", () => {
  const { follower, page, broadcast, replaced, taken } = reconnected();
  page([]);
  assert.equal(follower.upToDate, true);
  broadcast(event(4));
  assert.deepEqual([replaced, taken], [[], ["1", "2", "3", "4"]]);
});

Deno.test("LogFollower takes what comes late to a place that it has filled for no contradiction", async () => {
  const following = follow();
  const { follower, page, broadcast, replaced, taken, pulls } = following;
  follower.opened();
  await fillHole(following, [event(1, longAgo), event(4, longAgo, 3)]);
  broadcast(event(2));
  assert.deepEqual([replaced, taken], [[], ["1", "(2)", "(3)"]]);
  follower.closed();
  follower.opened();
  assert.equal(pulls.at(-1)!.cursor, undefined);
  page([event(1, longAgo), event(2), event(3), event(4)]);
  assert.deepEqual([replaced, taken], [[], ["1", "(2)", "(3)", "4"]]);
  follower.closed();
});

Deno.test("LogFollower believes that the server's log ends before its own when that stands for 20 s, over reconnects too", () => {
  const { follower, page, replaced, logged, clock } = reconnected();
  page([]);
  for (let seconds = 0; seconds < 20; seconds++) {
    follower.serverHeadIs(1);
    assert.deepEqual(replaced, []);
    clock.advance(1_000);
    if (seconds !== 10) continue;
    follower.closed();
    follower.opened();
    page([]);
  }
  follower.serverHeadIs(1);
  assert.deepEqual(replaced, [{ ours: 3, endsAt: 1 }]);
  assert.deepEqual(logged, [["warn", { endsAt: 1, ours: 3 }]]);
});

for (
  const [what, refute] of [
    ["has its end back", ({ follower }: ReturnType<typeof reconnected>) => follower.serverHeadIs(3)],
    ["tells of an event behind it", ({ broadcast }: ReturnType<typeof reconnected>) => broadcast(event(4))],
  ] as const
) {
  Deno.test(`LogFollower goes on when a server whose log ended too early for a moment ${what}`, () => {
    const following = reconnected();
    const { follower, page, replaced, clock } = following;
    page([]);
    for (let seconds = 0; seconds < 30; seconds++) {
      follower.serverHeadIs(2);
      clock.advance(1_000);
      if (seconds === 15) refute(following);
    }
    assert.deepEqual(replaced, []);
  });
}

Deno.test("LogFollower does not believe a server twice only because this machine was suspended in between", () => {
  const { follower, page, replaced, clock } = reconnected();
  page([]);
  follower.serverHeadIs(2);
  clock.holdUp(3_600_000);
  follower.serverHeadIs(2);
  assert.deepEqual(replaced, []);
});
