/**
 * REP sockets, which handle one request after another.
 *
 * @module
 */

import assert from "node:assert/strict";
import { ReplySocket } from "../../src/zmtp/reply_socket.ts";
import { bytes, message, RawPeer, texts } from "./raw_peer.ts";
import { loopback, nextRefusal } from "./loopback_socket.ts";

Deno.test("ReplySocket receives the next request only after it has replied", async () => {
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
  await assert.rejects(async () => await requests.next(), /must answer a request before it receives the next/);
  assert.equal(await one.reply([bytes("one")]), "written");
  assert.throws(() => one.reply([bytes("again")]), /answered only once/);
  const two = (await socket[Symbol.asyncIterator]().next()).value!;
  assert.throws(() => two.reply([]), TypeError);
  await two.reply([bytes("two")]);
  assert.deepEqual([await second.frame(), await second.frame()], ["", "two"]);
  const frames = [await first.frame(), await first.frame(), await first.frame(), await first.frame()];
  assert.deepEqual(frames, ["an", "address", "", "one"]);
});

Deno.test("ReplySocket disconnects a peer whose request lacks the delimiter or a frame after it", async () => {
  for (const frames of [["ping"], ["address", ""], [""]]) {
    const { onRefused, reason } = nextRefusal();
    await using socket = await ReplySocket.bind({ ...loopback, onRefused });
    using peer = await RawPeer.meet(socket.port, "DEALER");
    await peer.send(message(...frames));
    assert.match(await reason, /without an empty delimiter frame and a frame after it$/);
    assert.deepEqual(await peer.rest(), []);
  }
});
