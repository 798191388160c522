/**
 * Tests of the leader between LiveStore's real session and a log.
 *
 * @module
 */

import assert from "node:assert/strict";
import { systemClock } from "../../../src/async/clock.ts";
import type { Exit } from "@livestore/utils/effect";
import { newNotebookId } from "../../../stack/notebook_id.ts";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { silentLogger } from "../../../src/logger.ts";
import { startSyncBackend } from "../../../src/notebook/sync/sync_backend.ts";
import { socketUrl } from "../../../src/notebook/sync/sync_url.ts";
import { Signposts } from "../../support/signposts.ts";
import { LocalLog } from "./local_log.ts";
import { noteAdded } from "./notes.ts";
import { openNotes } from "./open_notes.ts";

Deno.test("a session pushes its notes to the log in order, in batches of a limited size", async () => {
  const log = new LocalLog();
  const sizes: number[] = [];
  await using notes = await openNotes({
    backend: log.connect({ onPush: ({ length }) => void sizes.push(length) }),
    pushEvents: 4,
  });
  const texts = Array.from({ length: 10 }, (_, index) => `note ${index}`);
  notes.add(...texts);
  await notes.become(...texts);
  assert.deepEqual(log.texts, texts);
  assert.deepEqual(log.events.map(({ seqNum }) => seqNum), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  assert.ok(Math.max(...sizes) <= 4, `batches of ${sizes}`);
});

Deno.test("a session reads an existing notebook and appends to it", async () => {
  const log = new LocalLog();
  log.write("a", "b", "c");
  await using notes = await openNotes({ backend: log.connect({ chunkEvents: 2 }) });
  assert.deepEqual(notes.texts, ["a", "b", "c"]);
  notes.add("d");
  await notes.become("a", "b", "c", "d");
  assert.deepEqual(log.texts, ["a", "b", "c", "d"]);
});

Deno.test("a session follows the notes of another client, chunk by chunk", async () => {
  const log = new LocalLog();
  await using notes = await openNotes({ backend: log.connect({ chunkEvents: 2 }) });
  log.write("a", "b", "c");
  await notes.become("a", "b", "c");
  log.write("d");
  await notes.become("a", "b", "c", "d");
});

Deno.test("an event is materialized once, regardless of who wrote it", async () => {
  const log = new LocalLog();
  const materialized: string[] = [];
  log.write("there before");
  await using notes = await openNotes({ backend: log.connect(), onNote: (text) => void materialized.push(text) });
  log.write("theirs");
  await notes.become("there before", "theirs");
  notes.add("ours");
  await notes.become("there before", "theirs", "ours");
  assert.deepEqual(materialized, ["there before", "theirs", "ours"]);
});

Deno.test("a session whose position in the log is taken writes its notes once, behind the other client's", async () => {
  const log = new LocalLog();
  await using notes = await openNotes({ backend: log.connect() });
  log.write("theirs");
  notes.add("a", "b");
  assert.deepEqual(notes.texts, ["a", "b"]);
  await notes.become("theirs", "a", "b");
  assert.deepEqual(log.texts, ["theirs", "a", "b"]);
});

Deno.test("a push in progress is aborted when the session rebases", async () => {
  const log = new LocalLog();
  const begun = Promise.withResolvers<AbortSignal>();
  const aborted = Promise.withResolvers<void>();
  await using notes = await openNotes({
    backend: log.connect({
      onPush: async (_, signal) => {
        if (log.events.length > 0) return;
        signal.addEventListener("abort", () => aborted.resolve());
        begun.resolve(signal);
        await aborted.promise;
        throw signal.reason;
      },
    }),
  });
  notes.add("a");
  const signal = await begun.promise;
  log.write("theirs");
  await notes.become("theirs", "a");
  assert.equal(signal.aborted, true);
  assert.deepEqual(log.texts, ["theirs", "a"]);
});

Deno.test("a session whose push was refused pushes nothing until it has the events ahead of it", async () => {
  const log = new LocalLog();
  const signposts = new Signposts();
  const pushed: string[] = [];
  const exits: Exit.Exit<void, unknown>[] = [];
  let isOpening = true;
  await using notes = await openNotes({
    // The events of the session go to the log one by one, so that "b" waits behind "a".
    pushEvents: 1,
    backend: log.connect({
      // The events ahead of the session stay in the log until the push of "a" has failed, or that of "b" has been made.
      onNext: () => isOpening ? undefined : signposts.reached("refused, or not stopped"),
      onPush: ([{ args }]) => {
        pushed.push((args as { text: string }).text);
        if (pushed.length > 1) signposts.reach("refused, or not stopped");
      },
    }),
    onPushed: (exit) => {
      exits.push(exit);
      if (exit._tag === "Failure") signposts.reach("refused, or not stopped");
    },
  });
  isOpening = false;
  // This note takes the position of "a", and "b" would fit right behind it.
  log.write("theirs");
  notes.add("a", "b");
  await notes.become("theirs", "a", "b");
  assert.deepEqual(log.texts, ["theirs", "a", "b"]);
  assert.deepEqual(pushed, ["a", "a", "b"]);
  assert.deepEqual(exits.map(({ _tag }) => _tag), ["Failure", "Success", "Success"]);
});

Deno.test("two sessions that write at once through the real sync server end with the same notes", async () => {
  await using server = await startSyncServer();
  const notebookId = newNotebookId();
  const connect = () =>
    startSyncBackend({
      url: socketUrl(server.syncUrl, notebookId, { authToken: server.authToken }),
      unreadableEvent: noteAdded.name,
      isReadable: () => true,
      onHeard: () => {},
      onLost: () => {},
      logger: silentLogger,
      clock: systemClock,
    });
  await using ada = await openNotes({ backend: connect(), clientId: "ada", pushEvents: 3 });
  await using bob = await openNotes({ backend: connect(), clientId: "bob", pushEvents: 3 });
  const texts = ["1", "2", "3", "4", "5", "6", "7"];
  ada.add(...texts.map((text) => `ada ${text}`));
  bob.add(...texts.map((text) => `bob ${text}`));
  await ada.until(() => ada.pending === 0 && ada.texts.length === 14);
  await bob.become(...ada.texts);
  const of = (name: string) => ada.texts.filter((text) => text.startsWith(name));
  assert.deepEqual([of("ada"), of("bob")], ["ada", "bob"].map((name) => texts.map((text) => `${name} ${text}`)));
});
