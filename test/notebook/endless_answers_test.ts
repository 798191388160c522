/**
 * A notebook server whose answers do not end is read up to a bound, and let go of.
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

/** Long enough for any answer. */
const patient = () => AbortSignal.timeout(30_000);

const addressOf = ({ origin }: EndlessServer) => `${origin.replace("http", "ws")}/livestore`;

/** Lets a server send endlessly, and checks that the client leaves before much is sent. */
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
  Deno.test(`${what} without end is not the API of a notebook server`, () =>
    ask(
      answer,
      (syncUrl) => assert.rejects(fetchIdentity({ syncUrl, authToken: "secret" }, patient()), SyncUnreachableError),
    ));

  Deno.test(`a server that refuses the token with ${what} without end is heard`, () =>
    ask(
      { ...answer, status: 401 },
      (syncUrl) => assert.rejects(fetchIdentity({ syncUrl, authToken: "secret" }, patient()), RefusedError),
    ));

  Deno.test(`a server that fails with ${what} without end may be asked again`, () =>
    ask({ ...answer, status: 503 }, async (syncUrl) => {
      assert.ok(await askIdentity({ syncUrl, authToken: "secret" }, patient()) instanceof SyncUnreachableError);
    }));

  Deno.test(`a server that answers an artifact with ${what} without end has not taken it`, () =>
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

  Deno.test(`a server that refuses a socket with ${what} without end gives no reason`, () =>
    ask({ ...answer, status: 400 }, async (syncUrl) => {
      assert.equal(await refusalReason(new URL(syncUrl), patient()), undefined);
    }));
}
