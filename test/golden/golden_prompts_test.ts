/**
 * Runs the recorded sessions in memory, with each prompt, tool mode and interface.
 *
 * @module
 */

import assert from "node:assert/strict";
import { executeCell } from "../../src/execution/execute_cell.ts";
import type { CellOutput } from "../../src/execution/cell_output.ts";
import { ContextBudget } from "../../src/execution/context_budget.ts";
import type { HistoryEntry } from "../../src/execution/history_entry.ts";
import { withoutNotes } from "../../src/execution/notes.ts";
import { SHORT_SYSTEM_PROMPT } from "../../src/execution/prompt/short_system_prompt.ts";
import { SYSTEM_PROMPT } from "../../src/execution/prompt/system_prompt.ts";
import { TOOLS } from "../../src/execution/reply/tools.ts";
import { CellOutputs, updateDisplays } from "../../src/shell/cell_outputs.ts";
import { openAIModel } from "../support/model_requests.ts";
import { startScriptedModel } from "../support/scripted_model_server.ts";
import { type GoldenCell, goldenSessions } from "./golden_cells.ts";
import { executionCountOf, expectedEnd, type Seen } from "./golden_end.ts";
import { describeWay, type GoldenWay, goldenWays, perfectReply, requestsFor } from "./golden_way.ts";

/** A context that is too small for the long prompt and for the whole session. */
const SMALL_CONTEXT = 6_000;

const sessions = { session: goldenSessions.session, kinds: goldenSessions.kinds };

Deno.test("the recordings session and kinds have 228 cells", () => {
  assert.equal(Object.values(sessions).flat().length, 228);
});

for (const shortPrompt of [false, true]) {
  for (const way of goldenWays) {
    Deno.test(`cells show ipykernel's outputs with the ${shortPrompt ? "short" : "long"} prompt, ${describeWay(way)}`, async (t) => {
      for (const [name, session] of Object.entries(sessions)) {
        await t.step(`the recording ${name} is replayed`, (t) => playSession(session, way, shortPrompt, t));
      }
    });
  }
}

async function playSession(
  session: readonly GoldenCell[],
  way: GoldenWay,
  shortPrompt: boolean,
  t: Deno.TestContext,
): Promise<void> {
  let current = session[0];
  let before = 0;
  await using server = await startScriptedModel(({ number }) => perfectReply(current, way, number - before));
  const model = openAIModel(server, { api: way.api, ...(shortPrompt ? { contextLength: SMALL_CONTEXT } : {}) });
  const budget = new ContextBudget();
  let notes = 0;
  const history: (HistoryEntry & { outputs: CellOutput[] })[] = [];
  for (const cell of session) {
    await t.step(`the cell ${cell.name} shows ipykernel's outputs`, async () => {
      current = cell;
      before = server.requests.length;
      const executionCount = executionCountOf(cell);
      const context = new CellOutputs({
        onChange(change) {
          if (change.type !== "updated") return;
          for (const { outputs } of history) updateDisplays(outputs, change.displayId, change.output);
        },
      });
      const { status } = await executeCell({
        model,
        context,
        history,
        code: cell.code,
        executionCount,
        budget,
        toolMode: way.toolMode,
        signal: new AbortController().signal,
      });
      const outputs = [...context.outputs];
      history.push({ executionCount, code: cell.code, outputs, hasFailed: status === "error" });
      const end = expectedEnd(cell);
      assert.equal(status === "success" ? "completed" : "failed", end.status);
      const shown = withoutNotes(context.outputs);
      notes += context.outputs.length - shown.length;
      assert.deepEqual(shown.map((output) => toSeen(output, executionCount)), end.outputs);
      assert.equal(server.requests.length - before, requestsFor(cell, way));
    });
  }

  await t.step("a note reports once that earlier cells are left out, if they are", () => {
    const isLong = shortPrompt || session === goldenSessions.session;
    assert.equal(notes, isLong ? 1 : 0);
  });

  await t.step("every request contains the prompt and the tools", () => {
    const prompt = shortPrompt ? SHORT_SYSTEM_PROMPT : SYSTEM_PROMPT;
    assert.ok(server.requests.length > 80);
    for (const { body } of server.requests) {
      const instructions: string = (body.messages ?? body.input)[0].content;
      assert.ok(instructions.startsWith(prompt));
      assert.equal(instructions.length > prompt.length, way.toolMode === "text");
      assert.equal(body.tools?.length, way.toolMode === "text" ? undefined : TOOLS.length);
    }
  });
}

function toSeen(output: CellOutput, executionCount: number): Seen {
  switch (output.type) {
    case "stream":
      return { type: "stream", name: output.name, text: output.text };
    case "error":
      return { ...output, traceback: output.traceback.join("\n") };
    case "execute_result":
      return { type: "execute_result", data: output.data, executionCount };
    case "display_data":
      return { type: "display_data", data: output.data };
  }
}
