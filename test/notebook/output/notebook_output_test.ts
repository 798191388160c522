/**
 * Tests of the events that each kind of output becomes.
 *
 * @module
 */

import assert from "node:assert/strict";
import { ONE_PIXEL_PNG } from "../../media/pictures.ts";
import { at, inline, written } from "./written_output.ts";

const CLEARED = { cellId: "cell", clearedBy: "runtime-r" };

Deno.test("NotebookOutput writes text as terminal output, and nothing for an empty text", async () => {
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

Deno.test("NotebookOutput writes a result with the request's execution count and the metadata of each MIME type", async () => {
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

Deno.test("NotebookOutput writes a normalized display with the metadata of each MIME type", async () => {
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

Deno.test("NotebookOutput writes an SVG unchanged, even if it cannot be drawn", async () => {
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

Deno.test("NotebookOutput adds a display with its display id and updates it in place", async () => {
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

Deno.test("NotebookOutput adds a display when an update has no display id", async () => {
  assert.deepEqual(await written((output) => output.display({ "text/plain": "x" }, { update: true })), [
    ["v1.MultimediaDisplayOutputAdded", { ...at(0), representations: { "text/plain": inline("x") } }],
  ]);
});

Deno.test("NotebookOutput clears the cell on clear_output, at once or with the next output", async () => {
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

Deno.test("NotebookOutput writes an exception in the form that the web app reads", async () => {
  const traceback = ["\u001b[31mTraceback\u001b[0m", "ZeroDivisionError: division by zero"];
  assert.deepEqual(await written((output) => output.error("ZeroDivisionError", "division by zero", traceback)), [
    ["v1.ErrorOutputAdded", {
      ...at(0),
      content: inline({ ename: "ZeroDivisionError", evalue: "division by zero", traceback }),
    }],
  ]);
});
