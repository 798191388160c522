/**
 * Tests of the history of a notebook's executions, read by a client that opens the notebook later.
 *
 * @module
 */

import assert from "node:assert/strict";
import { newNotebookId } from "../../stack/notebook_id.ts";
import { startSyncServer, type SyncServer } from "../../stack/sync_server/start.ts";
import { keyboardInterrupt } from "../../src/execution/interrupted.ts";
import { readHistory } from "../../src/notebook/history.ts";
import type { NotebookEvent } from "../../src/notebook/notebook_store.ts";
import { inline } from "../../src/notebook/schema/media.ts";
import { waitStatus } from "../../src/notebook/schema/wait_status.ts";
import { events } from "../../src/notebook/schema/mod.ts";
import { openClient } from "../support/notebook_client.ts";
import { ended, error, note, ran, remembered, started, text } from "./written_history.ts";

const FAILURE = { ename: "E", evalue: "", traceback: [] };
/** Returns the execution counts in the history of these events. */
async function counts(server: SyncServer, written: NotebookEvent[]) {
  return (await remembered(server, written)).map(({ executionCount }) => executionCount);
}

Deno.test("readHistory() returns the earlier executions of code cells", async (t) => {
  await using server = await startSyncServer();
  const { syncUrl, authToken } = server;

  await t.step("the history is empty before the first execution", async () => {
    assert.deepEqual(await remembered(server, []), []);
  });

  await t.step(
    "executions are ordered and numbered by their start, whatever their counts and cells",
    async () => {
      const written = [
        ...started("a", 4),
        ...started("b", 2),
        ended("b", 2),
        ended("a", 4),
        ...ran("a", 3),
      ];
      assert.deepEqual(await remembered(server, written), [
        { executionCount: 1, code: "run 4", outputs: [] },
        { executionCount: 2, code: "run 2", outputs: [] },
        { executionCount: 3, code: "run 3", outputs: [] },
      ]);
    },
  );

  await t.step(
    "the outputs of old executions are left out, a hundred executions at a time",
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

  await t.step("a cancelled execution ends with a KeyboardInterrupt after its outputs", async () => {
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
    assert.deepEqual((await remembered(server, written)).map(({ outputs }) => outputs), [
      [{ type: "stream", name: "stdout", text: "so far\n" }, interrupt(1)],
      [interrupt(2)],
      [{ type: "error", ...failure }, { type: "stream", name: "stderr", text: "a note\n" }],
      [{ type: "stream", name: "stdout", text: "so far\n" }, interrupt(4)],
      [interrupt(5)],
    ]);
  });

  await t.step("an execution that ended before or across its cancellation has no KeyboardInterrupt", async () => {
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
    assert.deepEqual((await remembered(server, written)).map(({ outputs }) => outputs), [whole, whole, whole]);
  });

  await t.step("notes about a wait are left out, whatever the reason and however the cell ended", async () => {
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
      const entries = await remembered(server, [
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

  await t.step("empty texts are left out", async () => {
    assert.deepEqual((await remembered(server, ran("a", 1, text("t", "a", ""), note("n", "a", "", 1))))[0].outputs, []);
  });

  await t.step("cells that are hidden from the AI are left out", async () => {
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
    assert.deepEqual(await counts(server, written), [1, 3]);
  });

  await t.step("only cells that were code cells when they were run are returned", async () => {
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
    assert.deepEqual((await remembered(server, written)).map(({ code }) => code), ["run 1", "run 7", "run 8"]);
  });
});
