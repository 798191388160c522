/**
 * Closing of a socket: waiting messages are sent first, but the wait is limited.
 *
 * @module
 */

import assert from "node:assert/strict";
import { RouterSocket } from "../../src/zmtp/router_socket.ts";
import { ManualClock } from "../support/manual_clock.ts";
import { bytes, RawPeer } from "./raw_peer.ts";
import { loopback } from "./loopback_socket.ts";

Deno.test("close() sends the waiting messages first, and then ends the connections and the iterators", async () => {
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

Deno.test("close() waits for a peer that does not read only for the linger time", async () => {
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

async function receiveAll(router: RouterSocket): Promise<number> {
  let count = 0;
  for await (const _ of router) count += 1;
  return count;
}
