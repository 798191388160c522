/**
 * The resources that a client without a token can use at the local sync server. workerd itself limits the time and the size of what it
 * waits for.
 *
 * @module
 */

import assert from "node:assert/strict";
import { connect, type Socket } from "node:net";
import { startSyncServer } from "../../../stack/sync_server/start.ts";

/** The deadline for the end of a connection without a whole request, in ms. workerd ends it after 15 s, which it checks at intervals. */
const PATIENCE_MS = 25_000;

/** The bytes that a client sends first, and those that it sends repeatedly. */
interface Beginning {
  text: string;
  drops?: string;
}

/** Connects, and resolves with the server's answer when the server has ended the connection. */
function untilEnded(port: number, { text, drops }: Beginning): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const socket: Socket = connect({ host: "127.0.0.1", port, allowHalfOpen: true });
  const dripping = drops === undefined ? undefined : setInterval(() => socket.write(drops), 200);
  const patience = setTimeout(
    () => socket.destroy(new Error(`the server still waits for more of ${text}`)),
    PATIENCE_MS,
  );
  let heard = "";
  let fault: Error | undefined;
  socket.setEncoding("latin1").on("data", (part) => heard += part);
  socket.on("end", () => socket.destroy());
  // A connection that the server has reset has also ended.
  socket.on("error", (error: Error & { code?: string }) => fault = error.code === undefined ? error : undefined);
  socket.on("close", () => {
    clearInterval(dripping);
    clearTimeout(patience);
    if (fault === undefined) resolve(heard);
    else reject(fault);
  });
  if (text !== "") socket.write(text);
  return promise;
}

const HEAD = "GET /api/me HTTP/1.1\r\nHost: localhost\r\n";
const UPLOAD = "POST /api/artifacts HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n";

/** Incomplete requests by description, each with the server's answer. */
const beginnings: Record<string, Beginning & { answer: RegExp }> = {
  "nothing": { text: "", answer: /^$/ },
  "half a request head": { text: HEAD, answer: /^$/ },
  "a request head in small pieces": { text: HEAD, drops: "X: y\r\n", answer: /^$/ },
  "half a second request": { text: `${HEAD}\r\n${HEAD}`, answer: /^HTTP\/1\.1 401 / },
  "an endless request head": { text: "GET /", drops: "y".repeat(50_000), answer: /^HTTP\/1\.1 431 |^$/ },
  "a body without a token": { text: UPLOAD, drops: "x", answer: /^HTTP\/1\.1 401 / },
};

/** Connections: many more than a browser and fifty agents have. */
const MANY = 1_000;

Deno.test("the local sync server ends a connection that sends too little, too slowly or too much", async (t) => {
  await using server = await startSyncServer();
  const { port, apiUrl } = server;
  const crowd = Promise.all(Array.from({ length: MANY }, () => untilEnded(port, { text: HEAD })));
  const each = Object.entries(beginnings).map(([what, beginning]) => [what, untilEnded(port, beginning)] as const);

  await t.step(`other clients are answered while ${MANY} incomplete requests are open`, async () => {
    assert.equal((await fetch(`${apiUrl}/api/me`).then((answer) => answer.json())).error, "Unauthorized");
  });

  for (const [what, heard] of each) {
    await t.step(
      `a connection that sends ${what} is ended`,
      async () => assert.match(await heard, beginnings[what].answer),
    );
  }

  await t.step(`all ${MANY} incomplete requests are ended`, async () => {
    assert.equal((await crowd).length, MANY);
  });
});
