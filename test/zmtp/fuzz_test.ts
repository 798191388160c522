/**
 * Any bytes in any pieces give the same messages, or the peer is rejected.
 *
 * @module
 */

import assert from "node:assert/strict";
import fc from "fast-check";
import { encodeCommand } from "../../src/zmtp/command.ts";
import { ProtocolError } from "../../src/zmtp/errors.ts";
import { encodeMessage } from "../../src/zmtp/frame.ts";
import type { MessageLimits } from "../../src/zmtp/message_assembler.ts";
import { decodeMetadata, encodeMetadata } from "../../src/zmtp/metadata.ts";
import { type PeerEvent, PeerReader } from "../../src/zmtp/peer_reader.ts";
import { PublisherSocket } from "../../src/zmtp/publisher_socket.ts";
import { RouterSocket } from "../../src/zmtp/router_socket.ts";
import { Subscriptions } from "../../src/zmtp/subscriptions.ts";
import { fuzzing } from "../fuzz/fuzzing.ts";
import { bytes, concat, greeting, message, RawPeer, ready, text } from "./raw_peer.ts";

const limits: MessageLimits = { frameBytes: 2_000, messageBytes: 4_000, messageParts: 8, commandBytes: 500 };

/** A frame's body. Some lengths are at the boundary between the two encodings of the size. */
const body = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.constantFrom(0, 1, 254, 255, 256, 257).map((length) => new Uint8Array(length).fill(7)),
);

const name = fc.constantFrom("PING", "PONG", "SUBSCRIBE", "CANCEL", "READY", "ERROR", "JOIN", "x");

/** The messages and commands of a peer, in order. */
const said = fc.array(
  fc.oneof(
    fc.array(body, { minLength: 1, maxLength: 8 }).map((frames) => ({ frames })),
    fc.uint8Array({ minLength: 2, maxLength: 18 }).map((data) => ({ name: "PING", data })),
    body.chain((data) => fc.constantFrom("SUBSCRIBE", "CANCEL", "PONG", "LATER").map((name) => ({ name, data }))),
  ),
  { maxLength: 8 },
);

type Said = { frames: Uint8Array[] } | { name: string; data: Uint8Array };

const start = concat(greeting(), ready({ "Socket-Type": "DEALER", "Identity": "me" }));

function encode(all: readonly Said[]): Uint8Array {
  return concat(start, ...all.map((each) => "frames" in each ? encodeMessage(each.frames) : encodeCommand(each)));
}

/** Cuts bytes at places that are given in thousandths of their length. */
function cut(data: Uint8Array, places: readonly number[]): Uint8Array[] {
  const ends = [...places.map((place) => Math.floor(place * data.length / 1_000)).sort((a, b) => a - b), data.length];
  return ends.map((end, index) => data.subarray(ends[index - 1] ?? 0, end));
}

const places = fc.array(fc.nat({ max: 1_000 }), { maxLength: 20 });

function* readAll(pieces: Iterable<Uint8Array>): Generator<PeerEvent> {
  const reader = new PeerReader(limits);
  for (const piece of pieces) yield* reader.read(piece.slice());
}

/** Converts an event to the form of {@linkcode said}. */
function repeat(event: PeerEvent): unknown {
  if (event.type === "message") return { frames: event.frames };
  if (event.type === "subscribe" || event.type === "cancel") {
    return { name: event.type.toUpperCase(), data: event.topic };
  }
  return event.type === "ping" ? { name: "PING", ttlMs: event.ping.ttlMs, context: event.ping.context } : event.type;
}

/** Returns the expected results of these messages and commands. */
function expected(all: readonly Said[]): unknown[] {
  return all.flatMap((each): unknown[] => {
    if ("frames" in each) return [each];
    const { name, data } = each;
    if (name === "PING") return [{ name, ttlMs: (data[0] * 256 + data[1]) * 100, context: data.subarray(2) }];
    return name === "SUBSCRIBE" || name === "CANCEL" ? [each] : [];
  });
}

/** Reads to the end or to an error, and asserts that no message exceeds the limits. */
function readHostile(pieces: Iterable<Uint8Array>): void {
  try {
    for (const event of readAll(pieces)) {
      if (event.type !== "message") continue;
      assert.ok(event.frames.length <= limits.messageParts);
      assert.ok(
        event.frames.every(({ length, buffer }) => length <= limits.frameBytes && buffer.byteLength === length),
      );
      assert.ok(event.frames.reduce((sum, { length }) => sum + length, 0) <= limits.messageBytes);
    }
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    assert.match(error.message, /^[\x20-\x7e]{10,400}$/);
  }
}

Deno.test("PeerReader reads the same events from a stream, wherever it is cut", () => {
  fc.assert(
    fc.property(said, places, (all, places) => {
      const events = [...readAll(cut(encode(all), places))].map(repeat);
      assert.deepEqual(events, ["greeted", "ready", ...expected(all)]);
    }),
    fuzzing(2_000),
  );
  fc.assert(
    fc.property(said, (all) => {
      const single = Array.from(encode(all), (byte) => Uint8Array.of(byte));
      assert.deepEqual([...readAll(single)].map(repeat), ["greeted", "ready", ...expected(all)]);
    }),
    fuzzing(200),
  );
});

Deno.test("PeerReader rejects random bytes and changed streams, or reads messages within the limits", () => {
  const random = fc.uint8Array({ maxLength: 300 });
  const anyCommand = fc.record({ name, data: fc.uint8Array({ maxLength: 60 }) }).map(encodeCommand);
  const prefix = fc.constantFrom(bytes(""), greeting(), start);
  fc.assert(
    fc.property(prefix, fc.array(fc.oneof(random, anyCommand), { maxLength: 4 }), places, (prefix, parts, places) => {
      readHostile(cut(concat(prefix, ...parts), places));
    }),
    fuzzing(5_000),
  );
  const mutation = fc.record({
    at: fc.nat({ max: 1_000 }),
    how: fc.constantFrom("set", "insert", "remove"),
    byte: fc.nat({ max: 255 }),
  });
  fc.assert(
    fc.property(said, fc.array(mutation, { minLength: 1, maxLength: 4 }), places, (all, mutations, places) => {
      const mutated = [...encode(all)];
      for (const { at, how, byte } of mutations) {
        const index = Math.floor(at * mutated.length / 1_000);
        mutated.splice(index, how === "insert" ? 0 : 1, ...how === "remove" ? [] : [byte]);
      }
      readHostile(cut(Uint8Array.from(mutated), places));
    }),
    fuzzing(5_000),
  );
});

Deno.test("a frame of 64 MB is read in linear time, and the size alone allocates no memory", () => {
  const size = 64 * 1024 * 1024;
  const large = { frameBytes: size, messageBytes: size, messageParts: 1, commandBytes: 100 };
  const header = concat(start, bytes("\x02\0\0\0\0\x04\0\0\0"));
  const reader = new PeerReader(large);
  const piece = new Uint8Array(512).fill(3);
  const events = [...reader.read(header)];
  for (let sent = 0; sent < size; sent += piece.length) events.push(...reader.read(piece));
  const last = events.at(-1)!;
  assert.ok(last.type === "message" && last.frames[0].length === size && last.frames[0].at(-1) === 3);

  const before = Deno.memoryUsage().external;
  const announced = Array.from({ length: 100 }, () => {
    const reader = new PeerReader(large);
    return [reader, ...reader.read(header)];
  });
  assert.equal(announced.length, 100);
  assert.ok(Deno.memoryUsage().external - before < 20_000_000);
});

Deno.test("metadata is decoded as it was encoded", () => {
  const properties = fc.dictionary(fc.stringMatching(/^[a-z\d_.+-]{1,40}$/), body);
  fc.assert(
    fc.property(properties, (properties) => {
      const metadata = new Map(Object.entries(properties));
      assert.deepEqual(new Map(decodeMetadata(encodeMetadata(metadata))), metadata);
    }),
    fuzzing(500),
  );
});

Deno.test("Subscriptions match the same topics as a list of prefixes", () => {
  const topic = fc.uint8Array({ maxLength: 3, max: 1 });
  const change = fc.record({ isCancel: fc.boolean(), topic });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 30 }), fc.uint8Array({ maxLength: 6, max: 1 }), (changes, frame) => {
      const subscriptions = new Subscriptions({ subscriptions: 20, subscriptionBytes: 3 });
      const list: string[] = [];
      for (const { isCancel, topic } of changes) {
        const index = list.indexOf(text(topic));
        if (!isCancel) list.push(text(topic));
        else if (index !== -1) list.splice(index, 1);
        subscriptions[isCancel ? "cancel" : "add"](topic);
      }
      assert.equal(subscriptions.matches(frame), list.some((topic) => text(frame).startsWith(topic)));
    }),
    fuzzing(3_000),
  );
});

Deno.test("sockets work after peers have sent any bytes and disconnected at any time", async () => {
  await using router = await RouterSocket.bind({ hostname: "127.0.0.1", port: 0, limits });
  await using publisher = await PublisherSocket.bind({ hostname: "127.0.0.1", port: 0, limits });
  let received = 0;
  const receiving = (async () => {
    for await (const { routingId, frames } of router) {
      received += 1;
      void router.send(routingId, frames);
    }
  })();
  const stream = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.tuple(said, fc.nat({ max: 1_000 })).map(([all, place]) => cut(encode(all), [place])[0]),
    fc.tuple(said, fc.uint8Array({ maxLength: 50 })).map(([all, end]) => concat(encode(all), end)),
    said.map((all) => concat(greeting(), ready({ "Socket-Type": "SUB" }), encode(all).subarray(start.length))),
  );
  await fc.assert(
    fc.asyncProperty(stream, fc.boolean(), async (stream, toRouter) => {
      using peer = await RawPeer.connect(toRouter ? router.port : publisher.port);
      await peer.send(stream);
      publisher.publish([bytes("a topic"), bytes("a message")]);
    }),
    fuzzing(300),
  );
  using peer = await RawPeer.meet(router.port, "DEALER");
  await peer.send(message("still here"));
  assert.equal(await peer.frame(), "still here");
  using subscriber = await RawPeer.meet(publisher.port, "SUB");
  await subscriber.settled();
  await router.close();
  await receiving;
  assert.ok(received > 10, `${received} messages were among the bytes`);
});
