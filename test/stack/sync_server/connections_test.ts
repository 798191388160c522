/**
 * The resources that a client without a token can use at the local sync server. workerd itself bounds the time and the size of what it
 * waits for.
 *
 * @module
 */

import assert from "node:assert/strict";
import { connect, type Socket } from "node:net";
import { startSyncServer } from "../../../stack/sync_server/start.ts";

/** How long a connection may be kept without a whole request, in milliseconds. workerd ends it after 15 s, in its own steps. */
const PATIENCE_MS = 25_000;

/** The bytes that a client sends first, and those that it sends repeatedly. */
interface Beginning {
  text: string;
  drops?: string;
}

/** Connects, and resolves when the server has ended the connection, with what it has said until then. */
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
  // A connection that the server has reset has ended, too.
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

/** The server's last answer, by what it was sent. */
const beginnings: Record<string, Beginning & { answer: RegExp }> = {
  "nothing": { text: "", answer: /^$/ },
  "half a head": { text: HEAD, answer: /^$/ },
  "a head that comes drop by drop": { text: HEAD, drops: "X: y\r\n", answer: /^$/ },
  "half a second request": { text: `${HEAD}\r\n${HEAD}`, answer: /^HTTP\/1\.1 401 / },
  "a head without end": { text: "GET /", drops: "y".repeat(50_000), answer: /^HTTP\/1\.1 431 |^$/ },
  "a body without a token": { text: UPLOAD, drops: "x", answer: /^HTTP\/1\.1 401 / },
};

/** Many more than a browser and fifty agents have. */
const MANY = 1_000;

Deno.test("the local sync server ends a connection that sends too little, too slowly or too much", async (t) => {
  await using server = await startSyncServer();
  const { port, apiUrl } = server;
  const crowd = Promise.all(Array.from({ length: MANY }, () => untilEnded(port, { text: HEAD })));
  const each = Object.entries(beginnings).map(([what, beginning]) => [what, untilEnded(port, beginning)] as const);

  await t.step(`and answers others while ${MANY} such connections are open`, async () => {
    assert.equal((await fetch(`${apiUrl}/api/me`).then((answer) => answer.json())).error, "Unauthorized");
  });

  for (const [what, heard] of each) {
    await t.step(`that sends ${what}`, async () => assert.match(await heard, beginnings[what].answer));
  }

  await t.step("however many there are", async () => {
    assert.equal((await crowd).length, MANY);
  });
});
