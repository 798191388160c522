import assert from "node:assert/strict";
import { event, fillHole, follow, longAgo } from "./followed_log.ts";

Deno.test("LogFollower pulls from the start, and after a reconnect from its last event", () => {
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

Deno.test("LogFollower pulls again when a broadcast leaves a gap, and takes each event once", async () => {
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

Deno.test("LogFollower fills a gap in an old log after two further pulls", async () => {
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

Deno.test("LogFollower forgets the announced end of the log when the connection is lost", () => {
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

Deno.test("LogFollower drops the connection when a pull fails", () => {
  const { follower, pulls, dropped } = follow();
  follower.opened();
  follower.receive({ type: "error", requestId: pulls[0].requestId, message: "no such table" });
  assert.match(dropped[0], /no such table/);
  follower.closed();
});

Deno.test("LogFollower logs a gap in an old log only at debug level", async () => {
  const following = follow();
  following.follower.opened();
  await fillHole(following, [event(1, longAgo), event(4, longAgo, 3)]);
  assert.deepEqual(following.logged, [["debug", { first: 2, last: 3 }]]);
  following.follower.closed();
});

Deno.test("LogFollower warns when events that were broadcast are missing from the log", async () => {
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

Deno.test("LogFollower warns when events that were acknowledged are missing from the log", async () => {
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

Deno.test("LogFollower does not warn about a gap when all announced events have arrived", async () => {
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
