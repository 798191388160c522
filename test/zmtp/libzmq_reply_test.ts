/**
 * REP sockets with libzmq's clients.
 *
 * @module
 */

import { ReplySocket } from "../../src/zmtp/reply_socket.ts";
import { Pyzmq, pyzmqTest } from "./pyzmq.ts";

pyzmqTest("REQ and DEALER clients receive their requests back from a heartbeat", async () => {
  await using heartbeat = await ReplySocket.bind({ hostname: "127.0.0.1", port: 0 });
  void (async () => {
    for await (const { frames, reply } of heartbeat) void reply(frames);
  })();
  await using client = new Pyzmq(
    heartbeat.port,
    `
first, second, dealer = connect(zmq.REQ), connect(zmq.REQ), connect(zmq.DEALER)
for number in range(200):
    first.send(b"ping %d" % number)
    second.send_multipart([b"", b"%d" % number])
    dealer.send_multipart([b"an address", b"", b"ping"])
    assert first.recv() == b"ping %d" % number
    assert second.recv_multipart() == [b"", b"%d" % number]
    assert dealer.recv_multipart() == [b"an address", b"", b"ping"]
`,
  );
  await client.ends();
});
