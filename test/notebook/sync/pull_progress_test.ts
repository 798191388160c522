import assert from "node:assert/strict";
import type { LogFields } from "../../../src/logger.ts";
import { silentLogger } from "../../../src/logger.ts";
import { PullProgress } from "../../../src/notebook/sync/pull_progress.ts";
import type { StoredEvent } from "../../../src/notebook/sync/frames.ts";
import { ManualClock } from "../../support/manual_clock.ts";

/** Returns a PullProgress whose clock the test moves. */
function progress() {
  const reported: (LogFields | undefined)[] = [];
  const clock = new ManualClock();
  const counter = new PullProgress({ ...silentLogger, info: (_, fields) => reported.push(fields) }, clock);
  const hand = (atMs: number, count: number, remaining: number) => {
    clock.advance(atMs - clock.now());
    counter.handing({ events: new Array<StoredEvent>(count), remaining });
  };
  return { reported, hand };
}

Deno.test("PullProgress reports the reading of a large notebook every two seconds", () => {
  const { reported, hand } = progress();
  hand(0, 250, 750);
  hand(1_900, 250, 500);
  hand(2_100, 250, 250);
  hand(4_000, 250, 0);
  assert.deepEqual(reported, [{ events: 500, of: 1_000 }]);
});

Deno.test("PullProgress reports neither a notebook that is read at once nor later events", () => {
  const { reported, hand } = progress();
  hand(0, 250, 10);
  hand(500, 10, 0);
  hand(60_000, 1, 0);
  hand(90_000, 1, 0);
  assert.deepEqual(reported, []);
});
