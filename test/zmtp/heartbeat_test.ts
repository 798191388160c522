/**
 * Commands among messages: pings and a peer's time to live.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { ProtocolError } from "../../src/zmtp/errors.ts";
import { RouterSocket } from "../../src/zmtp/router_socket.ts";
import { ManualClock } from "../support/manual_clock.ts";
import { bytes, command, concat, message, RawPeer } from "./raw_peer.ts";
import { loopback, nextRefusal, receive } from "./loopback_socket.ts";

Deno.test("commands may arrive between the frames of a message", async () => {
  await using router = await RouterSocket.bind(loopback);
  using peer = await RawPeer.meet(router.port, "DEALER", "A");
  await peer.send(bytes("\x01\x01a"), command("PING", "\0\0context"), bytes("\x00\x01b"));
  assert.equal(await peer.frame(), "\x04PONGcontext");
  assert.deepEqual(await receive(router, 1), ["A a b"]);
});

Deno.test("a silent peer is disconnected after its time to live, unless the socket has paused reading from it", async () => {
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
  assert.equal(await reason, "nothing was received from the peer within its time to live of 1000 ms");
  assert.deepEqual(await dead.rest(), []);
  await alive.settled();
  assert.deepEqual(await receive(router, 1), ["B waits"]);
  await unread.settled();
});

Deno.test("any message extends a peer's time to live, and a rejected peer is rejected only once", async () => {
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
