/**
 * The connection between a page and the sync server: complete messages, a size limit, and backpressure.
 *
 * @module
 */

import assert from "node:assert/strict";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { WebSocket, WebSocketServer } from "ws";
import { startSmallServer, token } from "./small_server.ts";

/** Starts a sync server that the test controls, and connects a page to it through the page's server. */
async function connectPage() {
  await using started = new AsyncDisposableStack();
  const syncServer = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  await once(syncServer, "listening");
  started.defer(() => new Promise<void>((resolve) => syncServer.close(() => resolve())));
  const { port: syncPort } = syncServer.address() as AddressInfo;
  const { port } = started.use(await startSmallServer({ syncUrl: `ws://127.0.0.1:${syncPort}/livestore` }));
  const connected = once(syncServer, "connection");
  const page = new WebSocket(`ws://127.0.0.1:${port}/livestore/websocket?storeId=known`, {
    headers: { cookie: `aipython_${port}=${token}`, origin: `http://127.0.0.1:${port}` },
    perMessageDeflate: false,
  });
  // Messages that are sent before the sync server is connected must not get lost.
  page.once("open", () => page.send("first"));
  const [server, request] = await connected as [WebSocket, { url: string }];
  started.defer(() => {
    page.terminate();
    server.terminate();
  });
  const running = started.move();
  return { page, server, url: request.url, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

const mebibyte = 1024 * 1024;

Deno.test("a page is connected with the sync server's token, and messages arrive complete and in order", async () => {
  await using open = await connectPage();
  const { page, server, url } = open;
  const [first, isBinary] = await once(server, "message");
  assert.deepEqual([String(first), isBinary], ["first", false]);
  const { searchParams } = new URL(url, "ws://127.0.0.1");
  const payload = JSON.parse(decodeURIComponent(searchParams.get("payload")!));
  assert.deepEqual([searchParams.get("storeId"), payload.authToken], ["known", "another secret"]);
  for (const [from, to] of [[page, server], [server, page]]) {
    const messages = ["", "two", "ü".repeat(100_000), "four"];
    const heard: string[] = [];
    const all = new Promise<void>((resolve) =>
      to.on("message", (data) => heard.push(String(data)) === messages.length && resolve())
    );
    for (const message of messages) from.send(message);
    await all;
    assert.deepEqual(heard, messages);
  }
});

Deno.test("a page's message of more than 4 MiB closes its connection and is not forwarded", async () => {
  await using open = await connectPage();
  const { page, server } = open;
  await once(server, "message");
  page.send("x".repeat(4 * mebibyte));
  const [largest] = await once(server, "message");
  assert.equal(largest.length, 4 * mebibyte);
  let heard = 0;
  server.on("message", () => heard++);
  page.send("x".repeat(4 * mebibyte + 1));
  const [[code], [serverCode]] = await Promise.all([once(page, "close"), once(server, "close")]);
  assert.deepEqual([code, serverCode, heard], [1009, 1000, 0]);
});

for (const slow of ["page", "server"] as const) {
  Deno.test(`a ${slow} that does not read pauses the other side, and no message is lost`, async () => {
    await using open = await connectPage();
    await once(open.server, "message");
    const reader = open[slow];
    const writer = slow === "page" ? open.server : open.page;
    reader.pause();
    const count = 100;
    const part = new Uint8Array(mebibyte);
    for (let i = 0; i < count; i++) writer.send(part);
    // The operating system's buffers for three connections and the server's own hold far less than was sent.
    let left = Infinity;
    while (writer.bufferedAmount < left) {
      left = writer.bufferedAmount;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    assert.ok(left > (count / 2) * mebibyte, `${left} bytes are left`);
    let heard = 0;
    const all = new Promise<void>((resolve) =>
      reader.on("message", (data: Uint8Array) => (heard += data.length) === count * mebibyte && resolve())
    );
    reader.resume();
    await all;
  });
}

Deno.test("closing one side closes the other, even if it is paused", async () => {
  {
    await using open = await connectPage();
    open.page.close(1000);
    const [code] = await once(open.server, "close");
    assert.equal(code, 1000);
  }
  {
    await using open = await connectPage();
    await once(open.server, "message");
    open.server.close(1000);
    const [code, reason] = await once(open.page, "close");
    assert.deepEqual([code, String(reason)], [1013, "the sync server is gone"]);
  }
  {
    await using open = await connectPage();
    await once(open.server, "message");
    open.server.pause();
    for (let i = 0; i < 30; i++) open.page.send(new Uint8Array(mebibyte));
    open.page.terminate();
    open.server.resume();
    await once(open.server, "close");
  }
});
