/**
 * Tests that a LogFollower compares the server's log with its own after a reconnect.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { StoredEvent } from "../../../src/notebook/sync/frames.ts";
import { ManualClock } from "../../support/manual_clock.ts";
import { event, fillHole, follow, longAgo } from "./followed_log.ts";

/** Returns an event of another log. */
const strange = (seqNum: number): StoredEvent => ({ ...event(seqNum), clientId: "stranger" });

/** Returns a follower of three events that has just reconnected, on a clock that the test moves. */
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

Deno.test("LogFollower reports a replaced log when the event at its last position differs in two pulls", () => {
  const { follower, page, taken, replaced, clock, pulls } = reconnected();
  page([strange(3), strange(4)]);
  assert.deepEqual([replaced, follower.upToDate], [[], false]);
  clock.advance(1_000);
  assert.equal(pulls.at(-1)!.cursor, 2);
  page([strange(3), strange(4)]);
  assert.deepEqual(replaced, [{ ours: 3, differsAt: 3 }]);
  assert.deepEqual([taken, follower.upToDate], [["1", "2", "3"], false]);
});

Deno.test("LogFollower pulls again when a broadcast contradicts an event that it has", async (t) => {
  await t.step("a pull with the other event shows that the log was replaced", () => {
    const { page, broadcast, replaced, pulls } = reconnected();
    page([event(3)]);
    broadcast(strange(2));
    assert.equal(pulls.at(-1)!.cursor, 1);
    page([strange(2)]);
    assert.deepEqual(replaced, [{ ours: 3, differsAt: 2 }]);
  });

  await t.step("a pull with the follower's own event lets the follower continue", () => {
    const { follower, page, broadcast, replaced, taken } = reconnected();
    page([event(3)]);
    broadcast(strange(2));
    broadcast(event(4));
    assert.deepEqual(taken, ["1", "2", "3"]);
    page([event(2), event(3)]);
    assert.deepEqual([replaced, taken, follower.upToDate], [[], ["1", "2", "3", "4"], true]);
  });

  await t.step("pulls without any event for 15 s show that the log was replaced", () => {
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

Deno.test("LogFollower continues when a lagging or damaged database lacks its last event after a reconnect", () => {
  const { follower, page, broadcast, replaced, taken } = reconnected();
  page([]);
  assert.equal(follower.upToDate, true);
  broadcast(event(4));
  assert.deepEqual([replaced, taken], [[], ["1", "2", "3", "4"]]);
});

Deno.test("LogFollower ignores a late event at a position that it has filled", async () => {
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

Deno.test("LogFollower reports a log that stays shorter than its own for 20 s, even over a reconnect", () => {
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
    ["has all events again", ({ follower }: ReturnType<typeof reconnected>) => follower.serverHeadIs(3)],
    ["broadcasts a later event", ({ broadcast }: ReturnType<typeof reconnected>) => broadcast(event(4))],
  ] as const
) {
  Deno.test(`LogFollower continues when a server whose log was too short for a moment ${what}`, () => {
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

Deno.test("LogFollower does not count the time in which this machine was suspended", () => {
  const { follower, page, replaced, clock } = reconnected();
  page([]);
  follower.serverHeadIs(2);
  clock.holdUp(3_600_000);
  follower.serverHeadIs(2);
  assert.deepEqual(replaced, []);
});
