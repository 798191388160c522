/**
 * XPUB sockets with libzmq's subscribers.
 *
 * @module
 */

import assert from "node:assert/strict";
import { Notifier } from "../../src/async/notifier.ts";
import { PublisherSocket, type Subscriber } from "../../src/zmtp/publisher_socket.ts";
import { Pyzmq, pyzmqTest } from "./pyzmq.ts";

const loopback = { hostname: "127.0.0.1", port: 0 };

const bytes = (text: string) => new TextEncoder().encode(text);

/** Collects the topics of subscriptions, in order. */
class Topics {
  readonly seen: string[] = [];
  readonly #notifier = new Notifier();

  readonly onSubscribe = (topic: Uint8Array): void => {
    this.seen.push(new TextDecoder().decode(topic));
    this.#notifier.notify();
  };

  /** Waits until this number of subscriptions has arrived. */
  reach(count: number): Promise<void> {
    return this.#notifier.until(() => this.seen.length >= count);
  }
}

pyzmqTest("a SUB receives messages whose topics begin with its subscriptions, until it cancels them", async () => {
  const topics = new Topics();
  await using publisher = await PublisherSocket.bind({ ...loopback, onSubscribe: topics.onSubscribe });
  await using client = new Pyzmq(
    publisher.port,
    `
sub = connect(zmq.SUB, subscribe=b"kernel.stream")
sub.subscribe(b"kernel.status")
hear()
for expected in b"kernel.stream.stdout", b"kernel.status", b"kernel.stream":
    assert sub.recv_multipart() == [expected, b"body"]
sub.unsubscribe(b"kernel.stream")
sub.subscribe(b"last")
hear()
for expected in b"kernel.status", b"last":
    assert sub.recv_multipart() == [expected, b"body"]
`,
  );
  const publishAll = () => {
    for (
      const topic of ["kernel.stream.stdout", "kernel", "", "kernel.status", "Kernel.status", "kernel.stream", "last"]
    ) {
      publisher.publish([bytes(topic), bytes("body")]);
    }
  };
  await topics.reach(2);
  publishAll();
  await client.send("published");
  await topics.reach(3);
  publishAll();
  await client.send("published");
  await client.ends();
  assert.deepEqual(topics.seen, ["kernel.stream", "kernel.status", "last"]);
});

pyzmqTest("a late subscriber receives its welcome and all later messages", async () => {
  const topics = new Topics();
  const welcome = (topic: Uint8Array, subscriber: Subscriber) => {
    void subscriber.send([topic, bytes("welcome")]);
    topics.onSubscribe(topic);
  };
  await using publisher = await PublisherSocket.bind({ ...loopback, onSubscribe: welcome });
  const script = (...messages: string[]) => `
sub = connect(zmq.SUB, subscribe=b"")
for message in ${JSON.stringify(messages)}:
    assert sub.recv_multipart()[-1].decode() == message
`;
  publisher.publish([bytes("nobody hears this")]);
  await using early = new Pyzmq(publisher.port, script("welcome", "first", "second"));
  await topics.reach(1);
  publisher.publish([bytes("first")]);
  await using late = new Pyzmq(publisher.port, script("welcome", "second"));
  await topics.reach(2);
  publisher.publish([bytes("second")]);
  await early.ends();
  await late.ends();
});

pyzmqTest("a SUB that does not read loses whole messages and delays no other subscriber", async () => {
  const topics = new Topics();
  const limits = { sendMessages: 50 };
  await using publisher = await PublisherSocket.bind({
    ...loopback,
    limits,
    lingerMs: 0,
    onSubscribe: topics.onSubscribe,
  });
  await using slow = new Pyzmq(
    publisher.port,
    `
sub = connect(zmq.SUB, subscribe=b"", rcvhwm=1, rcvbuf=4096)
hear()
received, last = 0, -1
while True:
    parts = sub.recv_multipart()
    if parts == [b"the end"]:
        break
    assert len(parts) == 3 and len(parts[1]) == 100000 and parts[0] == parts[2]
    assert int(parts[0]) > last
    received, last = received + 1, int(parts[0])
assert 50 <= received < 1900, received
`,
  );
  await using quick = new Pyzmq(
    publisher.port,
    `
sub = connect(zmq.SUB, subscribe=b"", rcvhwm=0)
for number in range(2000):
    parts = sub.recv_multipart()
    assert parts == [b"%d" % number, bytes(100000), b"%d" % number], (number, parts[0])
    say("got")
`,
  );
  await topics.reach(2);
  for (let number = 0; number < 2_000; number++) {
    publisher.publish([bytes(`${number}`), new Uint8Array(100_000), bytes(`${number}`)]);
    await quick.says("got");
  }
  await quick.ends();
  const kept = 2_000 - publisher.dropped;
  assert.ok(
    kept < 300,
    `${kept} messages are kept for the subscriber that does not read; 50 may, and what TCP's buffers hold`,
  );
  await slow.send("read now");
  const end = setInterval(() => publisher.publish([bytes("the end")]), 10); // Repeats until there is space in the queue.
  try {
    await slow.ends();
  } finally {
    clearInterval(end);
  }
});

pyzmqTest("a SUB reads a message that is longer than the limit of the queue", async () => {
  const topics = new Topics();
  const limits = { sendBytes: 1_000 };
  await using publisher = await PublisherSocket.bind({ ...loopback, limits, onSubscribe: topics.onSubscribe });
  await using client = new Pyzmq(
    publisher.port,
    `
sub = connect(zmq.SUB, subscribe=b"")
assert sub.recv() == bytes(5000000)
`,
  );
  await topics.reach(1);
  publisher.publish([new Uint8Array(5_000_000)]);
  await client.ends();
});
