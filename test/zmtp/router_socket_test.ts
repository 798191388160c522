/**
 * ROUTER sockets: fairness, queues, and peers that disconnect, do not read or reconnect.
 *
 * @module
 */

import assert from "node:assert/strict";
import { PublisherSocket } from "../../src/zmtp/publisher_socket.ts";
import { RouterSocket } from "../../src/zmtp/router_socket.ts";
import { bytes, command, concat, greeting, message, RawPeer, ready } from "./raw_peer.ts";
import { loopback, receive } from "./loopback_socket.ts";

Deno.test("RouterSocket receives from its peers in turn, and from each peer in order", async () => {
  await using router = await RouterSocket.bind(loopback);
  using talkative = await RawPeer.meet(router.port, "DEALER", "A");
  using quiet = await RawPeer.meet(router.port, "DEALER", "B");
  await talkative.send(message("1"), message("2"), message("3"), message("4"));
  await talkative.settled();
  await quiet.send(message("5"), message("6"));
  await quiet.settled();
  assert.deepEqual(await receive(router, 6), ["A 1", "B 5", "A 2", "B 6", "A 3", "A 4"]);
});

Deno.test("RouterSocket stops reading at its limits while nobody receives, and continues afterwards", async () => {
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

Deno.test("RouterSocket receives the messages of a disconnected peer, and drops messages to it", async () => {
  await using router = await RouterSocket.bind({ ...loopback, limits: { receiveMessages: 1 } });
  const peer = await RawPeer.connect(router.port);
  await peer.send(concat(greeting(), ready({ "Socket-Type": "DEALER", "Identity": "A" }), message("1"), message("2")));
  await peer.frame();
  peer[Symbol.dispose]();
  while (await router.send(bytes("A"), [bytes("late")]) !== "gone");
  assert.deepEqual(await receive(router, 2), ["A 1", "A 2"]);
  assert.equal(await router.send(bytes("nobody"), [bytes("lost")]), "gone");
});

Deno.test("RouterSocket.send() drops only whole messages to a peer that does not read", async () => {
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

Deno.test("a peer with the identity of another peer replaces it", async () => {
  await using router = await RouterSocket.bind(loopback);
  using first = await RawPeer.meet(router.port, "DEALER", "A");
  using second = await RawPeer.meet(router.port, "DEALER", "A");
  assert.deepEqual(await first.rest(), []);
  assert.equal(await router.send(bytes("A"), [bytes("hello"), bytes("")]), "written");
  assert.deepEqual([await second.frame(), await second.frame()], ["hello", ""]);
});

Deno.test("a message without a frame is rejected", async () => {
  await using router = await RouterSocket.bind(loopback);
  await using publisher = await PublisherSocket.bind(loopback);
  assert.throws(() => router.send(bytes("A"), []), /A message needs at least one frame/);
  assert.throws(() => publisher.publish([]), /A message needs at least one frame/);
});
