import assert from "node:assert/strict";
import { Outbox } from "../../src/zmtp/outbox.ts";
import { bytes, text } from "./raw_peer.ts";

/** A peer that reads only when the test calls `read()`. */
class SlowPeer {
  readonly written: string[] = [];
  #done: ((isWritten: boolean) => void) | undefined;

  readonly write = (data: Uint8Array): Promise<boolean> => {
    this.written.push(text(data));
    return new Promise((resolve) => this.#done = resolve);
  };

  /** Reads the latest write, or fails it as if the peer had disconnected. */
  async read(isThere = true): Promise<void> {
    this.#done!(isThere);
    await new Promise((resolve) => setTimeout(resolve));
  }
}

const limits = { sendMessages: 3, sendBytes: 10 };

Deno.test("Outbox writes in order, one write at a time, and joins small messages", async () => {
  const peer = new SlowPeer();
  const outbox = new Outbox(peer.write, { sendMessages: 10, sendBytes: 1_000_000 });
  const outcomes = ["a", "b", "c", "d".repeat(65_536), "e", "f".repeat(65_530)].map((data) => outbox.send(bytes(data)));
  assert.deepEqual(peer.written, ["a"]);
  for (let write = 0; write < 4; write++) await peer.read();
  assert.deepEqual(peer.written, ["a", "bc", "d".repeat(65_536), `e${"f".repeat(65_530)}`]);
  assert.deepEqual(new Set(await Promise.all(outcomes)), new Set(["written"]));
  await outbox.idle();
});

Deno.test("Outbox drops messages beyond its limits, and accepts messages again when others are written", async () => {
  const peer = new SlowPeer();
  const outbox = new Outbox(peer.write, limits);
  for (let round = 0; round < 5; round++) {
    const outcomes = [outbox.send(bytes("1234")), outbox.send(bytes("123456"))];
    assert.equal(await outbox.send(bytes("7")), "dropped");
    await peer.read();
    outcomes.push(outbox.send(bytes("1234")));
    assert.equal(await outbox.send(bytes("7")), "dropped");
    await peer.read();
    await peer.read();
    assert.deepEqual(await Promise.all(outcomes), ["written", "written", "written"]);
  }
  for (let count = 0; count < 3; count++) void outbox.send(bytes(""));
  assert.equal(await outbox.send(bytes("")), "dropped");
});

Deno.test("Outbox accepts a message of any length if no other message waits", async () => {
  const peer = new SlowPeer();
  const outbox = new Outbox(peer.write, limits);
  const long = outbox.send(bytes("a long message"));
  assert.equal(await outbox.send(bytes("b")), "dropped");
  await peer.read();
  assert.equal(await long, "written");
});

Deno.test("Outbox reports every message as gone when the peer is gone", async () => {
  for (const leave of [(peer: SlowPeer) => peer.read(false), (_: SlowPeer, outbox: Outbox) => outbox.close()]) {
    const peer = new SlowPeer();
    const outbox = new Outbox(peer.write, limits);
    const outcomes = [outbox.send(bytes("a")), outbox.send(bytes("b"))];
    const idle = outbox.idle();
    await leave(peer, outbox);
    outcomes.push(outbox.send(bytes("c")));
    assert.deepEqual(await Promise.all(outcomes), ["gone", "gone", "gone"]);
    await idle;
    assert.deepEqual(peer.written, ["a"]);
  }
});
