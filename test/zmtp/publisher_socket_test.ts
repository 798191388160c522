/**
 * Subscriptions to XPUB sockets, byte by byte.
 *
 * @module
 */

import assert from "node:assert/strict";
import { PublisherSocket } from "../../src/zmtp/publisher_socket.ts";
import { bytes, command, message, RawPeer, text } from "./raw_peer.ts";
import { loopback, nextRefusal } from "./loopback_socket.ts";

Deno.test("PublisherSocket filters by the subscribe commands of ZMTP 3.1 and the messages of ZMTP 3.0", async () => {
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

Deno.test("PublisherSocket disconnects a peer with too many or too long subscriptions", async () => {
  const limits = { subscriptions: 2, subscriptionBytes: 3 };
  for (
    const [topics, expected] of [
      [["a", "a", "b", "b", "c"], "the peer subscribed to more than 2 topics"],
      [["abc", "abcd"], "the peer subscribed to a topic of 4 bytes; the limit is 3"],
    ] as const
  ) {
    const { onRefused, reason } = nextRefusal();
    await using publisher = await PublisherSocket.bind({ ...loopback, limits, onRefused });
    using peer = await RawPeer.meet(publisher.port, "SUB");
    for (const topic of topics) await peer.send(command("SUBSCRIBE", topic));
    assert.deepEqual([await reason, await peer.rest()], [expected, []]);
  }
});
