import assert from "node:assert/strict";
import { systemClock } from "../../../src/async/clock.ts";
import { type LogFields, silentLogger } from "../../../src/logger.ts";
import type { ServerFrame, WireEvent } from "../../../src/notebook/sync/frames.ts";
import { LogFollower } from "../../../src/notebook/sync/log_follower.ts";
import { Notifier } from "../../../src/async/notifier.ts";
import { Pusher } from "../../../src/notebook/sync/pusher.ts";

const mine = (seqNum: number, args: WireEvent["args"] = { id: `${seqNum}` }): WireEvent => ({
  name: "v1.Debug",
  args,
  seqNum,
  parentSeqNum: seqNum - 1,
  clientId: "me",
  sessionId: "static",
});
const others = (seqNum: number): WireEvent => ({ ...mine(seqNum), clientId: "other" });

/** Starts a push to a server that the test plays. The follower is up to date with an empty log. */
function push(batch: WireEvent[], signal = new AbortController().signal) {
  const sent: { tag: string; requestId: string; events: number[] }[] = [];
  const dropped: string[] = [];
  const warnings: (LogFields | undefined)[] = [];
  const changes = new Notifier();
  const watchers = new Notifier();
  const send = (frame: string) => {
    const { _tag: tag, requestId, batch = [] } = JSON.parse(frame);
    sent.push({ tag, requestId, events: batch.map((event: WireEvent) => event.seqNum) });
    watchers.notify();
  };
  const drop = (reason: string) => void dropped.push(reason);
  const follower = new LogFollower({
    send,
    drop,
    onEvents: () => {},
    onChange: () => changes.notify(),
    fillerFor: (seqNum) => ({ ...mine(seqNum), name: "filler" }),
    logger: { ...silentLogger, warn: (_, fields) => void warnings.push(fields) },
    clock: systemClock,
  });
  const pusher = new Pusher({ follower, changes, send, drop, logger: silentLogger, clock: systemClock });
  const receive = (frame: ServerFrame) => {
    follower.receive(frame);
    pusher.receive(frame);
  };
  const last = (tag: string) => sent.findLast((frame) => frame.tag === tag)!;
  const connect = (...events: WireEvent[]) => {
    follower.opened();
    receive({ type: "page", requestId: last("WSMessage.PullReq").requestId, events, remaining: 0 });
  };
  connect();
  const outcome = pusher.push(batch, signal);
  return {
    outcome,
    dropped,
    warnings,
    connect,
    pushes: () => sent.filter((frame) => frame.tag === "WSMessage.PushReq"),
    sentCount: (tag: string, count: number) =>
      watchers.until(() => sent.filter((frame) => frame.tag === tag).length >= count),
    broadcast: (...events: WireEvent[]) => receive({ type: "broadcast", events }),
    answerPull: (...events: WireEvent[]) =>
      receive({ type: "page", requestId: last("WSMessage.PullReq").requestId, events, remaining: 0 }),
    acknowledge: (requestId = last("WSMessage.PushReq").requestId) => receive({ type: "acknowledgement", requestId }),
    refuse: (message: string) => receive({ type: "error", requestId: last("WSMessage.PushReq").requestId, message }),
    disconnect: () => {
      pusher.closed();
      follower.closed();
    },
  };
}

Deno.test("Pusher.push() resolves with done when its events come back", async () => {
  const { outcome, broadcast, pushes, disconnect } = push([mine(1), mine(2)]);
  assert.deepEqual(pushes().map((frame) => frame.events), [[1, 2]]);
  broadcast(mine(1), mine(2));
  assert.equal(await outcome, "done");
  disconnect();
});

Deno.test("Pusher.push() resolves with server_ahead when another client was faster", async () => {
  const { outcome, broadcast, disconnect } = push([mine(1)]);
  broadcast(others(1));
  assert.equal(await outcome, "server_ahead");
  disconnect();
});

Deno.test("Pusher does not take an event with other contents for its own", async () => {
  const { outcome, broadcast, disconnect } = push([mine(1, { id: "ours" })]);
  broadcast(mine(1, { id: "of a process with our client id" }));
  assert.equal(await outcome, "server_ahead");
  disconnect();
});

Deno.test("Pusher does not push events again that had arrived when the connection was lost", async () => {
  const { outcome, connect, disconnect, pushes } = push([mine(1)]);
  disconnect();
  connect(mine(1));
  assert.equal(await outcome, "done");
  assert.equal(pushes().length, 1);
  disconnect();
});

Deno.test("Pusher pushes only the rest again when a part of the events had arrived", async () => {
  const { outcome, connect, disconnect, pushes, broadcast, sentCount } = push([mine(1), mine(2), mine(3)]);
  disconnect();
  connect(mine(1));
  await sentCount("WSMessage.PushReq", 2);
  assert.deepEqual(pushes()[1].events, [2, 3]);
  broadcast(mine(2), mine(3));
  assert.equal(await outcome, "done");
  disconnect();
});

Deno.test("Pusher treats a refusal as an acknowledgement when the server already has its events", async () => {
  const { outcome, connect, disconnect, refuse, answerPull, pushes, sentCount } = push([mine(1)]);
  disconnect();
  connect();
  await sentCount("WSMessage.PushReq", 2);
  refuse("Invalid parent event number. Received e0 but expected e1");
  // The server's database lags: the first pull misses the event, and the next one finds it.
  await sentCount("WSMessage.PullReq", 3);
  answerPull();
  await sentCount("WSMessage.PullReq", 4);
  answerPull(mine(1));
  assert.equal(await outcome, "done");
  assert.equal(pushes().length, 2);
  disconnect();
});

Deno.test("Pusher sends a batch that is too large for one frame in several frames", async () => {
  const long = { text: "x".repeat(300_000) };
  const { outcome, broadcast, pushes, sentCount, disconnect } = push([mine(1, long), mine(2, long)]);
  assert.deepEqual(pushes().map((frame) => frame.events), [[1]]);
  broadcast(mine(1, long));
  await sentCount("WSMessage.PushReq", 2);
  assert.deepEqual(pushes()[1].events, [2]);
  broadcast(mine(2, long));
  assert.equal(await outcome, "done");
  disconnect();
});

Deno.test("Pusher.push() rejects with the signal's reason when it is aborted", async () => {
  const interrupted = new AbortController();
  const { outcome, disconnect } = push([mine(1)], interrupted.signal);
  interrupted.abort(new Error("rebased"));
  await assert.rejects(outcome, /rebased/);
  disconnect();
});

for (const [what, requestId, warned] of [["its own", undefined, true], ["another", "push-0", false]] as const) {
  Deno.test(`Pusher ${warned ? "warns" : "does not warn"} of lost events after an acknowledgement of ${what} push`, async () => {
    const behind = { ...others(3), createdAt: new Date(0).toISOString() };
    const { outcome, acknowledge, connect, disconnect, answerPull, sentCount, warnings } = push([mine(1), mine(2)]);
    acknowledge(requestId);
    disconnect();
    connect(behind);
    for (const pulls of [3, 4]) {
      await sentCount("WSMessage.PullReq", pulls);
      answerPull(behind);
    }
    assert.equal(await outcome, "server_ahead");
    assert.deepEqual(warnings, warned ? [{ first: 1, last: 2, lost: 2 }] : []);
    disconnect();
  });
}
