/**
 * Tests of fetchArtifact() with the real notebook server and with servers that misbehave.
 *
 * @module
 */

import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fetchArtifact, type FetchOptions } from "../../../src/notebook/files/fetch_artifact.ts";
import { ArtifactError, uploadArtifact } from "../../../src/notebook/output/artifacts.ts";
import { newNotebookId } from "../../../stack/notebook_id.ts";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { BUFFERED_BYTES, gzipBomb, startEndlessServer } from "../../support/endless_server.ts";
import { HastyClock } from "../../support/hasty_clock.ts";

const MAX_BYTES = 16 * 1024 * 1024;

/** Starts a server that records its requests. */
function startServer(answer: () => Response | Promise<Response> = () => new Response("a,b\n")) {
  const asked: { method: string; url: string; headers: [string, string][] }[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, ({ method, url, headers }) => {
    asked.push({ method, url, headers: [...headers] });
    return answer();
  });
  const { port } = server.addr;
  return { port, asked, [Symbol.asyncDispose]: () => server.shutdown() };
}

const fetchFrom = (port: number, options: Partial<FetchOptions> & { artifactId?: string } = {}) => {
  const { artifactId = "n/1", ...more } = options;
  return fetchArtifact(artifactId, {
    syncUrl: `ws://127.0.0.1:${port}/livestore`,
    notebookId: "n",
    maxBytes: MAX_BYTES,
    signal: AbortSignal.timeout(30_000),
    ...more,
  });
};

/** Returns the error with which a request fails. */
async function failure(promise: Promise<unknown>): Promise<ArtifactError> {
  const error = await promise.then(() => assert.fail("the request did not fail"), (error) => error);
  assert.ok(error instanceof ArtifactError, String(error));
  return error;
}

Deno.test("fetchArtifact() returns uploaded files of every size that the server stores", async () => {
  await using server = await startSyncServer();
  const { syncUrl, authToken } = server;
  const notebookId = newNotebookId();
  for (const bytes of [new Uint8Array(), Uint8Array.of(0, 255, 10), new Uint8Array(MAX_BYTES).fill(7)]) {
    const { artifactId } = await uploadArtifact({ syncUrl, authToken, notebookId, mimeType: "text/csv", bytes });
    const signal = AbortSignal.timeout(30_000);
    const fetched = await fetchArtifact(artifactId, { syncUrl, notebookId, maxBytes: MAX_BYTES, signal });
    assert.ok(Buffer.from(fetched!).equals(bytes));
  }
  const signal = AbortSignal.timeout(30_000);
  const { status } = await failure(fetchArtifact(`${notebookId}/none`, { syncUrl, notebookId, maxBytes: 9, signal }));
  assert.equal(status, 404);
});

Deno.test("fetchArtifact() sends a request to the host of the sync URL without credentials", async () => {
  await using server = startServer();
  const { port, asked } = server;
  await fetchFrom(port, { syncUrl: `ws://user:secret@127.0.0.1:${port}/deep/livestore?key=secret#secret` });
  const [{ method, url, headers }] = asked;
  assert.deepEqual([method, url], ["GET", `http://127.0.0.1:${port}/api/artifacts/n/1`]);
  assert.doesNotMatch(JSON.stringify(headers), /secret|authorization|cookie|referer/);
});

const STRANGE_IDS = [
  "",
  "n",
  "n/",
  "1",
  "/n/1",
  "m/1",
  "nn/1",
  "N/1",
  "n/1/2",
  "n//1",
  "n/..",
  "n/.",
  "n/../m/1",
  "n/%2e%2e%2fm",
  "n/%2e%2e/m/1",
  "n/1?x=1",
  "n/1#x",
  "n/1;x",
  "n/1 ",
  " n/1",
  "n/1\n",
  "n/1\0",
  "n\\1",
  "n/1\\..\\2",
  "//evil.example/1",
  "http://evil.example/1",
  "n/@evil.example",
  "../me",
  "n/é",
  "__proto__",
  "n/" + "1".repeat(129),
];

Deno.test("fetchArtifact() rejects an id that is not one of the notebook's, without a request", async () => {
  await using server = startServer();
  for (const artifactId of STRANGE_IDS) {
    const { message } = await failure(fetchFrom(server.port, { artifactId }));
    assert.equal(message, "the id of the file does not belong to this notebook, so the file was not fetched");
  }
  assert.equal(server.asked.length, 0);
});

Deno.test("fetchArtifact() does not follow a redirect, not even to the same server", async () => {
  for (const status of [301, 302, 303, 307, 308]) {
    await using elsewhere = startServer();
    const { port } = elsewhere;
    for (const location of [`http://127.0.0.1:${port}/stolen`, "/api/artifacts/n/2", undefined]) {
      const headers = location === undefined ? undefined : { location };
      await using server = startServer(() => new Response(null, { status, headers }));
      const error = await failure(fetchFrom(server.port));
      assert.match(error.message, /^the server redirects to .* \(HTTP 30\d\); the redirect was not followed$/);
      assert.equal(error.status, status);
      assert.equal(server.asked.length, 1);
    }
    assert.equal(elsewhere.asked.length, 0);
  }
});

Deno.test("fetchArtifact() rejects with the status of an HTTP error", async () => {
  for (const status of [401, 403, 404, 429, 500, 503]) {
    await using server = startServer(() => new Response("secret-looking text", { status }));
    const error = await failure(fetchFrom(server.port));
    assert.equal(error.message, `the server answered HTTP ${status} to the request for the file`);
  }
});

Deno.test("fetchArtifact() returns undefined for a file that is too large, and stops reading at the limit", async () => {
  await using server = startServer(() => new Response(new Uint8Array(17 * 1024 * 1024)));
  assert.equal(await fetchFrom(server.port), undefined);
  const endless = [{ piece: "1,2\n" }, { headers: { "content-encoding": "gzip" }, ...gzipBomb("x") }];
  for (const answer of endless) {
    await using server = await startEndlessServer(answer);
    assert.equal(await fetchFrom(Number(new URL(server.origin).port)), undefined);
    await server.left();
    assert.ok(server.sent < MAX_BYTES + BUFFERED_BYTES, `${server.sent} bytes were sent`);
  }
});

Deno.test("fetchArtifact() closes the connection of an endless HTTP error", async () => {
  await using server = await startEndlessServer({ status: 500, piece: "x" });
  await failure(fetchFrom(Number(new URL(server.origin).port)));
  await server.left();
});

Deno.test("fetchArtifact() rejects when no server listens or the server closes the connection early", async () => {
  const { port, [Symbol.asyncDispose]: stop } = startServer();
  await stop();
  assert.equal((await failure(fetchFrom(port))).message, "the server could not be reached, or closed the connection");
  const server = createServer((_, response) => {
    response.writeHead(200, { "content-length": 100 });
    response.write("a,b\n", () => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const error = await failure(fetchFrom((server.address() as AddressInfo).port));
  await new Promise((resolve) => server.close(resolve));
  assert.equal(error.message, "the server could not be reached, or closed the connection");
});

/** Starts a server that stops before the head of its response, or after its first bytes. */
function startSilent(sendsHead: boolean) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const arrived = Promise.withResolvers<void>();
  const server = startServer(async () => {
    arrived.resolve();
    if (!sendsHead) await promise;
    return new Response(ReadableStream.from((async function* () {
      yield new TextEncoder().encode("a,");
      await promise;
    })()));
  });
  return {
    port: server.port,
    arrived: arrived.promise,
    async [Symbol.asyncDispose]() {
      resolve();
      await server[Symbol.asyncDispose]();
    },
  };
}

Deno.test("fetchArtifact() rejects when the server takes too long before or after the head", async () => {
  for (const sendsHead of [false, true]) {
    await using server = startSilent(sendsHead);
    const error = await failure(fetchFrom(server.port, { clock: new HastyClock(100) }));
    assert.equal(error.message, "the server did not send the file within 10 s");
  }
});

Deno.test("fetchArtifact() rejects with the signal's reason before and during the request", async () => {
  for (const sendsHead of [false, true]) {
    await using server = startSilent(sendsHead);
    const controller = new AbortController();
    const reason = new Error("the cell was cancelled");
    const fetching = fetchFrom(server.port, { signal: controller.signal });
    fetching.catch(() => {});
    await server.arrived;
    controller.abort(reason);
    await assert.rejects(fetching, reason);
    await assert.rejects(fetchFrom(server.port, { signal: controller.signal }), reason);
  }
});
