/**
 * Greetings and READY commands byte by byte, and the peers that are rejected.
 *
 * @module
 */

import assert from "node:assert/strict";
import { Notifier } from "../../src/async/notifier.ts";
import type { Limits } from "../../src/zmtp/limits.ts";
import { PublisherSocket } from "../../src/zmtp/publisher_socket.ts";
import { ReplySocket } from "../../src/zmtp/reply_socket.ts";
import { RouterSocket } from "../../src/zmtp/router_socket.ts";
import { ManualClock } from "../support/manual_clock.ts";
import { loopback } from "./loopback_socket.ts";
import { bytes, command, concat, greeting, message, RawPeer, ready, text, texts } from "./raw_peer.ts";

const zeros = (count: number) => "\0".repeat(count);

/** Collects the reasons for which peers were rejected. */
class Refusals {
  readonly reasons: string[] = [];
  readonly #notifier = new Notifier();

  readonly onRefused = ({ error }: { error: Error }): void => {
    this.reasons.push(error.message);
    this.#notifier.notify();
  };

  /** Waits until this number of peers has been rejected. */
  reach(count: number): Promise<void> {
    return this.#notifier.until(() => this.reasons.length >= count);
  }
}

Deno.test("a ROUTER sends the greeting of RFC 37, and answers READY with READY", async () => {
  await using router = await RouterSocket.bind(loopback);
  using peer = await RawPeer.connect(router.port);
  await peer.send(greeting(), ready({ "Socket-Type": "DEALER", "Identity": "" }));
  assert.equal(await peer.frame(), "\x05READY\x0bSocket-Type\0\0\0\x06ROUTER");
  assert.equal(text(peer.greeting!), `\xff${zeros(8)}\x7f\x03\x01NULL${zeros(16)}\0${zeros(31)}`);
});

Deno.test("each socket accepts the socket types of its peers, in ZMTP 3.0, 3.1 and later versions", async () => {
  await using router = await RouterSocket.bind(loopback);
  await using publisher = await PublisherSocket.bind(loopback);
  await using reply = await ReplySocket.bind(loopback);
  const kinds = [[router, "REQ DEALER ROUTER"], [publisher, "SUB XSUB"], [reply, "REQ DEALER"]] as const;
  for (const [{ port }, types] of kinds) {
    for (const type of types.split(" ")) {
      for (const version of [{ minor: 0 }, { minor: 1 }, { minor: 9 }, { major: 4, minor: 0 }]) {
        using peer = await RawPeer.meet(port, type, "", version);
        await peer.settled();
      }
    }
  }
});

Deno.test("property names are case-insensitive, and unknown properties are ignored", async () => {
  await using router = await RouterSocket.bind(loopback);
  using peer = await RawPeer.connect(router.port);
  await peer.send(greeting(), ready({ "X-Name": "v", "sOCKET-tYPE": "DEALER", "Resource": "a/b", "IDENTITY": "me" }));
  await peer.frame();
  await peer.send(message("hello"));
  for await (const { routingId, frames } of router) {
    assert.deepEqual([text(routingId), texts(frames)], ["me", ["hello"]]);
    break;
  }
});

const limits: Partial<Limits> = { frameBytes: 1_000, messageBytes: 1_500, messageParts: 3, commandBytes: 600 };
const dealer = { "Socket-Type": "DEALER" };
const met = concat(greeting(), ready(dealer));

/** The bytes that a peer sends, whether it receives an error, and the reason for its rejection. */
const refusals: { [what: string]: [sent: Uint8Array, error: boolean, reason: RegExp] } = {
  "a short greeting of ZMTP 1.0": [bytes("\x01\0\x05hello"), false, /ZMTP 1\.0, or not ZMTP at all$/],
  "a long greeting of ZMTP 1.0": [bytes(`\xff${zeros(8)}\0\0`), false, /ZMTP 1\.0$/],
  "a greeting of ZMTP 2.0": [bytes(`\xff${zeros(7)}\x01\x7f\x01\x05\0\0`), false, /ZMTP 2\.0$/],
  "an HTTP request": [bytes("GET / HTTP/1.1\r\n\r\n"), false, /not ZMTP at all$/],
  "the mechanism PLAIN": [
    greeting({ mechanism: "PLAIN" }),
    false,
    /requires the security mechanism PLAIN; only NULL is supported$/,
  ],
  "an unknown mechanism": [greeting({ mechanism: "NULLS" }), false, /mechanism NULLS;/],
  "no mechanism": [greeting({ mechanism: "" }), false, /mechanism without a name;/],
  "an unprintable mechanism": [greeting({ mechanism: "\x1b[31m" }), false, /mechanism without a name;/],
  "a message before READY": [concat(greeting(), message("hello")), true, /a message before READY$/],
  "a PING before READY": [concat(greeting(), command("PING", "\0\0")), true, /command PING out of turn$/],
  "ERROR before READY": [concat(greeting(), command("ERROR", "\x06go\naway")), true, /refused: go_awa$/],
  "the socket type SUB": [
    concat(greeting(), ready({ "Socket-Type": "SUB" })),
    true,
    /^a SUB cannot connect to a ROUTER; it accepts REQ/,
  ],
  "no socket type": [concat(greeting(), ready({})), true, /^a socket of unknown type cannot connect to a ROUTER/],
  "an unprintable socket type": [
    concat(greeting(), ready({ "Socket-Type": "\x1b[31m" })),
    true,
    /^a socket of unknown type cannot/,
  ],
  "an identity that begins with a zero": [
    concat(greeting(), ready({ ...dealer, Identity: "\0abcd" })),
    true,
    /begins with a zero/,
  ],
  "an identity of 256 bytes": [
    concat(greeting(), ready({ ...dealer, Identity: "i".repeat(256) })),
    true,
    /identity has 256 bytes/,
  ],
  "a property twice": [concat(greeting(), ready({ a: "", A: "" })), true, /the property a twice$/],
  "truncated metadata": [
    concat(greeting(), command("READY", "\x0bSocket-Type\0\0\0\x07DEALER")),
    true,
    /middle of a property$/,
  ],
  "a property value longer than its command": [
    concat(greeting(), command("READY", "\x01a\xff\xff\xff\xff")),
    true,
    /middle of a prop/,
  ],
  "a property without a name": [concat(greeting(), command("READY", "\0\0\0\0\0")), true, /without a proper name$/],
  "a command without a name": [concat(greeting(), bytes("\x04\x01\0")), true, /a command without a name$/],
  "an empty command": [concat(greeting(), bytes("\x04\0")), true, /a command without a name$/],
  "a truncated command name": [concat(greeting(), bytes("\x04\x03\x05RE")), true, /a command without a name$/],
  "a command that is too long": [
    concat(greeting(), command("READY", "x".repeat(600))),
    true,
    /a command of 606 bytes; the limit is 600$/,
  ],
  "READY twice": [concat(met, ready(dealer)), false, /command READY out of turn$/],
  "ERROR after READY": [concat(met, command("ERROR", "")), false, /the peer refused: $/],
  "a frame with reserved flags": [concat(met, bytes("\x08\x01a")), false, /reserved flags: 8$/],
  "a command in several frames": [concat(met, bytes("\x05\x05\x04PING")), false, /a command in several frames$/],
  "a frame that is too long": [
    concat(met, bytes("\x02\0\0\0\0\0\0\x03\xe9")),
    false,
    /a frame of 1001 bytes; the limit is 1000$/,
  ],
  "a frame of enormous length": [
    concat(met, bytes(`\x02${"\xff".repeat(8)}`)),
    false,
    /a frame of \d+ bytes; the limit is 1000$/,
  ],
  "a message that is too long": [
    concat(met, message("x".repeat(1_000), "x".repeat(501))),
    false,
    /a message of 1501 bytes/,
  ],
  "a message with too many frames": [
    concat(met, message("", "", "", "")),
    false,
    /a message of 4 frames; the limit is 3$/,
  ],
  "a PING that is too long": [concat(met, command("PING", zeros(19))), false, /a PING with 19 bytes; it has 2 to 18$/],
  "a PING that is too short": [concat(met, command("PING", "\0")), false, /a PING with 1 bytes;/],
};

Deno.test("a peer that violates the protocol or a limit is disconnected without effect on other peers", async (t) => {
  const refused = new Refusals();
  await using router = await RouterSocket.bind({ ...loopback, limits, onRefused: refused.onRefused });
  using other = await RawPeer.meet(router.port, "DEALER");
  for (const [what, [sent, getsError, reason]] of Object.entries(refusals)) {
    await t.step(`a peer that sends ${what} is disconnected`, async () => {
      using peer = await RawPeer.connect(router.port);
      await peer.send(sent);
      const answers = (await peer.rest()).filter((body) => !body.startsWith("\x05READY"));
      assert.match(refused.reasons.splice(0).join(), reason);
      assert.equal(answers.length, getsError ? 1 : 0);
      if (getsError) assert.match(answers[0].slice(1), /^ERROR[^][\x21-\x7e]{1,255}$/);
      await other.settled();
    });
  }
});

Deno.test("messages and commands within the limits are accepted", async () => {
  await using router = await RouterSocket.bind({ ...loopback, limits });
  using peer = await RawPeer.meet(router.port, "DEALER", "i".repeat(255));
  await peer.send(
    message("x".repeat(1_000), "x".repeat(500), ""),
    message("x".repeat(1_000), "x".repeat(500), ""),
    command("PING", `\0\0${"c".repeat(16)}`),
    command("LATER"),
  );
  assert.equal(await peer.frame(), `\x04PONG${"c".repeat(16)}`);
  await peer.settled();
});

Deno.test("a peer that does not finish its handshake in time is disconnected", async () => {
  const clock = new ManualClock();
  const refused = new Refusals();
  await using router = await RouterSocket.bind({ ...loopback, clock, onRefused: refused.onRefused });
  using silent = await RawPeer.connect(router.port);
  using slow = await RawPeer.connect(router.port);
  using ready = await RawPeer.meet(router.port, "DEALER");
  await slow.send(greeting());
  await slow.send(command("READY").subarray(0, 3));
  await ready.settled();
  clock.advance(10_000);
  await refused.reach(2);
  assert.deepEqual(new Set(refused.reasons), new Set(["the peer did not finish its handshake within 10000 ms"]));
  assert.deepEqual(await silent.rest(), []);
  assert.match((await slow.rest()).join(), /^(.ERROR.the_peer_did_not_finish_its_handshake_within_10000_ms)?$/);
  await ready.settled();
});

Deno.test("the number of peers is limited before and after their handshakes", async () => {
  const refused = new Refusals();
  const limits = { peers: 2, handshakes: 1 };
  await using router = await RouterSocket.bind({ ...loopback, limits, onRefused: refused.onRefused });
  using first = await RawPeer.meet(router.port, "DEALER");
  {
    using second = await RawPeer.meet(router.port, "DEALER");
    using third = await RawPeer.connect(router.port);
    using fourth = await RawPeer.connect(router.port);
    assert.deepEqual(await fourth.rest(), []);
    await third.send(greeting(), ready(dealer));
    assert.deepEqual(await third.rest(), ["\x05ERROR\x2b2_peers_are_connected;_no_more_are_accepted"]);
    await second.settled();
  }
  await first.settled();
  assert.deepEqual(refused.reasons, [
    "1 peers have not finished their handshake yet; no more are accepted",
    "2 peers are connected; no more are accepted",
  ]);
});

Deno.test("connections that are being closed count towards the limit", async () => {
  const refused = new Refusals();
  const clock = new ManualClock();
  const limits = { peers: 1, handshakes: 1 };
  await using router = await RouterSocket.bind({ ...loopback, limits, clock, onRefused: refused.onRefused });
  const open: RawPeer[] = [];
  for (let count = 1; count <= 2; count++) {
    const peer = await RawPeer.connect(router.port);
    await peer.send(bytes("HTTP"));
    await refused.reach(count);
    open.push(peer);
  }
  using third = await RawPeer.connect(router.port);
  assert.deepEqual(await third.rest(), []);
  assert.equal(refused.reasons.at(-1), "2 connections are open; no more are accepted");
  clock.advance(1_000);
  for (const peer of open) assert.deepEqual(await peer.rest(), []);
  using fourth = await RawPeer.meet(router.port, "DEALER");
  await fourth.settled();
  for (const peer of open) peer[Symbol.dispose]();
});
