/**
 * Tests that the connection to a sync server is closed when a message is larger than the server has reason to send.
 *
 * @module
 */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { SyncSocket } from "../../../src/notebook/sync/socket.ts";

/** Returns a broadcast of this many events. */
const broadcast = (count: number) =>
  JSON.stringify({
    _tag: "WSMessage.PullRes",
    batch: Array.from({ length: count }, (_, index) => ({
      eventEncoded: { name: "v1.Debug", seqNum: index + 1, parentSeqNum: index, clientId: "me", sessionId: "static" },
      metadata: { _tag: "None" },
    })),
    requestId: { context: "push", requestId: "r" },
    remaining: 0,
  });

/** Connects to a server. Resolves with the types of the frames that were read, and the reason why the socket closed. */
async function receiveFrom(port: number): Promise<{ frames: string[]; reason: string }> {
  const frames: string[] = [];
  const closed = Promise.withResolvers<string>();
  const opened = await SyncSocket.open(new URL(`ws://127.0.0.1:${port}`), {
    onFrame: ({ type }) => frames.push(type),
    onClose: closed.resolve,
  });
  assert.ok(opened instanceof SyncSocket, String(opened));
  return { frames, reason: await closed.promise };
}

/** Receives a message in one frame. */
async function receive(message: string): Promise<{ frames: string[]; reason: string }> {
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    const { socket, response } = Deno.upgradeWebSocket(request);
    socket.onopen = () => {
      socket.send(message);
      socket.close(1000, "all sent");
    };
    // The client may leave before it has received everything.
    socket.onerror = (event) => event.preventDefault();
    return response;
  });
  return await receiveFrom(server.addr.port);
}

const MB = 1024 * 1024;

/** Sends a text of this many megabytes to the first client, one megabyte per frame (RFC 6455, section 5.2). */
async function sendInPieces(listener: Deno.TcpListener, megabytes: number): Promise<void> {
  using connection = await listener.accept();
  const writer = connection.writable.getWriter();
  const { value } = await connection.readable.getReader().read();
  const [, key] = /^sec-websocket-key: (.*)\r$/im.exec(new TextDecoder().decode(value)) ?? [];
  const accept = createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
  const head = ["HTTP/1.1 101 Switching Protocols", "connection: upgrade", "upgrade: websocket"];
  const answer = [...head, `sec-websocket-accept: ${accept}`, "", ""].join("\r\n");
  await writer.write(new TextEncoder().encode(answer));
  const piece = new Uint8Array(MB).fill("x".charCodeAt(0));
  for (let index = 0; index < megabytes; index++) {
    const header = new DataView(new ArrayBuffer(10));
    header.setUint8(0, (index === megabytes - 1 ? 0x80 : 0) | (index === 0 ? 1 : 0));
    header.setUint8(1, 127);
    header.setBigUint64(2, BigInt(MB));
    await writer.write(new Uint8Array(header.buffer));
    await writer.write(piece);
  }
}

Deno.test("SyncSocket accepts a message of 10,000 events", async () => {
  assert.deepEqual(await receive(broadcast(10_000)), { frames: ["broadcast"], reason: "all sent" });
});

Deno.test("SyncSocket closes with a reason on a message of more than 10,000 events", async () => {
  assert.deepEqual(await receive(broadcast(10_001)), {
    frames: [],
    reason: "the sync server sent a message of 10001 events; the limit is 10000",
  });
});

Deno.test("SyncSocket reports a frame that is too large for Deno", async () => {
  const { frames, reason } = await receive("x".repeat(65 * 1024 * 1024));
  assert.deepEqual({ frames, reason }, { frames: [], reason: "the connection broke: Frame too large" });
});

Deno.test("SyncSocket closes with a reason on a message of more than 100 MB", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const [{ frames, reason }] = await Promise.all([receiveFrom(listener.addr.port), sendInPieces(listener, 101)]);
  assert.deepEqual(frames, []);
  assert.equal(reason, `the sync server sent a message of ${101 * MB} characters; the limit is ${100 * MB}`);
});
