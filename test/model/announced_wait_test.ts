/**
 * A wait that consists of several parts is announced once.
 *
 * @module
 */

import assert from "node:assert/strict";
import { AnnouncedWait } from "../../src/model/announced_wait.ts";
import { ManualClock } from "../support/manual_clock.ts";

const waiting = { value: { type: "waiting", reason: "patience" }, done: false };

Deno.test("AnnouncedWait announces the wait in the next part when its time comes between two parts", async () => {
  const clock = new ManualClock();
  const wait = new AnnouncedWait(clock, 10, () => "patience");
  assert.deepEqual(await wait.during(Promise.resolve(1)).next(), { value: 1, done: true });
  clock.advance(10);
  const part = Promise.withResolvers<number>();
  const events = wait.during(part.promise);
  assert.deepEqual(await events.next(), waiting);
  part.resolve(2);
  assert.deepEqual(await events.next(), { value: 2, done: true });
});

Deno.test("AnnouncedWait announces the wait during a part and still throws that part's error", async () => {
  const clock = new ManualClock();
  const wait = new AnnouncedWait(clock, 10, () => "patience");
  const part = Promise.withResolvers<number>();
  const events = wait.during(part.promise);
  const first = events.next();
  clock.advance(10);
  assert.deepEqual(await first, waiting);
  part.reject("broken");
  await assert.rejects(events.next(), (reason) => reason === "broken");
  assert.deepEqual(await wait.during(Promise.resolve(3)).next(), { value: 3, done: true });
});

Deno.test("AnnouncedWait announces nothing when it ends before its time", async () => {
  const clock = new ManualClock();
  const wait = new AnnouncedWait(clock, 10, () => "patience");
  await assert.rejects(wait.during(Promise.reject("broken")).next(), (reason) => reason === "broken");
  wait.end();
  clock.advance(10);
  assert.deepEqual(await wait.during(Promise.resolve(1)).next(), { value: 1, done: true });
});
