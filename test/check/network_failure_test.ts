import assert from "node:assert/strict";
import { type NetworkFailure, readNetworkFailure } from "../../src/check/network_failure.ts";

/** The timeout for a server that does not answer, in seconds. */
const SECONDS = 0.1;

/** The timeout for other servers, in seconds. They answer at once, but the machine may be busy. */
const GENEROUS_SECONDS = 10;

async function failureOf(url: string, seconds = GENEROUS_SECONDS): Promise<NetworkFailure> {
  try {
    await fetch(url, { signal: AbortSignal.timeout(seconds * 1000) });
  } catch (error) {
    return readNetworkFailure(error, seconds);
  }
  throw new Error(`${url} answers`);
}

/** Starts a server that handles each connection with `serve`. Calls `use` with its host, then stops it. */
async function withServer(serve: (connection: Deno.TcpConn) => void, use: (host: string) => Promise<void>) {
  const listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const connections: Deno.TcpConn[] = [];
  const serving = (async () => {
    for await (const connection of listener) {
      connections.push(connection);
      serve(connection);
    }
  })();
  try {
    await use(`127.0.0.1:${listener.addr.port}`);
  } finally {
    listener.close();
    await serving;
    for (const connection of connections) {
      try {
        connection.close();
      } catch {
        // The server has already closed this connection.
      }
    }
  }
}

Deno.test("readNetworkFailure() recognizes an unknown host name", () => {
  const cause = new Error(
    "error sending request for url (http://x/): client error (Connect): dns error: failed to lookup",
  );
  assert.equal(readNetworkFailure(new TypeError("fetch failed", { cause }), 1).kind, "dns");
});

Deno.test("readNetworkFailure() recognizes a refused connection", async () => {
  let host = "";
  await withServer(() => {}, (own) => {
    host = own;
    return Promise.resolve();
  });
  assert.equal((await failureOf(`http://${host}/`)).kind, "refused");
});

Deno.test("readNetworkFailure() recognizes a server that does not answer in time", async () => {
  await withServer(() => {}, async (host) => {
    const { kind, reason } = await failureOf(`http://${host}/`, SECONDS);
    assert.equal(kind, "timeout");
    assert.match(reason, /no answer within 0\.1 s/);
  });
});

Deno.test("readNetworkFailure() recognizes a server that does not speak TLS", async () => {
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, () => new Response());
  const { kind, remedy } = await failureOf(`https://127.0.0.1:${server.addr.port}/`);
  await server.shutdown();
  assert.equal(kind, "tls");
  assert.match(remedy, /http:\/\//);
});

Deno.test("readNetworkFailure() recognizes an untrusted certificate", () => {
  const cause = new Error(
    "error sending request for url (https://x/): client error (Connect): invalid peer certificate: UnknownIssuer",
  );
  const { kind, reason, remedy } = readNetworkFailure(new TypeError("fetch failed", { cause }), 1);
  assert.equal(kind, "tls");
  assert.match(reason, /UnknownIssuer/);
  assert.match(remedy, /DENO_CERT/);
});

Deno.test("readNetworkFailure() recognizes a broken connection and does not show the address", async () => {
  await withServer((connection) => connection.close(), async (host) => {
    const { kind, reason } = await failureOf(`http://${host}/?token=secret`);
    assert.equal(kind, "broken");
    assert.doesNotMatch(reason, /secret/);
  });
});
