/**
 * Tests of the outputs in a notebook's history.
 *
 * @module
 */

import assert from "node:assert/strict";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { wasAnswered } from "../../src/execution/history_entry.ts";
import { failureNote } from "../../src/execution/model_failure.ts";
import { inline } from "../../src/notebook/schema/media.ts";
import { events } from "../../src/notebook/schema/mod.ts";
import { ended, error, note, ran, remembered, started, text } from "./written_history.ts";

/** The name of the error of a failed model request. Stored notebooks contain it, so it must not change. */
const MODEL_ERROR_NAME = "ModelError";

Deno.test("readHistory() returns the outputs of executions", async (t) => {
  await using server = await startSyncServer();

  await t.step("the displays of an AI cell's tools are left out of the outputs of a code cell", async () => {
    const shown = (id: string, mimeType: string, position: number) =>
      events.multimediaDisplayOutputAdded({
        id,
        cellId: "a",
        position,
        representations: { [mimeType]: inline({ status: "success" }), "text/plain": inline("Tool: modify_cell") },
      });
    const [entry] = await remembered(
      server,
      ran(
        "a",
        1,
        shown("call", "application/vnd.anode.aitool+json", 0),
        shown("result", "application/vnd.anode.aitool.result+json", 1),
        shown("other", "application/json", 2),
      ),
    );
    assert.deepEqual(entry.outputs, [
      { type: "display_data", data: { "application/json": { status: "success" }, "text/plain": "Tool: modify_cell" } },
    ]);
  });

  await t.step("deleted cells are kept with the source and the outputs of their execution", async () => {
    const written = [
      ...ran("a", 1, text("t", "a", "out\n")),
      events.cellSourceChanged({ id: "a", source: "edited", modifiedBy: "ada" }),
      events.cellOutputsCleared({ cellId: "a", wait: false, clearedBy: "ada" }),
      events.cellDeleted({ id: "a" }),
    ];
    assert.deepEqual(await remembered(server, written), [
      { executionCount: 1, code: "run 1", outputs: [{ type: "stream", name: "stdout", text: "out\n" }] },
    ]);
  });

  await t.step(
    "executions in which the model failed can be distinguished, even with partial output",
    async () => {
      const failure = { ename: MODEL_ERROR_NAME, evalue: "no answer", traceback: [] };
      const written = [
        ...ran("a", 1),
        ...ran("b", 2, text("t", "b", "partial"), error("e", "b", failure, 1)),
        ...ran("c", 3, error("f", "c", { ename: "ValueError", evalue: MODEL_ERROR_NAME, traceback: [] })),
        ...ran("d", 4, text("x", "d", "partial"), note("n", "d", `warning\n${failureNote("It said nothing.")}`, 1)),
        ...ran("e", 5, note("m", "e", "The model gave no usable answer\n")),
      ];
      const answered = (await remembered(server, written)).filter(wasAnswered);
      assert.deepEqual(answered.map(({ executionCount }) => executionCount), [1, 3, 5]);
    },
  );

  await t.step("failed executions are marked", async () => {
    const written = [
      ...started("a", 1),
      note("n", "a", "UsageError: no\n"),
      ended("a", 1, "error"),
      ...ran("b", 2, note("m", "b", "UsageError: no\n")),
    ];
    assert.deepEqual((await remembered(server, written)).map(({ hasFailed }) => hasFailed), [true, undefined]);
  });

  await t.step("outputs of every kind are returned by position, with a placeholder for artifacts", async () => {
    const failure = { ename: "E", evalue: "", traceback: ["\u001b[31mline\u001b[0m"] };
    const representations = {
      "image/svg+xml": { type: "artifact" as const, artifactId: "n/1" },
      "text/plain": { ...inline("<Figure>"), metadata: { isolated: true } },
      "application/json": inline({ a: [1, null] }),
    };
    const outputs = [
      error("e", "a", failure, 5),
      events.terminalOutputAdded({
        id: "s",
        cellId: "a",
        position: 1,
        content: inline("warning"),
        streamName: "stderr",
      }),
      text("t", "a", "out\n"),
      events.multimediaDisplayOutputAdded({ id: "d", cellId: "a", position: 2, representations }),
      events.multimediaResultOutputAdded({ id: "r", cellId: "a", position: 3.5, representations, executionCount: 1 }),
      events.markdownOutputAdded({ id: "m", cellId: "a", position: 3, content: inline("*md*") }),
    ];
    const data = {
      "image/svg+xml": "(output omitted)",
      "text/plain": "<Figure>",
      "application/json": { a: [1, null] },
    };
    const [entry] = await remembered(server, ran("a", 1, ...outputs));
    assert.deepEqual(entry.outputs, [
      { type: "stream", name: "stdout", text: "out\n" },
      { type: "stream", name: "stderr", text: "warning" },
      { type: "display_data", data },
      { type: "display_data", data: { "text/markdown": "*md*" } },
      { type: "execute_result", data },
      { type: "error", ...failure },
    ]);
  });

  await t.step("forms of an output that a runtime generated for other readers are left out", async () => {
    const representations = {
      "image/png": { type: "artifact" as const, artifactId: "n/1" },
      "text/plain": { ...inline("image/png artifact: https://x"), metadata: { generatedFor: "image/png" } },
      "text/markdown": { ...inline("![x](https://x)"), metadata: { generatedFor: "image/png" } },
    };
    const [entry] = await remembered(
      server,
      ran("a", 1, events.multimediaDisplayOutputAdded({ id: "d", cellId: "a", position: 0, representations })),
    );
    assert.deepEqual(entry.outputs, [{ type: "display_data", data: { "image/png": "(output omitted)" } }]);
  });

  await t.step(
    "an error in another client's form is shown as text, and odd contents are accepted",
    async () => {
      const odd = [null, 7, "text", ["x"], { x: null }];
      const uploaded = { type: "artifact" as const, artifactId: "n/1" };
      const outputs = [
        ...odd.map((data, index) => error(`e${index}`, "a", data, index)),
        events.errorOutputAdded({ id: "uploaded", cellId: "a", position: 9, content: uploaded }),
        error("json", "a", '{"ename":"E","evalue":"v","traceback":[]}', 10),
      ];
      const [entry] = await remembered(server, ran("a", 1, ...outputs));
      const shown = (evalue: string) => ({ type: "error", ename: "Error", evalue, traceback: [] });
      assert.deepEqual(entry.outputs, [
        ...["null", "7", "text", '["x"]', '{"x":null}'].map(shown),
        { type: "error", ename: "E", evalue: "v", traceback: [] },
      ]);
    },
  );

  await t.step("a display is returned with its id and its last content", async () => {
    const plain = (data: string) => ({ "text/plain": inline(data) });
    const [entry] = await remembered(server, [
      ...ran(
        "a",
        1,
        events.multimediaDisplayOutputAdded({
          id: "d",
          cellId: "a",
          position: 0,
          representations: plain("0 %"),
          displayId: "bar",
        }),
      ),
      events.multimediaDisplayOutputUpdated({ displayId: "bar", representations: plain("100 %") }),
    ]);
    assert.deepEqual(entry.outputs, [
      { type: "display_data", data: { "text/plain": "100 %" }, metadata: { display_id: "bar" } },
    ]);
  });
});
