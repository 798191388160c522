/**
 * The outbox in front of a target that tells a batch's arrival only when the test says so.
 *
 * @module
 */

import assert from "node:assert/strict";
import { CellDelivery } from "../../../src/notebook/output/cell_delivery.ts";
import { type BeginText, Outbox } from "../../../src/notebook/output/outbox.ts";
import type { StreamName } from "../../../src/execution/execution_context.ts";
import type { NotebookEvent } from "../../../src/notebook/notebook_store.ts";
import { events } from "../../../src/notebook/schema/mod.ts";
import { ManualClock } from "../../support/manual_clock.ts";
import { GatedTarget } from "./gated_target.ts";

/** The shortest time between two events of text, in milliseconds, and the further wait for the next piece. */
const INTERVAL_MS = 100;
const NEXT_PIECE_MS = 30;

const marker = (id: string) => events.debug({ id });
/** An event that shows the stream and the text. */
const textEvent = (stream: StreamName): BeginText => () => (text) => marker(`${stream}: ${text}`);

/** An outbox on a clock that stands still: text that comes out before the clock is moved was let out by something else. */
function setUp() {
  const target = new GatedTarget();
  const controller = new AbortController();
  const clock = new ManualClock();
  const outbox = new Outbox(target, clock, controller.signal);
  const write = (text: string, stream: StreamName = "stdout") => outbox.addText(stream, text, textEvent(stream));
  /** The batches so far, each as the ids of its events. */
  const batches = () => target.batches.map((batch) => batch.map(({ args }) => (args as { id: string }).id));
  return { target, controller, clock, outbox, write, batches };
}

/** Lets everything run that is not held up by a timer or the target. */
const turn = () => new Promise<void>((resolve) => setTimeout(resolve));

Deno.test("Outbox sends the first text at once, without a flush", async () => {
  const { target, write, batches } = setUp();
  write("a");
  await target.holds(1);
  assert.deepEqual(batches(), [["stdout: a"]]);
});

Deno.test("Outbox joins the texts that arrive while a batch is on its way, and has one batch on its way at a time", async () => {
  const { target, outbox, write, batches } = setUp();
  outbox.add(marker("first"));
  await target.holds(1);
  for (const letter of "abc") {
    write(letter);
    await turn();
  }
  assert.deepEqual(batches(), [["first"]]);
  target.arrive();
  await target.holds(2);
  assert.deepEqual(batches(), [["first"], ["stdout: abc"]]);
});

Deno.test("Outbox keeps the order of streams and events, and joins nothing across another item", async () => {
  const { target, outbox, write, batches } = setUp();
  outbox.add(marker("first"));
  await target.holds(1);
  write("a");
  write("b");
  write("!", "stderr");
  write("c");
  outbox.add(marker("picture"));
  write("d");
  write("e");
  target.arrive();
  await target.holds(2);
  assert.deepEqual(batches()[1], ["stdout: ab", "stderr: !", "stdout: c", "picture", "stdout: de"]);
});

Deno.test("Outbox begins an event of text when its place is taken, once for texts that are joined", async () => {
  const { target, outbox } = setUp();
  let places = 0;
  const begin: BeginText = () => {
    const place = places++;
    return (text) => marker(`${place} ${text}`);
  };
  outbox.add(marker("first"));
  await target.holds(1);
  outbox.addText("stdout", "a", begin);
  outbox.addText("stdout", "b", begin);
  assert.equal(places, 1);
  outbox.addText("stderr", "c", begin);
  assert.equal(places, 2);
  target.arrive();
  await target.holds(2);
  assert.deepEqual(target.batches[1], [marker("0 ab"), marker("1 c")]);
});

Deno.test("Outbox sends a little text of its own accord when the interval after the text before it is over", async () => {
  const { target, clock, write, batches } = setUp();
  write("a");
  await target.holds(1);
  target.arrive();
  write("b");
  await turn();
  clock.advance(INTERVAL_MS + NEXT_PIECE_MS - 1);
  await turn();
  assert.deepEqual(batches(), [["stdout: a"]]);
  clock.advance(1);
  await target.holds(2);
  assert.deepEqual(batches(), [["stdout: a"], ["stdout: b"]]);
});

Deno.test("Outbox sends a text that is due with the piece that comes next, not before it", async () => {
  const { target, clock, write, batches } = setUp();
  write("a");
  await target.holds(1);
  target.arrive();
  write("b");
  await turn();
  clock.advance(INTERVAL_MS);
  await turn();
  assert.deepEqual(batches(), [["stdout: a"]]);
  write("c");
  await target.holds(2);
  assert.deepEqual(batches(), [["stdout: a"], ["stdout: bc"]]);
});

Deno.test("Outbox sends text more seldom from a process that is late, and what is flushed at once all the same", async () => {
  const { target, clock, outbox, write, batches } = setUp();
  write("a");
  await target.holds(1);
  target.arrive();
  await turn();
  write("b");
  await turn();
  // The process does something else until long after the text is due.
  clock.holdUp(2.5 * INTERVAL_MS);
  await turn();
  clock.advance(NEXT_PIECE_MS);
  await target.holds(2);
  target.arrive();
  await turn();
  write("c");
  await turn();
  // Twice the interval: a punctual process has sent it by then.
  clock.advance(2 * INTERVAL_MS);
  await turn();
  write("d");
  await turn();
  assert.deepEqual(batches(), [["stdout: a"], ["stdout: b"]]);
  const flushed = outbox.flush();
  await target.holds(3);
  assert.deepEqual(batches().at(-1), ["stdout: cd"]);
  target.arrive();
  await flushed;
});

Deno.test("Outbox counts the interval from text only: after another event, text goes at once", async () => {
  const { target, outbox, write } = setUp();
  outbox.add(marker("picture"));
  await target.holds(1);
  target.arrive();
  write("a");
  await target.holds(2);
});

const lettingGo: Record<string, (outbox: Outbox, write: (text: string, stream?: StreamName) => void) => void> = {
  "a flush": (outbox) => void outbox.flush(),
  "an event": (outbox) => outbox.add(marker("picture")),
  "text of the other stream": (_outbox, write) => write("!", "stderr"),
  "text that makes it long": (_outbox, write) => write("x".repeat(8_192)),
};

for (const [what, letGo] of Object.entries(lettingGo)) {
  Deno.test(`Outbox sends a little text that it holds back at once upon ${what}`, async () => {
    const { target, outbox, write, batches } = setUp();
    write("a");
    await target.holds(1);
    target.arrive();
    write("b");
    await turn();
    write("c");
    await turn();
    assert.equal(batches().length, 1);
    letGo(outbox, write);
    await target.holds(2);
    assert.ok(batches()[1][0].startsWith("stdout: bc"));
  });
}

Deno.test("Outbox cuts long text into events of at most 65,536 characters, never inside a surrogate pair", async () => {
  const { target, outbox } = setUp();
  const long = "x" + "😀".repeat(100_000);
  const pieces: string[] = [];
  outbox.addText("stdout", long, () => (text) => {
    pieces.push(text);
    return marker("piece");
  });
  await target.holds(1);
  assert.equal(pieces.join(""), long);
  assert.equal(pieces.length, 4);
  for (const piece of pieces) assert.ok(piece.length <= 65_536 && piece.isWellFormed());
});

Deno.test("Outbox begins another event rather than join texts to more than 65,536 characters", async () => {
  const { target, outbox, write, batches } = setUp();
  outbox.add(marker("first"));
  await target.holds(1);
  write("a".repeat(65_530));
  write("b".repeat(6));
  write("c");
  target.arrive();
  await target.holds(2);
  assert.deepEqual(batches()[1].map((id) => id.length - "stdout: ".length), [65_536, 1]);
});

Deno.test("Outbox.flush() resolves when all that was added is on its way, and does not wait for it to arrive", async () => {
  const { target, outbox, write, batches } = setUp();
  write("a");
  await target.holds(1);
  write("b");
  await turn();
  assert.equal(batches().length, 1);
  await outbox.flush();
  assert.deepEqual(batches(), [["stdout: a"], ["stdout: b"]]);
});

Deno.test("Outbox has one batch on its way at a time again after a flush", async () => {
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

Deno.test("Outbox drops what waits when its signal is aborted, and flush() rejects with the signal's reason", async () => {
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

Deno.test("Outbox sends nothing that was added in the very moment before the abort", async () => {
  const { controller, outbox, batches } = setUp();
  outbox.add(marker("a"));
  controller.abort(new Error("the cell was cancelled"));
  await turn();
  assert.deepEqual(batches(), []);
});

Deno.test("Outbox drops a little text that it holds back when its signal is aborted", async () => {
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

Deno.test("Outbox.flush() rejects with what the target failed with, even if more was added since", async () => {
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

Deno.test("Outbox keeps the place of an event that is only promised: what was added before goes, what came later waits", async () => {
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

Deno.test("Outbox sends promised events in the order in which they were added, whichever is made first", async () => {
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

Deno.test("Outbox joins text that waits behind a promised event, and sends a little text after it at once", async () => {
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

Deno.test("Outbox.flush() rejects with what a promised event failed with, and nothing more is sent", async () => {
  const { outbox, batches } = setUp();
  const failure = new Error("no event");
  outbox.add(Promise.reject(failure));
  outbox.add(marker("after"));
  await assert.rejects(outbox.flush(), failure);
  outbox.add(marker("late"));
  await assert.rejects(outbox.flush(), failure);
  assert.deepEqual(batches(), []);
});

Deno.test("Outbox lets go of a promised event when its signal is aborted, even if the promise settles later", async () => {
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

Deno.test("Outbox sends very many events a hundred at a time, and timers have their turn meanwhile", async () => {
  const { outbox, batches } = setUp();
  const ids = Array.from({ length: 1_001 }, (_, index) => `${index}`);
  for (const id of ids) outbox.add(marker(id));
  let ticks = 0;
  const timer = setInterval(() => ticks += 1);
  try {
    await outbox.flush();
  } finally {
    clearInterval(timer);
  }
  assert.deepEqual(batches().map(({ length }) => length), [...Array(10).fill(100), 1]);
  assert.deepEqual(batches().flat(), ids);
  assert.ok(ticks >= 3, `${ticks} ticks`);
});

Deno.test("CellDelivery keeps no more for the cell's end than is committed at a time", () => {
  const target = new GatedTarget();
  const delivery = new CellDelivery(target);
  delivery.ending();
  const many = Array.from({ length: 230 }, (_, index) => marker(`${index}`));
  for (const start of [0, 100, 200]) delivery.commit(...many.slice(start, start + 100));
  assert.deepEqual(target.batches.map(({ length }) => length), [100, 100]);
  assert.deepEqual([...target.batches.flat(), ...delivery.last], many);
});
