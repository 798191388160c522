/**
 * Tests of positions, long texts, answers and notes about a wait in a notebook's outputs.
 *
 * @module
 */

import assert from "node:assert/strict";
import { at, inline, setUp, written } from "./written_output.ts";

Deno.test("NotebookOutput assigns positions in the order of the calls, and one position to joined texts", async () => {
  const { target, output } = setUp();
  output.error("First", "", []);
  await target.holds(1);
  output.stdout("a");
  output.stderr("!");
  output.stderr("?");
  output.display({ "text/plain": "picture" });
  output.stdout("b");
  output.executeResult({ "text/plain": "1" });
  target.arrive();
  await target.holds(2);
  const order = target.batches[1].map(({ name, args }) => [name, (args as { position: number }).position]);
  assert.deepEqual(order, [
    ["v1.TerminalOutputAdded", 1],
    ["v1.TerminalOutputAdded", 2],
    ["v1.MultimediaDisplayOutputAdded", 3],
    ["v1.TerminalOutputAdded", 4],
    ["v1.MultimediaResultOutputAdded", 5],
  ]);
});

Deno.test("NotebookOutput assigns each piece of a long text its own position", async () => {
  const events = await written((output) => {
    output.stdout("x".repeat(65_537));
    output.display({ "text/plain": "after" });
  });
  assert.deepEqual(events.map(([, args]) => (args as { position: number }).position), [0, 1, 2]);
});

Deno.test("NotebookOutput writes an answer as Markdown that grows by numbered, joined deltas", async () => {
  const { target, output } = setUp();
  output.markdown("");
  output.markdown("# An");
  await target.holds(1);
  output.markdown(" an");
  output.markdown("swer");
  target.arrive();
  await target.holds(2);
  output.markdown(".");
  target.arrive();
  await target.holds(3);
  const [first, ...deltas] = target.batches.flat() as { name: string; args: Record<string, unknown> }[];
  const { id: outputId, ...added } = first.args;
  const metadata = { anode: { role: "assistant" } };
  assert.deepEqual([first.name, added], ["v1.MarkdownOutputAdded", {
    ...at(0),
    content: { ...inline("# An"), metadata },
  }]);
  assert.deepEqual(deltas.map(({ name, args: { id: _, ...args } }) => [name, args]), [
    ["v2.MarkdownOutputAppended", { outputId, delta: " answer", sequenceNumber: 0 }],
    ["v2.MarkdownOutputAppended", { outputId, delta: ".", sequenceNumber: 1 }],
  ]);
  assert.equal(new Set(deltas.map(({ args }) => args.id)).size, 2);
});

Deno.test("NotebookOutput starts a new answer after another output and after takeBack()", async () => {
  const events = await written((output) => {
    output.markdown("a");
    output.stderr("note\n");
    output.markdown("b");
    output.takeBack();
    output.markdown("c");
  });
  assert.deepEqual(events.map(([name]) => name), [
    "v1.MarkdownOutputAdded",
    "v1.TerminalOutputAdded",
    "v1.MarkdownOutputAdded",
    "v1.CellOutputsCleared",
    "v1.MarkdownOutputAdded",
  ]);
});

Deno.test("NotebookOutput shows what it waits for in one marked output, and empties it afterwards", async () => {
  const { target, output } = setUp();
  output.waiting("HOST is loading its model.");
  await target.holds(1);
  output.waiting("HOST has not begun to answer.");
  output.waiting();
  output.stdout("a");
  output.waiting("This cell waits for its turn.");
  target.arrive();
  await target.holds(2);
  const [first, ...others] = target.batches.flat().map(({ args }) => args as { id: string });
  const ids = others.map(({ id }) => id === first.id);
  const note = (data: string) => ({ ...inline(data), metadata: { aipython: { waiting: true } } });
  assert.deepEqual(ids, [true, true, false, false]);
  assert.deepEqual([first, ...others].map(({ id: _, ...rest }) => rest), [
    { ...at(0), content: note("[AIPython] HOST is loading its model.\n"), streamName: "stderr" },
    { ...at(0), content: note("[AIPython] HOST has not begun to answer.\n"), streamName: "stderr" },
    { ...at(0), content: note(""), streamName: "stderr" },
    { ...at(1), content: inline("a"), streamName: "stdout" },
    { ...at(2), content: note("[AIPython] This cell waits for its turn.\n"), streamName: "stderr" },
  ]);
});

Deno.test("NotebookOutput.flush() resolves when everything is committed", async () => {
  const { target, output } = setUp();
  output.stdout("a");
  await target.holds(1);
  output.stdout("b");
  await output.flush();
  assert.equal(target.batches.length, 2);
});
