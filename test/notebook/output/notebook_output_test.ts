/**
 * The events that each kind of output becomes.
 *
 * @module
 */

import assert from "node:assert/strict";
import { systemClock } from "../../../src/async/clock.ts";
import { silentLogger } from "../../../src/logger.ts";
import { NotebookOutput } from "../../../src/notebook/output/notebook_output.ts";
import { Outbox } from "../../../src/notebook/output/outbox.ts";
import { ONE_PIXEL_PNG } from "../../media/pictures.ts";
import { GatedTarget } from "./gated_target.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const CLEARED = { cellId: "cell", clearedBy: "runtime-r" };

function setUp() {
  const target = new GatedTarget();
  const { signal } = new AbortController();
  const outbox = new Outbox(target, systemClock, signal);
  const output = new NotebookOutput({
    outbox,
    cellId: "cell",
    executionCount: 7,
    actor: "runtime-r",
    signal,
    logger: silentLogger,
    // None of these outputs is uploaded.
    syncUrl: "ws://127.0.0.1:1/livestore",
    authToken: "token",
    notebookId: "notebook",
  });
  return { target, output };
}

/** The events that an output's methods write, without their ids, which must be UUIDs that differ. */
async function written(write: (output: NotebookOutput) => void): Promise<[name: string, args: unknown][]> {
  const { target, output } = setUp();
  write(output);
  await target.holds(1);
  const ids = new Set<unknown>();
  const events = target.batches[0].map(({ name, args }): [string, unknown] => {
    const { id, ...rest } = args as { id?: string };
    if (id !== undefined) {
      assert.match(id, UUID);
      assert.ok(!ids.has(id));
      ids.add(id);
    }
    return [name, rest];
  });
  return events;
}

const inline = (data: unknown) => ({ type: "inline", data });
const at = (position: number) => ({ cellId: "cell", position });

Deno.test("NotebookOutput writes text as terminal output of its stream, and an empty text not at all", async () => {
  assert.deepEqual(
    await written((output) => {
      output.stdout("");
      output.stdout("out\n");
      output.stderr("");
      output.stderr("\u001b[31merr");
    }),
    [
      ["v1.TerminalOutputAdded", { ...at(0), content: inline("out\n"), streamName: "stdout" }],
      ["v1.TerminalOutputAdded", { ...at(1), content: inline("\u001b[31merr"), streamName: "stderr" }],
    ],
  );
});

Deno.test("NotebookOutput writes a result with the request's execution count, and each MIME type's own metadata", async () => {
  const data = { "text/html": "<b>7</b>", "text/plain": "7", "application/json": { rows: [1, null] } };
  const metadata = { "text/html": { isolated: true }, "text/plain": "not an object", "text/latex": { lost: true } };
  assert.deepEqual(await written((output) => output.executeResult(data, metadata)), [
    ["v1.MultimediaResultOutputAdded", {
      ...at(0),
      executionCount: 7,
      representations: {
        "text/html": { ...inline("<b>7</b>"), metadata: { isolated: true } },
        "text/plain": inline("7"),
        "application/json": inline({ rows: [1, null] }),
      },
    }],
  ]);
});

Deno.test("NotebookOutput writes a display with each MIME type's own metadata, and normalizes it", async () => {
  const data = { "text/html": "<b>b</b>", "image/png": "lost" };
  const metadata = { "text/html": { isolated: true }, isolated: true };
  assert.deepEqual(await written((output) => output.display(data, metadata)), [
    ["v1.MultimediaDisplayOutputAdded", {
      ...at(0),
      representations: {
        "text/html": { ...inline("<b>b</b>"), metadata: { isolated: true } },
        "text/plain": inline("<IPython.core.display.HTML object>"),
      },
    }],
  ]);
});

Deno.test("NotebookOutput shows an SVG as it is, at once, also one that cannot be drawn", async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0"/>';
  const figure = { "image/svg+xml": svg, "text/plain": "<Figure>" };
  const events = await written((output) => {
    output.executeResult(figure, { "image/svg+xml": { alt: "a figure" } });
    output.display(figure);
    output.display(figure, { display_id: "plot", update: true });
    output.display({ ...figure, "image/png": ONE_PIXEL_PNG });
    output.stdout("after");
  });
  assert.deepEqual(events.map(([name]) => name), [
    "v1.MultimediaResultOutputAdded",
    "v1.MultimediaDisplayOutputAdded",
    "v1.MultimediaDisplayOutputUpdated",
    "v1.MultimediaDisplayOutputAdded",
    "v1.TerminalOutputAdded",
  ]);
  assert.deepEqual(events.map(([, args]) => (args as { position?: number }).position), [0, 1, undefined, 2, 3]);
  const shown = {
    "image/svg+xml": inline(svg),
    "text/plain": inline("<Figure>"),
  };
  assert.deepEqual(events.slice(0, 4).map(([, args]) => (args as { representations: unknown }).representations), [
    { ...shown, "image/svg+xml": { ...shown["image/svg+xml"], metadata: { alt: "a figure" } } },
    shown,
    shown,
    { ...shown, "image/png": inline(ONE_PIXEL_PNG) },
  ]);
});

Deno.test("NotebookOutput names a display with display_id, and changes it in place with update", async () => {
  assert.deepEqual(
    await written((output) => {
      output.display({ "text/plain": "0 %" }, { display_id: "bar" });
      output.display({ "text/plain": "100 %" }, { display_id: "bar", update: true });
      output.display({ "text/plain": "done" });
    }),
    [
      ["v1.MultimediaDisplayOutputAdded", {
        ...at(0),
        displayId: "bar",
        representations: { "text/plain": inline("0 %") },
      }],
      ["v1.MultimediaDisplayOutputUpdated", {
        displayId: "bar",
        representations: { "text/plain": inline("100 %") },
      }],
      ["v1.MultimediaDisplayOutputAdded", { ...at(1), representations: { "text/plain": inline("done") } }],
    ],
  );
});

Deno.test("NotebookOutput adds a display whose update names no display", async () => {
  assert.deepEqual(await written((output) => output.display({ "text/plain": "x" }, { update: true })), [
    ["v1.MultimediaDisplayOutputAdded", { ...at(0), representations: { "text/plain": inline("x") } }],
  ]);
});

Deno.test("NotebookOutput clears the cell upon clear_output, at once or with the next output", async () => {
  assert.deepEqual(
    await written((output) => {
      output.display({}, { clear_output: true });
      output.display({}, { clear_output: true, wait: true });
      output.display({ "text/plain": "x" }, { clear_output: false });
    }),
    [
      ["v1.CellOutputsCleared", { ...CLEARED, wait: false }],
      ["v1.CellOutputsCleared", { ...CLEARED, wait: true }],
      ["v1.MultimediaDisplayOutputAdded", { ...at(0), representations: { "text/plain": inline("x") } }],
    ],
  );
});

Deno.test("NotebookOutput writes an exception as the web app reads it", async () => {
  const traceback = ["\u001b[31mTraceback\u001b[0m", "ZeroDivisionError: division by zero"];
  assert.deepEqual(await written((output) => output.error("ZeroDivisionError", "division by zero", traceback)), [
    ["v1.ErrorOutputAdded", {
      ...at(0),
      content: inline({ ename: "ZeroDivisionError", evalue: "division by zero", traceback }),
    }],
  ]);
});

Deno.test("NotebookOutput gives positions in the order of the calls, one to texts that are joined", async () => {
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

Deno.test("NotebookOutput gives each piece of a long text its own position", async () => {
  const events = await written((output) => {
    output.stdout("x".repeat(65_537));
    output.display({ "text/plain": "after" });
  });
  assert.deepEqual(events.map(([, args]) => (args as { position: number }).position), [0, 1, 2]);
});

Deno.test("NotebookOutput writes an answer as Markdown that grows by numbered deltas, while it is joined on its way", async () => {
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

Deno.test("NotebookOutput starts a new answer behind another output, and after it was taken back", async () => {
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

Deno.test("NotebookOutput says what is waited for in one output that is marked as no output, and empties it", async () => {
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

Deno.test("NotebookOutput.flush() resolves when everything is on its way", async () => {
  const { target, output } = setUp();
  output.stdout("a");
  await target.holds(1);
  output.stdout("b");
  await output.flush();
  assert.equal(target.batches.length, 2);
});
