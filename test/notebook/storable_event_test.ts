/**
 * Tests that values in a notebook are read exactly as they were written, by ourselves and by others.
 *
 * @module
 */

import assert from "node:assert/strict";
import fc from "fast-check";
import { portableText } from "../../src/media/portable_text.ts";
import { events, tables } from "../../src/notebook/schema/mod.ts";
import { NotebookOutput } from "../../src/notebook/output/notebook_output.ts";
import { Outbox } from "../../src/notebook/output/outbox.ts";
import { systemClock } from "../../src/async/clock.ts";
import { silentLogger } from "../../src/logger.ts";
import { newNotebookId } from "../../stack/notebook_id.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { type NotebookClient, openClient } from "../support/notebook_client.ts";

/** Opens a notebook with a cell in a client that writes. */
async function twoClients() {
  const stack = new AsyncDisposableStack();
  const server = stack.use(await startSyncServer());
  const address = { syncUrl: server.syncUrl, authToken: server.authToken, notebookId: newNotebookId() };
  const writer = stack.use(await openClient(address));
  const cellId = writer.addCell("x");
  /** Opens the notebook in another client once the server has everything. */
  const reread = async () => {
    await writer.store.settled(AbortSignal.timeout(10_000));
    return stack.use(await openClient(address));
  };
  return { address, writer, cellId, reread, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

const outputsOf = ({ store }: NotebookClient) => store.query(tables.outputs.select().orderBy("position", "asc"));

/** Short and long texts with a character that is cut or changed, in every position. */
const TEXTS = ["\0", "\ud800", "\udc00", "\ufeff", "\ufffe", "\uffff", "\x1b", "\u2028", "\u{10ffff}"].flatMap(
  (one) => {
    const long = "-".repeat(100);
    return [one, `${one}b`, `a${one}b`, `a${one}`, one + long, long + one + long, long + one, one + one];
  },
);

Deno.test("every text in a notebook is the same for its writer and for a later reader", async () => {
  await using notebook = await twoClients();
  const { writer, cellId } = notebook;
  const written = [...TEXTS, ...fc.sample(fc.string({ unit: "binary", maxLength: 40 }), { numRuns: 100, seed: 1 })];
  for (const [position, data] of written.entries()) {
    writer.store.commit(events.terminalOutputAdded({
      id: `o${position}`,
      cellId,
      position,
      content: { type: "inline", data },
      streamName: "stdout",
    }));
  }
  const expected = written.map(portableText);
  assert.deepEqual(outputsOf(writer).map(({ data }) => data), expected);
  assert.deepEqual(outputsOf(await notebook.reread()).map(({ data }) => data), expected);
});

Deno.test("outputs of every kind are complete, whatever characters they contain", async () => {
  await using notebook = await twoClients();
  const { address, writer, cellId } = notebook;
  const { signal } = new AbortController();
  const outbox = new Outbox(writer.store, systemClock, signal);
  const output = new NotebookOutput({
    ...address,
    outbox,
    cellId,
    executionCount: 1,
    actor: "test",
    signal,
    logger: silentLogger,
  });
  output.stdout("before\0after\nsecond line\n");
  output.executeResult({ "text/plain": "a\0b", "application/json": { "k\0": ["\0", "\ud800"] } }, {
    "text/plain": { note: "n\0" },
  });
  output.display({ "text/plain": "\ufeff" + "x".repeat(50) }, { display_id: "d\0e" });
  output.error("E\0", "v\0w", ["line\0", "\udfff"]);
  await outbox.flush();
  const [stream, result, display, error] = outputsOf(await notebook.reread());
  assert.equal(stream.data, "before\u2400after\nsecond line\n");
  assert.deepEqual(result.representations?.["text/plain"], {
    type: "inline",
    data: "a\u2400b",
    metadata: { note: "n\u2400" },
  });
  assert.deepEqual(result.representations?.["application/json"], {
    type: "inline",
    data: { "k\u2400": ["\u2400", "\ufffd"] },
  });
  assert.equal(display.displayId, "d\u2400e");
  assert.deepEqual(display.representations?.["text/plain"], { type: "inline", data: "\ufffd" + "x".repeat(50) });
  assert.deepEqual(JSON.parse(error.data ?? ""), {
    ename: "E\u2400",
    evalue: "v\u2400w",
    traceback: ["line\u2400", "\ufffd"],
  });
});

Deno.test("an event with a number that JSON cannot represent is not committed", async () => {
  await using notebook = await twoClients();
  const { writer, cellId } = notebook;
  const output = (id: string, executionCount: number, data: unknown) =>
    events.multimediaResultOutputAdded({
      id,
      cellId,
      position: 1,
      executionCount,
      representations: { "application/json": { type: "inline", data } },
    });
  for (const number of [Infinity, -Infinity, NaN]) {
    assert.throws(() => writer.store.commit(output("count", number, {})), {
      name: "RangeError",
      message:
        "v1.MultimediaResultOutputAdded contains a number that JSON cannot represent, at executionCount; the event was not committed",
    });
    const good = output("good", 1, {});
    assert.throws(() => writer.store.commit(good, output("deep", 1, { a: [1, { b: number }] })), {
      message: / at representations\.application\/json\.data\.a\.1\.b; /,
    });
  }
  writer.store.commit(output("last", 1, { a: 1 }));
  assert.deepEqual(outputsOf(await notebook.reread()).map(({ id }) => id), ["last"]);
});

Deno.test("infinite numbers in an output's data and metadata are stored as null", async () => {
  await using notebook = await twoClients();
  const { address, writer, cellId } = notebook;
  const { signal } = new AbortController();
  const outbox = new Outbox(writer.store, systemClock, signal);
  const options = { ...address, outbox, cellId, executionCount: 1, actor: "test", signal, logger: silentLogger };
  const output = new NotebookOutput(options);
  output.display({ "application/json": '{"a":[1,1e999]}' });
  output.display(
    { "application/json": JSON.parse('{"a":[1,-1e999]}') },
    JSON.parse('{"application/json":{"b":1e999}}'),
  );
  await outbox.flush();
  const [one, other] = outputsOf(await notebook.reread());
  assert.deepEqual(one.representations?.["application/json"], { type: "inline", data: { a: [1, null] } });
  assert.deepEqual(other.representations?.["application/json"], {
    type: "inline",
    data: { a: [1, null] },
    metadata: { b: null },
  });
});
