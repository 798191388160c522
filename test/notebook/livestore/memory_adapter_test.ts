import assert from "node:assert/strict";
import { Cause, Exit } from "@livestore/utils/effect";
import { CommitGate } from "../../../src/notebook/livestore/commit_gate.ts";
import { collectGarbage } from "./garbage.ts";
import { LocalLog } from "./local_log.ts";
import { openNotes } from "./open_notes.ts";

/**
 * Resolves once all listeners of a channel have received the messages so far. LiveStore's adapters end stores through a channel.
 */
async function allHeard(name: string): Promise<void> {
  const [speaker, listener] = [new BroadcastChannel(name), new BroadcastChannel(name)];
  const heard = new Promise<void>((resolve) => listener.onmessage = () => resolve());
  speaker.postMessage("the last word");
  await heard;
  speaker.close();
  listener.close();
}

Deno.test("a store has the events of the log and no event of an earlier store of the notebook", async () => {
  const log = new LocalLog();
  log.write("a");
  const first = await openNotes({ backend: log.connect({ onPush: () => new Promise(() => {}) }) });
  first.add("never pushed");
  assert.deepEqual(first.texts, ["a", "never pushed"]);
  await first[Symbol.asyncDispose]();
  await using second = await openNotes({ backend: log.connect() });
  assert.deepEqual(second.texts, ["a"]);
});

Deno.test("two stores of one notebook in one process do not exchange events", async () => {
  const [logOfAda, logOfBob] = [new LocalLog(), new LocalLog()];
  await using ada = await openNotes({ backend: logOfAda.connect(), clientId: "ada" });
  await using bob = await openNotes({ backend: logOfBob.connect(), clientId: "bob" });
  ada.add("a");
  bob.add("b", "c");
  await ada.become("a");
  await bob.become("b", "c");
  assert.deepEqual([logOfAda.texts, logOfBob.texts], [["a"], ["b", "c"]]);
});

Deno.test("a store that LiveStore ends closes its connection and does not affect another store of its notebook", async () => {
  const log = new LocalLog();
  const closed: string[] = [];
  await using sound = await openNotes({ backend: log.connect({ onClose: () => closed.push("sound") }) });
  const broken = await openNotes({
    backend: log.connect({ onClose: () => closed.push("broken") }),
    onNote: (text) => {
      if (text === "poison") throw new Error("no poison, please");
    },
  });
  log.write("poison");
  const end = await broken.ended;
  assert.ok(Exit.isFailure(end));
  assert.match(Cause.pretty(end.cause), /no poison, please/);
  await allHeard("livestore.shutdown.notes");
  log.write("theirs");
  await sound.become("poison", "theirs");
  sound.add("ours");
  await sound.become("poison", "theirs", "ours");
  assert.deepEqual(closed, ["broken"]);
});

Deno.test("a notebook can be larger than 17 MB, the memory of LiveStore's SQLite for Node", async () => {
  const log = new LocalLog();
  const megabyte = "x".repeat(1_000_000);
  log.write(...Array(15).fill(megabyte));
  await using notes = await openNotes({ backend: log.connect({ chunkEvents: 5 }) });
  log.write(...Array(15).fill(megabyte));
  await notes.until(() => notes.texts.length === 30);
  const [{ bytes }] = notes.store.query<{ bytes: number }[]>({
    query: "SELECT sum(length(text)) AS bytes FROM notes",
    bindValues: {},
  });
  assert.equal(bytes, 30_000_000);
});

Deno.test("a store that is shut down closes its connection", async () => {
  const closed = Promise.withResolvers<void>();
  let isOpen = true;
  const onClose = () => {
    isOpen = false;
    closed.resolve();
  };
  const notes = await openNotes({ backend: new LocalLog().connect({ onClose }) });
  assert.equal(isOpen, true);
  await notes[Symbol.asyncDispose]();
  // LiveStore's shutdown resolves a moment before it has closed everything.
  await closed.promise;
});

Deno.test("a store that cannot be opened closes its connection and rejects with the reason", async () => {
  const log = new LocalLog();
  let closed = 0;
  log.write("poison");
  const opening = openNotes({
    backend: log.connect({ onClose: () => void closed++ }),
    onNote: () => {
      throw new Error("no poison, please");
    },
  });
  await assert.rejects(opening, { name: /LiveStore.UnexpectedError/, message: /no poison, please/ });
  assert.equal(closed, 1);
});

Deno.test("a store whose opening is aborted closes its connection", async () => {
  const controller = new AbortController();
  const asked = Promise.withResolvers<void>();
  let closed = 0;
  const backend = new LocalLog().connect({
    onNext: () => {
      asked.resolve();
      return new Promise(() => {});
    },
    onClose: () => void closed++,
  });
  const opening = openNotes({ backend, signal: controller.signal });
  await asked.promise;
  controller.abort();
  await assert.rejects(opening);
  assert.equal(closed, 1);
});

Deno.test("a store writes with its client id and session id", async () => {
  const log = new LocalLog();
  await using notes = await openNotes({ backend: log.connect(), clientId: "grace" });
  notes.add("a");
  await notes.become("a");
  assert.deepEqual(log.events.map(({ clientId, sessionId }) => [clientId, sessionId]), [["grace", "session"]]);
});

Deno.test("a store's gate is closed while the session takes over events of the log", async () => {
  const log = new LocalLog();
  const gate = new CommitGate<string>();
  const order: string[] = [];
  const commit = (what: string) => gate.pass([what], () => order.push(what));
  await using notes = await openNotes({
    backend: log.connect(),
    gate,
    onNote: (text) => {
      commit(`committed during ${text}`);
      order.push(`took over ${text}`);
    },
  });
  commit("committed before");
  log.write("theirs", "others'");
  await notes.become("theirs", "others'");
  commit("committed after");
  assert.deepEqual(order, [
    "committed before",
    "took over theirs",
    "took over others'",
    "committed during theirs",
    "committed during others'",
    "committed after",
  ]);
});

Deno.test("a store's database releases statements that were prepared and finalized", async () => {
  await using notes = await openNotes({ backend: new LocalLog().connect() });
  const { sqliteDb } = notes.store.clientSession;
  const prepareAndFinalize = (sql: string) => {
    const statement = sqliteDb.prepare(sql);
    statement.finalize();
    return new WeakRef(statement);
  };
  const references = Array.from({ length: 10 }, (_, number) => prepareAndFinalize(`SELECT ${number}`));
  await collectGarbage();
  assert.deepEqual(references.filter((reference) => reference.deref() !== undefined), []);
});

Deno.test("a store that was shut down releases its SQLite", async () => {
  const openAndClose = async () => {
    const notes = await openNotes({ backend: new LocalLog().connect() });
    const { sqliteDb } = notes.store.clientSession;
    const sqlite = new WeakRef<object>(sqliteDb.metadata.vfs._module);
    await notes[Symbol.asyncDispose]();
    return sqlite;
  };
  const sqlite = await openAndClose();
  // LiveStore remembers the SQLite that was opened last.
  await openAndClose();
  await collectGarbage();
  assert.equal(sqlite.deref() === undefined, true);
});
