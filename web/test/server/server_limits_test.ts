/**
 * The page server's limits for each client: raw connections that send too little, too slowly or too much.
 *
 * @module
 */

import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { join } from "node:path";
import { type ServerLimits, serverLimits } from "../../server/page_server.ts";
import { connectRaw, drip } from "./raw_requests.ts";
import { startSmallServer, token } from "./small_server.ts";

/** Short enough for a test, and clearly different from each other. */
const limits: ServerLimits = { headMs: 200, requestMs: 800, idleMs: 2_000, checkMs: 20, connections: 3 };

const startServer = async (changes: Partial<ServerLimits> = {}) => {
  const server = await startSmallServer({ limits: { ...limits, connections: 100, ...changes } });
  const host = `Host: 127.0.0.1:${server.port}\r\n`;
  return { ...server, host, cookie: `Cookie: aipython_${server.port}=${token}\r\n` };
};

const isAnswer = (status: number, text: string) => assert.match(text, new RegExp(`^HTTP/1\\.1 ${status} `));

Deno.test("limits of a request's head", async (t) => {
  await using server = await startServer({ requestMs: 60_000, idleMs: 60_000 });
  const { port, host } = server;

  await t.step("a connection without a request times out", async () => {
    await (await connectRaw(port)).ended;
  });

  await t.step("a request with half of its head times out", async () => {
    await (await connectRaw(port, `GET / HTTP/1.1\r\n${host}`)).ended;
  });

  await t.step("a request whose head arrives byte by byte times out", async () => {
    const slow = await connectRaw(port, `GET / HTTP/1.1\r\n${host}`);
    drip(slow, "X: y\r\n");
    await slow.ended;
  });

  await t.step("the second request of a connection has the same time limit", async () => {
    const first = `GET / HTTP/1.1\r\n${host}\r\n`;
    isAnswer(401, await (await connectRaw(port, first)).ended);
    const slow = await connectRaw(port, `${first}GET / HTTP/1.1\r\n`);
    drip(slow, "X: y\r\n");
    isAnswer(401, await slow.ended);
  });

  await t.step("a request with a head that is too large is refused", async () => {
    isAnswer(431, await (await connectRaw(port, `GET / HTTP/1.1\r\n${host}X: ${"y".repeat(100_000)}\r\n\r\n`)).ended);
    const endless = await connectRaw(port, `GET /${"y".repeat(100_000)}`);
    drip(endless, "y".repeat(10_000));
    await endless.ended;
  });
});

Deno.test("limits of a request's body", async (t) => {
  await using server = await startServer();
  const { port, host, cookie } = server;
  const post = (length: number, who = "") =>
    `POST /api/notebooks HTTP/1.1\r\n${host}${who}Content-Length: ${length}\r\n\r\n{"title"`;

  await t.step("an authorized request with an incomplete body times out", async () => {
    await (await connectRaw(port, post(100, cookie))).ended;
    const slow = await connectRaw(port, post(50_000, cookie));
    drip(slow, " ");
    await slow.ended;
  });

  await t.step("the body of an unauthorized request is not awaited", async () => {
    const unauthorized = await connectRaw(port, post(50_000));
    drip(unauthorized, " ");
    isAnswer(401, await unauthorized.ended);
  });

  await t.step("a body that is too large is refused before it has arrived", async () => {
    const large = await connectRaw(port, post(1_000_000_000, cookie));
    drip(large, " ".repeat(100_000));
    isAnswer(413, await large.ended);
    const chunked = `POST /api/notebooks HTTP/1.1\r\n${host}${cookie}Transfer-Encoding: chunked\r\n\r\n`;
    const endless = await connectRaw(port, chunked);
    drip(endless, `2710\r\n${" ".repeat(10_000)}\r\n`);
    isAnswer(413, await endless.ended);
  });
});

Deno.test("a connection is closed at once if the client closes its half during a request", async () => {
  await using server = await startSmallServer();
  const host = `Host: 127.0.0.1:${server.port}\r\n`;
  const begun = performance.now();
  for (
    const text of ["", "GET / HT", `GET / HTTP/1.1\r\n${host}`, `GET / HTTP/1.1\r\n${host}Content-Length: 9\r\n\r\nx`]
  ) {
    const half = await connectRaw(server.port, text);
    half.socket.end();
    await half.ended;
  }
  assert.ok(performance.now() - begun < serverLimits.headMs, "well before every time limit");
});

Deno.test("a response that the client does not read is aborted", async () => {
  await using server = await startServer({ connections: 1 });
  const { port, host, cookie } = server;
  // More than the operating system buffers for a connection.
  await Deno.writeFile(join(server.pageFolder, "icon.svg"), new Uint8Array(64 * 1024 * 1024));
  const unread = await connectRaw(port, `GET /icon.svg HTTP/1.1\r\n${host}${cookie}\r\n`);
  unread.socket.pause();
  // Waits until the only allowed connection is free again.
  const deadline = AbortSignal.timeout(30_000);
  const ask = async () => await (await connectRaw(port, `GET / HTTP/1.1\r\n${host}Connection: close\r\n\r\n`)).ended;
  while (!(await ask()).startsWith("HTTP/1.1 401")) deadline.throwIfAborted();
  unread.socket.resume();
  assert.ok((await unread.ended).length < 64 * 1024 * 1024);
});

Deno.test("excess connections are closed immediately, and the others are still served", async () => {
  await using server = await startServer({ headMs: 60_000, requestMs: 60_000, connections: 3 });
  const { port, host } = server;
  const request = `GET / HTTP/1.1\r\n${host}\r\n`;
  const held = [await connectRaw(port), await connectRaw(port), await connectRaw(port)];
  for (let i = 0; i < 20; i++) assert.equal(await (await connectRaw(port, request)).ended, "");
  const [first] = held;
  first.socket.write(request);
  const [answer] = await once(first.socket, "data");
  isAnswer(401, answer);
  first.socket.destroy();
  const deadline = AbortSignal.timeout(30_000);
  const close = `GET / HTTP/1.1\r\n${host}Connection: close\r\n\r\n`;
  while (!(await (await connectRaw(port, close)).ended).startsWith("HTTP/1.1 401")) deadline.throwIfAborted();
  for (const { socket } of held) socket.destroy();
});

Deno.test("upgrade requests", async (t) => {
  await using server = await startServer({ headMs: 60_000, requestMs: 60_000 });
  const { port, host, cookie } = server;
  const upgrade = (path: string, protocol: string, more = "", method = "GET") =>
    connectRaw(port, `${method} ${path} HTTP/1.1\r\n${host}Connection: Upgrade\r\nUpgrade: ${protocol}\r\n${more}\r\n`);

  await t.step("an upgrade to an unknown protocol is answered like any other request", async () => {
    isAnswer(401, await (await upgrade("/", "h2c")).ended);
    const page = await (await upgrade("/", "h2c", cookie)).ended;
    isAnswer(200, page);
    assert.match(page, /\r\n\r\nindex\.html$/);
    isAnswer(404, await (await upgrade("//evil.example/", "h2c", cookie)).ended);
    const moved = await (await upgrade(`/notebooks/known?token=${token}`, "h2c")).ended;
    assert.match(moved, new RegExp(`\r\nlocation: http://127.0.0.1:${port}/notebooks/known\r\n`));
    isAnswer(426, await (await upgrade("/livestore/websocket?storeId=known", "h2c", cookie)).ended);
  });

  await t.step("an unauthorized upgrade to a WebSocket is refused with the reason", async () => {
    const refused = await (await upgrade("/livestore/websocket?storeId=known", "websocket")).ended;
    isAnswer(401, refused);
    assert.match(refused, /open the address with the token/);
    isAnswer(404, await (await upgrade("/livestore/websocket?storeId=other", "websocket", cookie)).ended);
  });

  await t.step("the connection of a malformed upgrade request is closed", async () => {
    await (await upgrade("/", "websocket", cookie, "TRACE")).ended;
    const origin = `Origin: http://127.0.0.1:${port}\r\n`;
    const path = "/livestore/websocket?storeId=known";
    isAnswer(400, await (await upgrade(path, "websocket", cookie + origin)).ended);
  });

  await t.step("the connection of a refused upgrade is closed, even if the client keeps its half open", async () => {
    await using server = await startServer({ headMs: 60_000, requestMs: 60_000, connections: 1 });
    const socket = connect({ host: "127.0.0.1", port: server.port, allowHalfOpen: true });
    socket.write(`GET / HTTP/1.1\r\n${server.host}Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n`);
    socket.resume();
    await once(socket, "end");
    const deadline = AbortSignal.timeout(30_000);
    const close = `GET / HTTP/1.1\r\n${server.host}Connection: close\r\n\r\n`;
    while (!(await (await connectRaw(server.port, close)).ended).startsWith("HTTP/1.1 401")) deadline.throwIfAborted();
    socket.destroy();
  });

  await t.step("the server still answers after all refused upgrades", async () => {
    assert.equal((await server.askWithCookie("/")).status, 200);
  });
});
