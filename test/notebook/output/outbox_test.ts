/**
 * Tests of an Outbox whose target confirms the arrival of a batch only when the test says so.
 *
 * @module
 */

import assert from "node:assert/strict";
import { CellDelivery } from "../../../src/notebook/output/cell_delivery.ts";
import type { BeginText, Outbox } from "../../../src/notebook/output/outbox.ts";
import type { StreamName } from "../../../src/execution/execution_context.ts";
import { GatedTarget } from "./gated_target.ts";
import { marker, setUp, turn } from "./outbox_setup.ts";

/** The shortest time between two events of text, and the further wait for the next piece, in milliseconds. */
const INTERVAL_MS = 100;
const NEXT_PIECE_MS = 30;

Deno.test("Outbox commits the first text at once, without a flush", async () => {
  const { target, write, batches } = setUp();
  write("a");
  await target.holds(1);
  assert.deepEqual(batches(), [["stdout: a"]]);
});

Deno.test("Outbox joins the texts that arrive while a batch is on its way", async () => {
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

Deno.test("Outbox keeps the order of streams and events, and joins only adjacent texts", async () => {
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

Deno.test("Outbox begins one event for joined texts, when the first of them is added", async () => {
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

Deno.test("Outbox commits a short text when the interval is over and no piece follows", async () => {
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

Deno.test("Outbox commits a text that is due together with the next piece", async () => {
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

Deno.test("Outbox commits text less often when the process is late, but flushes it at once", async () => {
  const { target, clock, outbox, write, batches } = setUp();
  write("a");
  await target.holds(1);
  target.arrive();
  await turn();
  write("b");
  await turn();
  // The process is busy until long after the text is due.
  clock.holdUp(2.5 * INTERVAL_MS);
  await turn();
  clock.advance(NEXT_PIECE_MS);
  await target.holds(2);
  target.arrive();
  await turn();
  write("c");
  await turn();
  // Twice the interval: a punctual process would have committed the text by then.
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

Deno.test("Outbox commits text at once after an event that is not text", async () => {
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
  "a long text": (_outbox, write) => write("x".repeat(8_192)),
};

for (const [what, letGo] of Object.entries(lettingGo)) {
  Deno.test(`Outbox commits held text at once on ${what}`, async () => {
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

Deno.test("Outbox splits a long text into events of at most 65,536 characters, never inside a surrogate pair", async () => {
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

Deno.test("Outbox begins another event instead of joining texts to more than 65,536 characters", async () => {
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

Deno.test("Outbox commits many events a hundred at a time and lets timers run in between", async () => {
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

Deno.test("CellDelivery holds back at most one batch for the end of the cell", () => {
  const target = new GatedTarget();
  const delivery = new CellDelivery(target);
  delivery.ending();
  const many = Array.from({ length: 230 }, (_, index) => marker(`${index}`));
  for (const start of [0, 100, 200]) delivery.commit(...many.slice(start, start + 100));
  assert.deepEqual(target.batches.map(({ length }) => length), [100, 100]);
  assert.deepEqual([...target.batches.flat(), ...delivery.last], many);
});
