/**
 * Tests of an Outbox that is flushed, aborted, or waits for promised events.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { NotebookEvent } from "../../../src/notebook/notebook_store.ts";
import { marker, setUp, turn } from "./outbox_setup.ts";

Deno.test("Outbox.flush() resolves when everything is committed, without waiting for its arrival", async () => {
  const { target, outbox, write, batches } = setUp();
  write("a");
  await target.holds(1);
  write("b");
  await turn();
  assert.equal(batches().length, 1);
  await outbox.flush();
  assert.deepEqual(batches(), [["stdout: a"], ["stdout: b"]]);
});

Deno.test("Outbox commits one batch at a time again after a flush", async () => {
  const { target, outbox, batches } = setUp();
  outbox.add(marker("a"));
  await outbox.flush();
  outbox.add(marker("b"));
  await turn();
  outbox.add(marker("c"));
  await turn();
  assert.deepEqual(batches(), [["a"], ["b"]]);
  target.arrive();
  await target.holds(3);
});

Deno.test("Outbox.flush() resolves at once when nothing was added", async () => {
  await setUp().outbox.flush();
});

Deno.test("Outbox drops waiting events when its signal is aborted, and flush() rejects with the signal's reason", async () => {
  const { target, controller, outbox, write, batches } = setUp();
  write("a");
  await target.holds(1);
  write("b");
  const flushed = outbox.flush();
  const reason = new Error("the cell was cancelled");
  controller.abort(reason);
  await assert.rejects(flushed, reason);
  outbox.add(marker("late"));
  await assert.rejects(outbox.flush(), reason);
  target.arrive();
  await turn();
  assert.deepEqual(batches(), [["stdout: a"]]);
});

Deno.test("Outbox does not commit an event that was added just before the abort", async () => {
  const { controller, outbox, batches } = setUp();
  outbox.add(marker("a"));
  controller.abort(new Error("the cell was cancelled"));
  await turn();
  assert.deepEqual(batches(), []);
});

Deno.test("Outbox drops a short text that it holds back when its signal is aborted", async () => {
  const { target, controller, write, batches } = setUp();
  write("a");
  await target.holds(1);
  target.arrive();
  write("b");
  await turn();
  controller.abort(new Error("the cell was cancelled"));
  await turn();
  assert.equal(batches().length, 1);
});

Deno.test("Outbox.flush() rejects with the target's error, even if more events were added since", async () => {
  const { target, outbox, batches } = setUp();
  const failure = new Error("the store is shut down");
  target.failWith(failure);
  outbox.add(marker("a"));
  await assert.rejects(outbox.flush(), failure);
  target.failWith(undefined);
  outbox.add(marker("b"));
  await assert.rejects(outbox.flush(), failure);
  assert.deepEqual(batches(), []);
});

Deno.test("Outbox commits earlier events before a promised event, and later events after it", async () => {
  const { target, outbox, write, batches } = setUp();
  const picture = Promise.withResolvers<NotebookEvent>();
  write("before");
  outbox.add(picture.promise);
  write("a");
  outbox.add(marker("after"));
  await target.holds(1);
  target.arrive();
  await turn();
  write("b");
  await turn();
  assert.deepEqual(batches(), [["stdout: before"]]);
  picture.resolve(marker("picture"));
  await target.holds(2);
  assert.deepEqual(batches()[1], ["picture", "stdout: a", "after", "stdout: b"]);
});

Deno.test("Outbox commits promised events in the order in which they were added", async () => {
  const { target, outbox, batches } = setUp();
  const [first, second] = [Promise.withResolvers<NotebookEvent>(), Promise.withResolvers<NotebookEvent>()];
  outbox.add(first.promise);
  outbox.add(second.promise);
  second.resolve(marker("second"));
  await turn();
  assert.deepEqual(batches(), []);
  first.resolve(marker("first"));
  await target.holds(1);
  assert.deepEqual(batches(), [["first", "second"]]);
});

Deno.test("Outbox joins the text behind a promised event and commits it with the event", async () => {
  const { target, outbox, write, batches } = setUp();
  const picture = Promise.withResolvers<NotebookEvent>();
  outbox.add(picture.promise);
  for (const letter of "abc") {
    write(letter);
    await turn();
  }
  picture.resolve(marker("picture"));
  await target.holds(1);
  assert.deepEqual(batches(), [["picture", "stdout: abc"]]);
});

Deno.test("Outbox.flush() waits for promised events", async () => {
  const { target, outbox } = setUp();
  const picture = Promise.withResolvers<NotebookEvent>();
  outbox.add(picture.promise);
  let flushed = false;
  const flushing = outbox.flush().then(() => flushed = true);
  await turn();
  assert.equal(flushed, false);
  picture.resolve(marker("picture"));
  await flushing;
  assert.equal(target.batches.length, 1);
});

Deno.test("Outbox.flush() rejects with the error of a promised event, and nothing more is committed", async () => {
  const { outbox, batches } = setUp();
  const failure = new Error("no event");
  outbox.add(Promise.reject(failure));
  outbox.add(marker("after"));
  await assert.rejects(outbox.flush(), failure);
  outbox.add(marker("late"));
  await assert.rejects(outbox.flush(), failure);
  assert.deepEqual(batches(), []);
});

Deno.test("Outbox gives up a promised event when its signal is aborted", async () => {
  const { controller, outbox, batches } = setUp();
  const reason = new Error("the cell was cancelled");
  const picture = Promise.withResolvers<NotebookEvent>();
  outbox.add(picture.promise);
  const flushed = outbox.flush();
  controller.abort(reason);
  await assert.rejects(flushed, reason);
  outbox.add(Promise.reject(new Error("late")));
  picture.reject(reason);
  await turn();
  assert.deepEqual(batches(), []);
});
