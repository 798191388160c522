/**
 * Messages and commands after the handshake: turns, queues, heartbeats, subscriptions, byte by byte.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { ProtocolError } from "../../src/zmtp/errors.ts";
import { PublisherSocket } from "../../src/zmtp/publisher_socket.ts";
import { ReplySocket } from "../../src/zmtp/reply_socket.ts";
import { RouterSocket } from "../../src/zmtp/router_socket.ts";
import { ManualClock } from "../support/manual_clock.ts";
import { bytes, command, concat, greeting, message, RawPeer, ready, text, texts } from "./raw_peer.ts";

const loopback = { hostname: "127.0.0.1", port: 0 };

/** Receives so many messages: routing id and frames. */
async function receive(router: RouterSocket, count: number): Promise<string[]> {
  const received: string[] = [];
  const messages = router[Symbol.asyncIterator]();
  while (received.length < count) {
    const { routingId, frames } = (await messages.next()).value!;
    received.push([routingId, ...frames].map(text).join(" "));
  }
  return received;
}

/** What a socket refuses a peer for, next. */
function nextRefusal(): { onRefused: (refusal: { error: ProtocolError }) => void; reason: Promise<string> } {
  const { promise, resolve } = Promise.withResolvers<string>();
  return { onRefused: ({ error }) => resolve(error.message), reason: promise };
}

Deno.test("RouterSocket receives from its peers in turns, and from each in order", async () => {
  await using router = await RouterSocket.bind(loopback);
  using talkative = await RawPeer.meet(router.port, "DEALER", "A");
  using quiet = await RawPeer.meet(router.port, "DEALER", "B");
  await talkative.send(message("1"), message("2"), message("3"), message("4"));
  await talkative.settled();
  await quiet.send(message("5"), message("6"));
  await quiet.settled();
  assert.deepEqual(await receive(router, 6), ["A 1", "B 5", "A 2", "B 6", "A 3", "A 4"]);
});

Deno.test("RouterSocket reads no further than its limits while nobody receives, and goes on then", async () => {
  for (const limits of [{ receiveMessages: 2 }, { receiveBytes: 2 }]) {
    await using router = await RouterSocket.bind({ ...loopback, limits });
    using peer = await RawPeer.meet(router.port, "DEALER", "A");
    using other = await RawPeer.meet(router.port, "DEALER", "B");
    let answer: string | undefined;
    await peer.send(message("1"), message("2"), command("PING", "\0\0"), message("3"));
    const answered = peer.frame().then((frame) => answer = frame);
    for (let round = 0; round < 20; round++) await other.settled();
    assert.equal(answer, undefined);
    assert.deepEqual(await receive(router, 1), ["A 1"]);
    assert.equal(await answered, "\x04PONG");
    assert.deepEqual(await receive(router, 2), ["A 2", "A 3"]);
  }
});

Deno.test("commands may come between the frames of a message", async () => {
  await using router = await RouterSocket.bind(loopback);
  using peer = await RawPeer.meet(router.port, "DEALER", "A");
  await peer.send(bytes("\x01\x01a"), command("PING", "\0\0context"), bytes("\x00\x01b"));
  assert.equal(await peer.frame(), "\x04PONGcontext");
  assert.deepEqual(await receive(router, 1), ["A a b"]);
});

Deno.test("RouterSocket receives what a peer sent before it left, and drops what is sent to it then", async () => {
  await using router = await RouterSocket.bind({ ...loopback, limits: { receiveMessages: 1 } });
  const peer = await RawPeer.connect(router.port);
  await peer.send(concat(greeting(), ready({ "Socket-Type": "DEALER", "Identity": "A" }), message("1"), message("2")));
  await peer.frame();
  peer[Symbol.dispose]();
  while (await router.send(bytes("A"), [bytes("late")]) !== "gone");
  assert.deepEqual(await receive(router, 2), ["A 1", "A 2"]);
  assert.equal(await router.send(bytes("nobody"), [bytes("lost")]), "gone");
});

Deno.test("RouterSocket.send() drops whole messages of a peer that does not read, and no others", async () => {
  await using router = await RouterSocket.bind({ ...loopback, limits: { sendMessages: 3 }, lingerMs: 0 });
  using deaf = await RawPeer.meet(router.port, "DEALER", "A");
  using peer = await RawPeer.meet(router.port, "DEALER", "B");
  await deaf.settled();
  const big = new Uint8Array(20_000_000);
  const outcomes = [1, 2, 3, 4, 5].map(() => router.send(bytes("A"), [big]));
  assert.equal(await outcomes[3], "dropped");
  assert.equal(await outcomes[4], "dropped");
  assert.equal(await router.send(bytes("B"), [bytes("hello")]), "written");
  assert.equal(await peer.frame(), "hello");
  await router.close();
  assert.deepEqual(await Promise.all(outcomes), ["gone", "gone", "gone", "dropped", "dropped"]);
});

Deno.test("a peer that comes with the identity of another replaces it", async () => {
  await using router = await RouterSocket.bind(loopback);
  using first = await RawPeer.meet(router.port, "DEALER", "A");
  using second = await RawPeer.meet(router.port, "DEALER", "A");
  assert.deepEqual(await first.rest(), []);
  assert.equal(await router.send(bytes("A"), [bytes("hello"), bytes("")]), "written");
  assert.deepEqual([await second.frame(), await second.frame()], ["hello", ""]);
});

Deno.test("a peer is disconnected when its time to live is over without a word, but not while it is not read", async () => {
  const clock = new ManualClock();
  const { onRefused, reason } = nextRefusal();
  await using router = await RouterSocket.bind({ ...loopback, clock, onRefused, limits: { receiveMessages: 1 } });
  using alive = await RawPeer.meet(router.port, "DEALER", "A");
  using unread = await RawPeer.meet(router.port, "DEALER", "B");
  using dead = await RawPeer.meet(router.port, "DEALER", "C");
  const ping = command("PING", "\0\x0a");
  for (const peer of [alive, unread, dead]) {
    await peer.send(ping);
    assert.equal(await peer.frame(), "\x04PONG");
  }
  await unread.send(concat(ping, message("waits")));
  assert.equal(await unread.frame(), "\x04PONG");
  clock.advance(999);
  await alive.settled();
  clock.advance(1);
  assert.equal(await reason, "nothing was heard for the peer's time to live of 1000 ms");
  assert.deepEqual(await dead.rest(), []);
  await alive.settled();
  assert.deepEqual(await receive(router, 1), ["B waits"]);
  await unread.settled();
});

Deno.test("whatever a peer sends is a sign of life, and who is refused is not refused again", async () => {
  const clock = new ManualClock();
  const reasons: string[] = [];
  const refused = Promise.withResolvers<void>();
  const onRefused = ({ error }: { error: ProtocolError }) => {
    reasons.push(error.message);
    refused.resolve();
  };
  await using router = await RouterSocket.bind({ ...loopback, clock, onRefused });
  using alive = await RawPeer.meet(router.port, "DEALER", "A");
  using wrong = await RawPeer.meet(router.port, "DEALER", "B");
  const ping = command("PING", "\0\x01");
  await alive.send(ping);
  await alive.frame();
  await alive.send(message("1"));
  assert.deepEqual(await receive(router, 1), ["A 1"]);
  await wrong.send(ping, bytes("\x08\0"));
  await refused.promise;
  clock.advance(100);
  assert.deepEqual(reasons, ["the peer sent a frame with reserved flags: 8"]);
  await alive.settled();
});

Deno.test("PublisherSocket filters by the commands of ZMTP 3.1 and by the messages of 3.0", async () => {
  const topics: string[] = [];
  await using publisher = await PublisherSocket.bind({ ...loopback, onSubscribe: (topic) => topics.push(text(topic)) });
  const ways = [
    {
      version: { minor: 1 },
      add: (topic: string) => command("SUBSCRIBE", topic),
      cancel: (topic: string) => command("CANCEL", topic),
    },
    {
      version: { minor: 0 },
      add: (topic: string) => message(`\x01${topic}`),
      cancel: (topic: string) => message(`\0${topic}`),
    },
  ];
  for (const { version, add, cancel } of ways) {
    using peer = await RawPeer.meet(publisher.port, "SUB", "", version);
    await peer.send(
      add("a"),
      add("a"),
      add("abc"),
      add("\xff"),
      cancel("nothing"),
      cancel("a"),
      message("\x01z", ""),
      message("b"),
      message(""),
    );
    await peer.settled();
    for (const topic of ["", "b", "z", "a", "abcd", "\xff\xff"]) publisher.publish([bytes(topic), bytes("!")]);
    for (const topic of ["a", "abcd", "\xff\xff"]) {
      assert.deepEqual([await peer.frame(), await peer.frame()], [topic, "!"]);
    }
    await peer.send(cancel("a"));
    await peer.settled();
    for (const topic of ["a", "ab", "abc"]) publisher.publish([bytes(topic)]);
    assert.equal(await peer.frame(), "abc");
    await peer.send(cancel("abc"), cancel("\xff"), add(""));
    await peer.settled();
    publisher.publish([bytes("")]);
    assert.equal(await peer.frame(), "");
    assert.deepEqual(topics.splice(0), ["a", "a", "abc", "\xff", ""]);
  }
});

Deno.test("PublisherSocket disconnects who asks for too many topics or too long ones", async () => {
  const limits = { subscriptions: 2, subscriptionBytes: 3 };
  for (
    const [topics, expected] of [
      [["a", "a", "b", "b", "c"], "the peer subscribed to more than 2 topics"],
      [["abc", "abcd"], "the peer subscribed to a topic of 4 bytes; at most 3 are taken"],
    ] as const
  ) {
    const { onRefused, reason } = nextRefusal();
    await using publisher = await PublisherSocket.bind({ ...loopback, limits, onRefused });
    using peer = await RawPeer.meet(publisher.port, "SUB");
    for (const topic of topics) await peer.send(command("SUBSCRIBE", topic));
    assert.deepEqual([await reason, await peer.rest()], [expected, []]);
  }
});

Deno.test("ReplySocket receives a request, replies, and only then receives the next", async () => {
  await using socket = await ReplySocket.bind(loopback);
  using first = await RawPeer.meet(socket.port, "DEALER");
  using second = await RawPeer.meet(socket.port, "REQ");
  await first.send(message("an", "address", "", "1", "", "x"));
  await first.settled();
  await second.send(message("", "2"));
  await second.settled();
  const requests = socket[Symbol.asyncIterator]();
  const one = (await requests.next()).value!;
  assert.deepEqual(texts(one.frames), ["1", "", "x"]);
  await assert.rejects(async () => await requests.next(), /answers a request before it receives the next/);
  assert.equal(await one.reply([bytes("one")]), "written");
  assert.throws(() => one.reply([bytes("again")]), /answered once/);
  const two = (await socket[Symbol.asyncIterator]().next()).value!;
  assert.throws(() => two.reply([]), TypeError);
  await two.reply([bytes("two")]);
  assert.deepEqual([await second.frame(), await second.frame()], ["", "two"]);
  const frames = [await first.frame(), await first.frame(), await first.frame(), await first.frame()];
  assert.deepEqual(frames, ["an", "address", "", "one"]);
});

Deno.test("ReplySocket disconnects who sends no delimiter, or nothing behind it", async () => {
  for (const frames of [["ping"], ["address", ""], [""]]) {
    const { onRefused, reason } = nextRefusal();
    await using socket = await ReplySocket.bind({ ...loopback, onRefused });
    using peer = await RawPeer.meet(socket.port, "DEALER");
    await peer.send(message(...frames));
    assert.match(await reason, /without an empty delimiter frame and a frame behind it$/);
    assert.deepEqual(await peer.rest(), []);
  }
});

Deno.test("closing sends what waits first, and ends the connections and the iterators", async () => {
  const router = await RouterSocket.bind({ ...loopback, lingerMs: 60_000 });
  using peer = await RawPeer.meet(router.port, "DEALER", "A");
  using halfOpen = await RawPeer.connect(router.port);
  const ended = receiveAll(router);
  for (let number = 0; number < 100; number++) {
    void router.send(bytes("A"), [new Uint8Array(20_000), bytes(`${number}`)]);
  }
  const closing = router.close();
  const frames = await peer.rest();
  assert.deepEqual(
    frames.filter((_, index) => index % 2 === 1),
    Array.from({ length: 100 }, (_, number) => `${number}`),
  );
  peer[Symbol.dispose]();
  await closing;
  assert.equal(await ended, 0);
  assert.deepEqual(await halfOpen.rest(), []);
  assert.equal(await router.send(bytes("A"), [bytes("late")]), "gone");
  await router.close();
});

Deno.test("closing waits no longer than its linger time for a peer that does not read", async () => {
  const clock = new ManualClock();
  const router = await RouterSocket.bind({ ...loopback, clock, lingerMs: 2_000 });
  using _deaf = await RawPeer.meet(router.port, "DEALER", "A");
  const sent = router.send(bytes("A"), [new Uint8Array(30_000_000)]);
  const closing = router.close();
  let isClosed = false;
  void closing.then(() => isClosed = true);
  clock.advance(1_999);
  await new Promise((resolve) => setTimeout(resolve));
  assert.equal(isClosed, false);
  clock.advance(1);
  await closing;
  assert.equal(await sent, "gone");
});

Deno.test("a message needs a frame", async () => {
  await using router = await RouterSocket.bind(loopback);
  await using publisher = await PublisherSocket.bind(loopback);
  assert.throws(() => router.send(bytes("A"), []), /A message needs one frame at least/);
  assert.throws(() => publisher.publish([]), /A message needs one frame at least/);
});

async function receiveAll(router: RouterSocket): Promise<number> {
  let count = 0;
  for await (const _ of router) count += 1;
  return count;
}
