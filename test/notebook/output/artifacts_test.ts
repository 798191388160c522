/**
 * Tests of uploads to the real notebook server and to servers that misbehave.
 *
 * @module
 */

import assert from "node:assert/strict";
import { HastyClock } from "../../support/hasty_clock.ts";
import { ArtifactError, uploadArtifact, type UploadOptions } from "../../../src/notebook/output/artifacts.ts";
import { newNotebookId } from "../../../stack/notebook_id.ts";
import { startSyncServer } from "../../../stack/sync_server/start.ts";

const bytes = crypto.getRandomValues(new Uint8Array(60_000));

function startServer(handler: (request: Request) => Response | Promise<Response>) {
  return Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, handler);
}

const uploadTo = (port: number, options: Partial<UploadOptions> = {}) =>
  uploadArtifact({
    syncUrl: `ws://127.0.0.1:${port}/livestore`,
    authToken: "secret",
    notebookId: "n",
    mimeType: "image/png",
    bytes,
    ...options,
  });

/** Returns the error of an upload to a server with this answer. */
async function failure(answer: () => Response): Promise<{ message: string; status?: number }> {
  await using server = startServer(async (request) => {
    await request.bytes();
    return answer();
  });
  const error = await uploadTo(server.addr.port).then(() => assert.fail("the upload did not fail"), (error) => error);
  assert.ok(error instanceof ArtifactError);
  assert.ok(!error.message.includes("secret"));
  return { message: error.message, status: error.status };
}

Deno.test("uploadArtifact() stores bytes on the notebook server, which serves them with their type", async () => {
  await using server = await startSyncServer();
  const { syncUrl, apiUrl, authToken } = server;
  const notebookId = newNotebookId();
  const kept = await uploadArtifact({ syncUrl, authToken, notebookId, mimeType: "image/png", bytes });
  assert.ok(kept.artifactId.startsWith(`${notebookId}/`));
  assert.equal(kept.fileUrl, `${apiUrl}/api/artifacts/${kept.artifactId}`);
  const read = await fetch(kept.fileUrl);
  assert.equal(read.headers.get("content-type"), "image/png");
  assert.deepEqual(await read.bytes(), bytes);
  await assert.rejects(
    uploadArtifact({ syncUrl, authToken: "wrong", notebookId, mimeType: "image/png", bytes }),
    new ArtifactError("the server answered HTTP 401 to the upload of the artifact", { status: 401 }),
  );
});

Deno.test("uploadArtifact() returns an address without the password of the sync URL", async () => {
  await using server = startServer(() => Response.json({ artifactId: 'n/"1' }));
  const { port } = server.addr;
  const kept = await uploadTo(port, { syncUrl: `ws://user:secret@127.0.0.1:${port}/livestore?key=secret` });
  assert.deepEqual(kept, { artifactId: 'n/"1', fileUrl: `http://127.0.0.1:${port}/api/artifacts/n/%221` });
});

Deno.test("uploadArtifact() rejects with the status of an HTTP error", async () => {
  assert.deepEqual(await failure(() => new Response("oops", { status: 500 })), {
    message: "the server answered HTTP 500 to the upload of the artifact",
    status: 500,
  });
});

Deno.test("uploadArtifact() does not follow a redirect, which would receive the token", async () => {
  assert.deepEqual(
    await failure(() => new Response(null, { status: 307, headers: { location: "http://127.0.0.1:1" } })),
    {
      message: "the server redirects to http://127.0.0.1:1 (HTTP 307); nothing was sent there",
      status: 307,
    },
  );
});

for (const body of ["<html>", "{}", '{"artifactId": ""}', '{"artifactId": 5}', "null"]) {
  Deno.test(`uploadArtifact() rejects when the server answers ${body}`, async () => {
    assert.deepEqual(await failure(() => new Response(body)), {
      message: "the server accepted the artifact (HTTP 200), but its answer has no artifactId",
      status: 200,
    });
  });
}

Deno.test("uploadArtifact() rejects when no server listens", async () => {
  const server = startServer(() => new Response());
  const { port } = server.addr;
  await server.shutdown();
  await assert.rejects(
    uploadTo(port),
    (error) =>
      error instanceof ArtifactError && error.message === "the server could not be reached" &&
      error.cause !== undefined,
  );
});

Deno.test("uploadArtifact() rejects when the server takes too long", async () => {
  const released = Promise.withResolvers<void>();
  await using server = startServer(async () => {
    await released.promise;
    return new Response();
  });
  await assert.rejects(
    uploadTo(server.addr.port, { clock: new HastyClock(200) }),
    new ArtifactError("the server did not accept the artifact within 10 s"),
  );
  released.resolve();
});

Deno.test("uploadArtifact() rejects with the signal's reason before and during the upload", async () => {
  const arrived = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  await using server = startServer(async () => {
    arrived.resolve();
    await released.promise;
    return new Response();
  });
  const controller = new AbortController();
  const reason = new Error("the cell was cancelled");
  const uploading = uploadTo(server.addr.port, { signal: controller.signal });
  uploading.catch(() => {});
  await arrived.promise;
  controller.abort(reason);
  await assert.rejects(uploading, reason);
  await assert.rejects(uploadTo(server.addr.port, { signal: controller.signal }), reason);
  released.resolve();
});
