/**
 * Tests that the endless answers of a notebook server are read up to a limit and then closed.
 *
 * @module
 */

import assert from "node:assert/strict";
import { RefusedError, SyncUnreachableError } from "../../src/errors.ts";
import { askIdentity, fetchIdentity } from "../../src/notebook/identity.ts";
import { ArtifactError, uploadArtifact } from "../../src/notebook/output/artifacts.ts";
import { refusalReason } from "../../src/notebook/sync/refusal.ts";
import {
  BUFFERED_BYTES,
  type EndlessAnswer,
  type EndlessServer,
  gzipBomb,
  startEndlessServer,
} from "../support/endless_server.ts";

/** Returns a signal that leaves enough time for any answer. */
const patient = () => AbortSignal.timeout(30_000);

const addressOf = ({ origin }: EndlessServer) => `${origin.replace("http", "ws")}/livestore`;

/** Sends an endless answer, and checks that the client leaves before much is sent. */
async function ask(answer: EndlessAnswer, question: (syncUrl: string) => Promise<unknown>): Promise<void> {
  await using server = await startEndlessServer(answer);
  await question(addressOf(server));
  await server.left();
  assert.ok(server.sent < BUFFERED_BYTES, `${server.sent} bytes were sent`);
}

const bodies: [string, EndlessAnswer][] = [
  ["text", { piece: "x" }],
  ["JSON", { head: '{"id":"user-1","name":"', piece: "x" }],
  ["gzip", { headers: { "content-encoding": "gzip" }, ...gzipBomb("x") }],
];

for (const [what, answer] of bodies) {
  Deno.test(`fetchIdentity() rejects with SyncUnreachableError on endless ${what}`, () =>
    ask(
      answer,
      (syncUrl) => assert.rejects(fetchIdentity({ syncUrl, authToken: "secret" }, patient()), SyncUnreachableError),
    ));

  Deno.test(`fetchIdentity() rejects with RefusedError on HTTP 401 with endless ${what}`, () =>
    ask(
      { ...answer, status: 401 },
      (syncUrl) => assert.rejects(fetchIdentity({ syncUrl, authToken: "secret" }, patient()), RefusedError),
    ));

  Deno.test(`askIdentity() returns a SyncUnreachableError on HTTP 503 with endless ${what}`, () =>
    ask({ ...answer, status: 503 }, async (syncUrl) => {
      assert.ok(await askIdentity({ syncUrl, authToken: "secret" }, patient()) instanceof SyncUnreachableError);
    }));

  Deno.test(`uploadArtifact() rejects with ArtifactError on endless ${what}`, () =>
    ask(answer, (syncUrl) =>
      assert.rejects(
        uploadArtifact({
          syncUrl,
          authToken: "secret",
          notebookId: "n",
          mimeType: "image/png",
          bytes: new Uint8Array(10),
          signal: patient(),
        }),
        ArtifactError,
      )));

  Deno.test(`refusalReason() returns undefined on HTTP 400 with endless ${what}`, () =>
    ask({ ...answer, status: 400 }, async (syncUrl) => {
      assert.equal(await refusalReason(new URL(syncUrl), patient()), undefined);
    }));
}
