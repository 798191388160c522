/**
 * ROUTER sockets with libzmq's clients.
 *
 * @module
 */

import assert from "node:assert/strict";
import { RouterSocket } from "../../src/zmtp/router_socket.ts";
import { Pyzmq, pyzmqTest } from "./pyzmq.ts";

const loopback = { hostname: "127.0.0.1", port: 0 };

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** Sends every message back until the socket is closed. Returns the number of messages. */
async function echo(router: RouterSocket): Promise<number> {
  let count = 0;
  for await (const { routingId, frames } of router) {
    count += 1;
    void router.send(routingId, frames);
  }
  return count;
}

pyzmqTest("a DEALER receives back messages with any number and size of frames", async () => {
  await using router = await RouterSocket.bind(loopback);
  void echo(router);
  await using client = new Pyzmq(
    router.port,
    `
dealer = connect(zmq.DEALER)
sizes = [0, 1, 254, 255, 256, 257, 65535, 65536, 70000, 8 * 1024 * 1024]
bodies = [bytes([size % 251]) * size for size in sizes]
messages = [[body] for body in bodies] + [bodies, bodies[::-1], [b""] * 20, [b"x", b"", b"y"] * 300]
for message in messages:
    dealer.send_multipart(message)
    assert dealer.recv_multipart() == message, [len(part) for part in message]
for message in messages:
    dealer.send_multipart(message)
for message in messages:
    assert dealer.recv_multipart() == message
`,
  );
  await client.ends();
});

pyzmqTest("10,000 small messages arrive in order in both directions", async () => {
  await using router = await RouterSocket.bind(loopback);
  const echoed = echo(router);
  await using client = new Pyzmq(
    router.port,
    `
import threading
dealer = connect(zmq.DEALER, sndhwm=0, rcvhwm=0)
for number in range(10000):
    dealer.send_multipart([b"%d" % number, b"x" * (number % 300)])
for number in range(10000):
    assert dealer.recv_multipart() == [b"%d" % number, b"x" * (number % 300)], number
`,
  );
  await client.ends();
  await router.close();
  assert.equal(await echoed, 10_000);
});

pyzmqTest("each DEALER receives its own answers, and its identity is its routing id", async () => {
  await using router = await RouterSocket.bind(loopback);
  void (async () => {
    for await (const { routingId, frames } of router) void router.send(routingId, [routingId, ...frames]);
  })();
  await using client = new Pyzmq(
    router.port,
    `
named, unnamed, other = connect(zmq.DEALER, identity=b"a name"), connect(zmq.DEALER), connect(zmq.DEALER)
for socket in named, unnamed, other:
    socket.send(b"1")
    socket.send(b"2")
answers = [[socket.recv_multipart(), socket.recv_multipart()] for socket in (named, unnamed, other)]
assert [[part[1] for part in each] for each in answers] == [[b"1", b"2"]] * 3, answers
ids = [{part[0] for part in each} for each in answers]
assert ids[0] == {b"a name"}, ids
assert all(len(each) == 1 for each in ids) and ids[1] != ids[2], ids
assert all(min(each)[0] == 0 for each in ids[1:]), ids
`,
  );
  await client.ends();
});

pyzmqTest("a DEALER that reconnects with its identity receives the messages for this identity", async () => {
  await using router = await RouterSocket.bind(loopback);
  await using client = new Pyzmq(
    router.port,
    `
first = connect(zmq.DEALER, identity=b"kernel client")
first.send(b"first")
hear()
second = connect(zmq.DEALER, identity=b"kernel client")
second.send(b"second")
say(second.recv().decode())
first.close(0)
second.close(0)
third = connect(zmq.DEALER, identity=b"kernel client")
third.send(b"third")
say(third.recv().decode())
`,
  );
  const messages = router[Symbol.asyncIterator]();
  const next = async () => text((await messages.next()).value!.frames[0]);
  assert.equal(await next(), "first");
  await client.send("go on");
  assert.equal(await next(), "second");
  const routingId = new TextEncoder().encode("kernel client");
  assert.equal(await router.send(routingId, [new TextEncoder().encode("to the second")]), "written");
  await client.says("to the second");
  assert.equal(await next(), "third");
  void router.send(routingId, [new TextEncoder().encode("to the third")]);
  await client.says("to the third");
  await client.ends();
});

pyzmqTest("a REQ can talk to a ROUTER, which receives its delimiter", async () => {
  await using router = await RouterSocket.bind(loopback);
  void echo(router);
  await using client = new Pyzmq(
    router.port,
    `
req = connect(zmq.REQ)
req.send_multipart([b"a", b"b"])
assert req.recv_multipart() == [b"a", b"b"]
`,
  );
  await client.ends();
});

pyzmqTest("messages that a DEALER sent before it disconnected are received", async () => {
  await using router = await RouterSocket.bind(loopback);
  await using client = new Pyzmq(
    router.port,
    `
dealer = connect(zmq.DEALER)
for number in range(500):
    dealer.send(b"%d" % number)
dealer.close()
context.term()
`,
  );
  await client.ends();
  let expected = 0;
  for await (const { frames } of router) {
    assert.equal(text(frames[0]), String(expected++));
    if (expected === 500) break;
  }
});

pyzmqTest("a ROUTER rejects SUB and PUSH peers", async () => {
  const refused = Promise.withResolvers<string>();
  const reasons: string[] = [];
  await using router = await RouterSocket.bind({
    ...loopback,
    onRefused: ({ error, address }) => {
      assert.match(address, /^127\.0\.0\.1:\d+$/);
      reasons.push(error.message);
      if (["SUB", "PUSH"].every((type) => reasons.some((reason) => reason.includes(` ${type} `)))) refused.resolve("");
    },
  });
  await using client = new Pyzmq(
    router.port,
    `
sub, push = connect(zmq.SUB, subscribe=b""), connect(zmq.PUSH)
hear()
`,
  );
  await refused.promise;
  assert.ok(reasons.includes("a SUB cannot connect to a ROUTER; it accepts REQ, DEALER, ROUTER"), reasons.join("\n"));
  await client.send("that is all");
});

pyzmqTest("a client that requires PLAIN or CURVE fails in the greeting", async () => {
  await using router = await RouterSocket.bind(loopback);
  await using client = new Pyzmq(
    router.port,
    `
from zmq.utils.monitor import recv_monitor_message
MECHANISM_MISMATCH = 0x11000002
public, secret = zmq.curve_keypair()
plain = dict(plain_username=b"user", plain_password=b"password")
curve = dict(curve_serverkey=public, curve_publickey=public, curve_secretkey=secret)
for options in plain, curve:
    dealer = context.socket(zmq.DEALER)
    dealer.linger = 0
    for name, value in options.items():
        dealer.setsockopt(getattr(zmq, name.upper()), value)
    monitor = dealer.get_monitor_socket()
    monitor.rcvtimeo = 30000
    dealer.connect(address)
    failed = zmq.EVENT_HANDSHAKE_FAILED_PROTOCOL
    while (event := recv_monitor_message(monitor))["event"] != failed:
        assert event["event"] != zmq.EVENT_HANDSHAKE_SUCCEEDED
    assert event["value"] == MECHANISM_MISMATCH, hex(event["value"])
`,
  );
  await client.ends();
});

pyzmqTest("ZMTP heartbeats are answered even while messages wait", async () => {
  await using router = await RouterSocket.bind(loopback);
  await using client = new Pyzmq(
    router.port,
    `
from zmq.utils.monitor import recv_monitor_message
dealer = context.socket(zmq.DEALER)
monitor = dealer.get_monitor_socket()
monitor.rcvtimeo = 30000
for name, value in {"HEARTBEAT_IVL": 20, "HEARTBEAT_TIMEOUT": 500, "HEARTBEAT_TTL": 500}.items():
    dealer.setsockopt(getattr(zmq, name), value)
dealer.connect(address)
while recv_monitor_message(monitor)["event"] != zmq.EVENT_HANDSHAKE_SUCCEEDED:
    pass
dealer.send(b"waits")
monitor.rcvtimeo = 1500
try:
    event = recv_monitor_message(monitor)
    raise SystemExit("event %s" % event)
except zmq.Again:
    say("still connected")
`,
  );
  await client.says("still connected");
  await client.ends();
});
