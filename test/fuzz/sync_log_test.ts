import assert from "node:assert/strict";
import { systemClock } from "../../src/async/clock.ts";
import fc from "fast-check";
import { silentLogger } from "../../src/logger.ts";
import type { StoredEvent } from "../../src/notebook/sync/frames.ts";
import { LogFollower } from "../../src/notebook/sync/log_follower.ts";
import { LogHead } from "../../src/notebook/sync/log_head.ts";
import { fuzzing } from "./fuzzing.ts";

/** The number of events in the logs. */
const LENGTH = 30;

/** Returns the event with a sequence number. */
function eventAt(seqNum: number, name = `event ${seqNum}`): StoredEvent {
  return { name, seqNum, parentSeqNum: seqNum - 1, clientId: "c", sessionId: "s" };
}

const wholeLog = Array.from({ length: LENGTH }, (_, index) => eventAt(index + 1));

/** Pieces of the log in any order, which overlap, repeat and leave holes. */
const batches = fc.array(
  fc.array(fc.integer({ min: 1, max: LENGTH }).map((seqNum) => eventAt(seqNum)), { maxLength: 12 }),
  { maxLength: 40 },
);

/** Events with arbitrary sequence numbers. */
const wild = fc.array(
  fc.record({ seqNum: fc.integer({ min: 1, max: 40 }), parentSeqNum: fc.integer({ min: 0, max: 39 }) }),
);

Deno.test("LogHead keeps the beginning of the log without holes or repetitions for batches in any order", () => {
  fc.assert(
    fc.property(batches, (pieces) => {
      const log = new LogHead();
      const held = pieces.flatMap((piece) => log.offer(piece).accepted);
      assert.deepEqual(held, wholeLog.slice(0, held.length));
      assert.equal(log.seqNum, held.length);
      // Missing events can be offered later, together with all others again.
      const rest = log.offer(wholeLog).accepted;
      assert.deepEqual([...held, ...rest], wholeLog);
      for (const event of wholeLog) assert.equal(log.holderOf(event), "ours");
      assert.equal(log.holderOf(eventAt(1, "another")), "other");
      assert.equal(log.holderOf(eventAt(LENGTH + 1)), "free");
    }),
    fuzzing(500),
  );
});

Deno.test("LogHead accepts only events that follow the previous one", () => {
  fc.assert(
    fc.property(fc.array(wild), (pieces) => {
      const log = new LogHead();
      const held = pieces.flatMap((piece) => log.offer(piece.map((places) => ({ ...eventAt(1), ...places }))).accepted);
      let head = 0;
      for (const { seqNum, parentSeqNum } of held) {
        assert.equal(parentSeqNum, head);
        assert(seqNum > head);
        head = seqNum;
      }
    }),
    fuzzing(1_000),
  );
});

/** An action of the server that affects a follower. */
type Deed =
  | { type: "broadcast"; seqNums: number[] }
  | { type: "answer"; lost: number[]; pageSize: number }
  | { type: "noise"; requestId: string }
  | { type: "reconnect" };

const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant("broadcast" as const),
      seqNums: fc.array(fc.integer({ min: 1, max: LENGTH }), { maxLength: 6 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant("answer" as const),
      lost: fc.array(fc.integer({ min: 1, max: LENGTH }), { maxLength: 3 }),
      pageSize: fc.integer({ min: 1, max: 10 }),
    }),
  },
  fc.record({ type: fc.constant("noise" as const), requestId: fc.constantFrom("pull-0", "pull-1", "push-1", "") }),
  fc.record({ type: fc.constant("reconnect" as const) }),
);

/** Returns a follower and a function that answers its latest pull, without the lost events. */
function follow() {
  const sent: string[] = [];
  const held: StoredEvent[] = [];
  const follower = new LogFollower({
    send: (frame) => void sent.push(frame),
    drop() {},
    onEvents: (events) => void held.push(...events),
    onChange() {},
    fillerFor: (seqNum) => eventAt(seqNum, "filler"),
    logger: silentLogger,
    clock: systemClock,
  });
  const answer = (lost: readonly number[], pageSize: number) => {
    const frame = sent.at(-1);
    if (frame === undefined) return;
    const { requestId, cursor = 0 } = JSON.parse(frame);
    const events = wholeLog.slice(cursor).filter(({ seqNum }) => !lost.includes(seqNum));
    let start = 0;
    do {
      const page = events.slice(start, start += pageSize);
      follower.receive({ type: "page", requestId, events: page, remaining: Math.max(0, events.length - start) });
    } while (start < events.length);
  };
  return { follower, held, answer };
}

Deno.test("LogFollower passes the log on without holes or repetitions, whatever the server sends", () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 30 }), (deeds) => {
      const { follower, held, answer } = follow();
      follower.opened();
      try {
        for (const deed of deeds) {
          if (deed.type === "broadcast") {
            follower.receive({
              type: "broadcast",
              events: deed.seqNums.map((n) => eventAt(n)),
            });
          }
          if (deed.type === "answer") answer(deed.lost, deed.pageSize);
          if (deed.type === "noise") {
            follower.receive({ type: "page", requestId: deed.requestId, events: [eventAt(9)], remaining: 0 });
          }
          if (deed.type === "reconnect") {
            follower.closed();
            follower.opened();
          }
          assert.deepEqual(held, wholeLog.slice(0, held.length));
        }
        follower.closed();
        follower.opened();
        answer([], 7);
        assert.deepEqual(held, wholeLog, "a completely answered pull supplies all missing events");
        assert.equal(follower.upToDate, true);
      } finally {
        follower.closed();
      }
    }),
    fuzzing(300),
  );
});

Deno.test("LogFollower drops the connection instead of filling an enormous hole", () => {
  const dropped: string[] = [];
  const follower = new LogFollower({
    send() {},
    drop: (reason) => void dropped.push(reason),
    onEvents: () => assert.fail("no event continues the log"),
    onChange() {},
    fillerFor: (seqNum) => eventAt(seqNum, "filler"),
    logger: silentLogger,
    clock: systemClock,
  });
  follower.opened();
  const far = { ...eventAt(2 ** 50), createdAt: "2020-01-01T00:00:00Z" };
  for (let pull = 1; pull <= 3; pull++) {
    follower.receive({ type: "page", requestId: `pull-${pull}`, events: [far], remaining: 0 });
    // A new connection learns about the hole only from the server's head, which starts the next pull.
    follower.serverHeadIs(far.seqNum);
  }
  follower.closed();
  assert.deepEqual(dropped, ["the server sent an event far beyond the end of its log"]);
});
