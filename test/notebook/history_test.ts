/**
 * What a notebook remembers of its earlier executions, read by a client that comes later.
 *
 * @module
 */

import assert from "node:assert/strict";
import { newNotebookId } from "../../stack/notebook_id.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { keyboardInterrupt } from "../../src/execution/interrupted.ts";
import { wasAnswered } from "../../src/execution/history_entry.ts";
import { failureNote } from "../../src/execution/model_failure.ts";
import { readHistory } from "../../src/notebook/history.ts";
import type { NotebookEvent } from "../../src/notebook/notebook_store.ts";
import { inline } from "../../src/notebook/schema/media.ts";
import { waitStatus } from "../../src/notebook/schema/wait_status.ts";
import { events } from "../../src/notebook/schema/mod.ts";
import { openClient } from "../support/notebook_client.ts";

const date = new Date("2026-02-03T04:05:06.789Z");
/** Stands in stored notebooks, so it must stay what it is. */
const MODEL_ERROR_NAME = "ModelError";

const created = (id: string) => events.cellCreated2({ id, fractionalIndex: "a0", cellType: "code", createdBy: "ada" });

/** Starts a run of a cell; the request's id is `q` and its execution count. */
const started = (cellId: string, count: number, source = `run ${count}`) => [
  created(cellId),
  events.cellSourceChanged({ id: cellId, source, modifiedBy: "ada" }),
  events.executionRequested({ queueId: `q${count}`, cellId, executionCount: count, requestedBy: "ada" }),
  events.executionStarted({ queueId: `q${count}`, cellId, runtimeSessionId: "s", startedAt: date }),
];

const ended = (cellId: string, count: number, status: "success" | "error" | "cancelled" = "success") =>
  events.executionCompleted({
    queueId: `q${count}`,
    cellId,
    status,
    completedAt: date,
    executionDurationMs: 1,
  });

const ran = (cellId: string, count: number, ...outputs: NotebookEvent[]) => [
  ...started(cellId, count),
  ...outputs,
  ended(cellId, count),
];

const text = (id: string, cellId: string, data: string, position = 0) =>
  events.terminalOutputAdded({ id, cellId, position, content: inline(data), streamName: "stdout" });
const note = (id: string, cellId: string, data: string, position = 0) =>
  events.terminalOutputAdded({ id, cellId, position, content: inline(data), streamName: "stderr" });
const error = (id: string, cellId: string, data: unknown, position = 0) =>
  events.errorOutputAdded({ id, cellId, position, content: inline(data) });

const FAILURE = { ename: "E", evalue: "", traceback: [] };

Deno.test("readHistory()", async (t) => {
  await using server = await startSyncServer();
  const { syncUrl, authToken } = server;

  /** What a client that opens the notebook later remembers before request `q9`, which it starts last. */
  const remembered = async (written: NotebookEvent[]) => {
    const notebookId = newNotebookId();
    await using writer = await openClient({ syncUrl, authToken, notebookId });
    writer.store.commit(...written, ...started("now", 9));
    await writer.store.settled();
    await using reader = await openClient({ syncUrl, authToken, notebookId });
    return readHistory(reader.store, "q9");
  };
  const counts = async (written: NotebookEvent[]) =>
    (await remembered(written)).map(({ executionCount }) => executionCount);

  await t.step("is empty before the first execution", async () => {
    assert.deepEqual(await remembered([]), []);
  });

  await t.step(
    "returns the executions in the order in which they were started, and numbered so, whatever their counts and cells",
    async () => {
      const written = [
        ...started("a", 4),
        ...started("b", 2),
        ended("b", 2),
        ended("a", 4),
        ...ran("a", 3),
      ];
      assert.deepEqual(await remembered(written), [
        { executionCount: 1, code: "run 4", outputs: [] },
        { executionCount: 2, code: "run 2", outputs: [] },
        { executionCount: 3, code: "run 3", outputs: [] },
      ]);
    },
  );

  await t.step(
    "returns all of them, but the outputs of some hundreds, and begins with the same for a hundred executions",
    async () => {
      const notebookId = newNotebookId();
      await using client = await openClient({ syncUrl, authToken, notebookId });
      const run = (count: number) =>
        ran("a", count, text(`t${count}`, "a", "out"), error(`e${count}`, "a", FAILURE, 1));
      client.store.commit(...Array.from({ length: 620 }, (_, index) => run(1 + index)).flat());
      const whole = (count: number) => {
        const entries = readHistory(client.store, `q${count}`);
        assert.equal(entries.length, count - 1);
        for (const { outputs, lacksOutputs } of entries) assert.equal(outputs.length, lacksOutputs ? 1 : 2);
        return entries.filter(({ lacksOutputs }) => !lacksOutputs)[0].executionCount;
      };
      assert.deepEqual([400, 401, 499, 500, 599, 600].map(whole), [201, 201, 201, 301, 301, 401]);
      const counts = readHistory(client.store, "q600").map(({ executionCount }) => executionCount);
      assert.deepEqual(counts, Array.from({ length: 599 }, (_, index) => 1 + index));
    },
  );

  await t.step("ends a cancelled execution in a KeyboardInterrupt, after what it had put out", async () => {
    const cancelled = (cellId: string, count: number) =>
      events.executionCancelled({ queueId: `q${count}`, cellId, cancelledBy: "ada", reason: "stopped" });
    const failure = { ename: "E", evalue: "", traceback: [] };
    const interrupt = (count: number) => keyboardInterrupt({ executionCount: count, code: `run ${count}` });
    const { type: _, ...writtenInterrupt } = interrupt(4);
    const written = [
      ...started("a", 1),
      text("t", "a", "so far\n"),
      cancelled("a", 1),
      ...started("b", 2),
      cancelled("b", 2),
      ...started("c", 3),
      error("e", "c", failure),
      note("n", "c", "a note\n", 1),
      cancelled("c", 3),
      ...started("d", 4),
      text("u", "d", "so far\n"),
      cancelled("d", 4),
      error("i", "d", writtenInterrupt, 1),
      ...started("e", 5),
      events.allExecutionsCancelled(),
    ];
    assert.deepEqual((await remembered(written)).map(({ outputs }) => outputs), [
      [{ type: "stream", name: "stdout", text: "so far\n" }, interrupt(1)],
      [interrupt(2)],
      [{ type: "error", ...failure }, { type: "stream", name: "stderr", text: "a note\n" }],
      [{ type: "stream", name: "stdout", text: "so far\n" }, interrupt(4)],
      [interrupt(5)],
    ]);
  });

  await t.step("tells of no KeyboardInterrupt where the end came before or across the cancellation", async () => {
    const cancelled = (cellId: string, count: number) =>
      events.executionCancelled({ queueId: `q${count}`, cellId, cancelledBy: "ada", reason: "stopped" });
    const written = [
      ...ran("a", 1, text("t", "a", "whole\n")),
      cancelled("a", 1),
      ...started("b", 2),
      cancelled("b", 2),
      text("u", "b", "whole\n"),
      ended("b", 2),
      cancelled("b", 2),
      ...ran("c", 3, text("v", "c", "whole\n")),
      events.executionAssigned({ queueId: "q3", runtimeSessionId: "late" }),
      events.allExecutionsCancelled(),
    ];
    const whole = [{ type: "stream", name: "stdout", text: "whole\n" }];
    assert.deepEqual((await remembered(written)).map(({ outputs }) => outputs), [whole, whole, whole]);
  });

  await t.step("leaves out what a cell waited for, whatever the reason and however the cell ended", async () => {
    const reasons = [
      "HOST limits how often it is asked (429). It is asked again in 2 s.",
      'HOST is loading its model (503): "Loading model". It is asked again every few seconds, for up to 5 minutes.',
      "HOST has not begun to answer after 10 s.",
      "this cell waits for its turn.",
      "several\nlines without an end",
      "",
    ];
    const wait = (cellId: string, reason?: string) =>
      events.terminalOutputAdded({
        id: `wait-${cellId}`,
        cellId,
        position: 1,
        content: waitStatus(reason),
        streamName: "stderr",
      });
    const stopped = (cellId: string, count: number) =>
      events.executionCancelled({ queueId: `q${count}`, cellId, cancelledBy: "ada", reason: "stopped" });
    for (const reason of reasons) {
      const entries = await remembered([
        ...started("over", 1),
        wait("over", reason),
        wait("over"),
        ended("over", 1),
        ...started("stopped", 2),
        wait("stopped", reason),
        stopped("stopped", 2),
        ...started("died", 3),
        text("t", "died", "before\n"),
        wait("died", reason),
        ended("died", 3, "error"),
        ...started("said", 4),
        note("n", "said", `[AIPython] ${reason}\n`),
        ended("said", 4),
      ]);
      assert.deepEqual(entries.map(({ outputs }) => outputs.map((each) => "text" in each ? each.text : each.type)), [
        [],
        ["error"],
        ["before\n"],
        [`[AIPython] ${reason}\n`],
      ], reason);
    }
  });

  await t.step("leaves out texts that are empty", async () => {
    assert.deepEqual((await remembered(ran("a", 1, text("t", "a", ""), note("n", "a", "", 1))))[0].outputs, []);
  });

  await t.step("leaves out cells that are hidden from the AI", async () => {
    const hide = (id: string, aiContextVisible: boolean) =>
      events.cellAiContextVisibilityToggled({ id, aiContextVisible });
    const written = [
      ...ran("a", 1),
      ...ran("b", 2),
      ...ran("c", 3),
      hide("b", false),
      hide("c", false),
      hide("c", true),
    ];
    assert.deepEqual(await counts(written), [1, 3]);
  });

  await t.step("is of code alone, by the type that a cell had when it was run, whoever ran it", async () => {
    const cellOf = (id: string, cellType: "code" | "sql" | "ai" | "markdown" | "raw") =>
      events.cellCreated2({ id, fractionalIndex: "a0", cellType, createdBy: "ada" });
    const becomes = (id: string, cellType: "code" | "ai") => events.cellTypeChanged({ id, cellType });
    const tool = { "application/vnd.anode.aitool+json": inline({ tool_name: "modify_cell" }) };
    const answered = (cellId: string) => [
      events.markdownOutputAdded({ id: `md-${cellId}`, cellId, position: 0, content: inline("The tables") }),
      events.markdownOutputAppended2({
        id: `d-${cellId}`,
        outputId: `md-${cellId}`,
        delta: " are:",
        sequenceNumber: 0,
      }),
      events.multimediaDisplayOutputAdded({ id: `tool-${cellId}`, cellId, position: 1, representations: tool }),
    ];
    const written = [
      ...ran("a", 1, text("t", "a", "out\n")),
      cellOf("ai", "ai"),
      ...ran("ai", 2, ...answered("ai")),
      cellOf("sql", "sql"),
      ...ran("sql", 3, error("e", "sql", FAILURE)),
      cellOf("markdown", "markdown"),
      ...ran("markdown", 4),
      cellOf("raw", "raw"),
      ...ran("raw", 5),
      cellOf("was-ai", "ai"),
      ...ran("was-ai", 6, ...answered("was-ai")),
      becomes("was-ai", "code"),
      ...ran("is-ai", 7),
      becomes("is-ai", "ai"),
      ...ran("gone", 8),
      events.cellDeleted({ id: "gone" }),
    ];
    assert.deepEqual((await remembered(written)).map(({ code }) => code), ["run 1", "run 7", "run 8"]);
  });

  await t.step("leaves out the displays of an AI cell's tools where they stand in a cell of code", async () => {
    const shown = (id: string, mimeType: string, position: number) =>
      events.multimediaDisplayOutputAdded({
        id,
        cellId: "a",
        position,
        representations: { [mimeType]: inline({ status: "success" }), "text/plain": inline("Tool: modify_cell") },
      });
    const [entry] = await remembered(ran(
      "a",
      1,
      shown("call", "application/vnd.anode.aitool+json", 0),
      shown("result", "application/vnd.anode.aitool.result+json", 1),
      shown("other", "application/json", 2),
    ));
    assert.deepEqual(entry.outputs, [
      { type: "display_data", data: { "application/json": { status: "success" }, "text/plain": "Tool: modify_cell" } },
    ]);
  });

  await t.step("keeps deleted cells, and the source as it was executed", async () => {
    const written = [
      ...ran("a", 1, text("t", "a", "out\n")),
      events.cellSourceChanged({ id: "a", source: "edited", modifiedBy: "ada" }),
      events.cellOutputsCleared({ cellId: "a", wait: false, clearedBy: "ada" }),
      events.cellDeleted({ id: "a" }),
    ];
    assert.deepEqual(await remembered(written), [
      { executionCount: 1, code: "run 1", outputs: [{ type: "stream", name: "stdout", text: "out\n" }] },
    ]);
  });

  await t.step(
    "returns runs so that those in which the model failed are told apart, even if some output came before",
    async () => {
      const failure = { ename: MODEL_ERROR_NAME, evalue: "no answer", traceback: [] };
      const written = [
        ...ran("a", 1),
        ...ran("b", 2, text("t", "b", "partial"), error("e", "b", failure, 1)),
        ...ran("c", 3, error("f", "c", { ename: "ValueError", evalue: MODEL_ERROR_NAME, traceback: [] })),
        ...ran("d", 4, text("x", "d", "partial"), note("n", "d", `warning\n${failureNote("It said nothing.")}`, 1)),
        ...ran("e", 5, note("m", "e", "The model gave no usable answer\n")),
      ];
      const answered = (await remembered(written)).filter(wasAnswered);
      assert.deepEqual(answered.map(({ executionCount }) => executionCount), [1, 3, 5]);
    },
  );

  await t.step("returns which runs have failed", async () => {
    const written = [
      ...started("a", 1),
      note("n", "a", "UsageError: no\n"),
      ended("a", 1, "error"),
      ...ran("b", 2, note("m", "b", "UsageError: no\n")),
    ];
    assert.deepEqual((await remembered(written)).map(({ hasFailed }) => hasFailed), [true, undefined]);
  });

  await t.step("returns every kind of output, by position, and says that an artifact was shown", async () => {
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
    const [entry] = await remembered(ran("a", 1, ...outputs));
    assert.deepEqual(entry.outputs, [
      { type: "stream", name: "stdout", text: "out\n" },
      { type: "stream", name: "stderr", text: "warning" },
      { type: "display_data", data },
      { type: "display_data", data: { "text/markdown": "*md*" } },
      { type: "execute_result", data },
      { type: "error", ...failure },
    ]);
  });

  await t.step("leaves out what a runtime has made of an output for another reader", async () => {
    const representations = {
      "image/png": { type: "artifact" as const, artifactId: "n/1" },
      "text/plain": { ...inline("image/png artifact: https://x"), metadata: { generatedFor: "image/png" } },
      "text/markdown": { ...inline("![x](https://x)"), metadata: { generatedFor: "image/png" } },
    };
    const [entry] = await remembered(
      ran("a", 1, events.multimediaDisplayOutputAdded({ id: "d", cellId: "a", position: 0, representations })),
    );
    assert.deepEqual(entry.outputs, [{ type: "display_data", data: { "image/png": "(output omitted)" } }]);
  });

  await t.step(
    "shows an error in another client's form as it stands, and lives through every odd content",
    async () => {
      const odd = [null, 7, "text", ["x"], { x: null }];
      const uploaded = { type: "artifact" as const, artifactId: "n/1" };
      const outputs = [
        ...odd.map((data, index) => error(`e${index}`, "a", data, index)),
        events.errorOutputAdded({ id: "uploaded", cellId: "a", position: 9, content: uploaded }),
        error("json", "a", '{"ename":"E","evalue":"v","traceback":[]}', 10),
      ];
      const [entry] = await remembered(ran("a", 1, ...outputs));
      const shown = (evalue: string) => ({ type: "error", ename: "Error", evalue, traceback: [] });
      assert.deepEqual(entry.outputs, [
        ...["null", "7", "text", '["x"]', '{"x":null}'].map(shown),
        { type: "error", ename: "E", evalue: "v", traceback: [] },
      ]);
    },
  );

  await t.step("shows a display as its last update left it, with its id", async () => {
    const plain = (data: string) => ({ "text/plain": inline(data) });
    const [entry] = await remembered([
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
