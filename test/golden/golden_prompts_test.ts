/**
 * The recorded session in memory, with each prompt and each way of calling.
 *
 * @module
 */

import assert from "node:assert/strict";
import { executeCell } from "../../src/execution/execute_cell.ts";
import type { CellOutput } from "../../src/execution/cell_output.ts";
import { ContextBudget } from "../../src/execution/context_budget.ts";
import { withoutNotes } from "../../src/execution/notes.ts";
import { SHORT_SYSTEM_PROMPT } from "../../src/execution/prompt/short_system_prompt.ts";
import { SYSTEM_PROMPT } from "../../src/execution/prompt/system_prompt.ts";
import { TOOLS } from "../../src/execution/reply/tools.ts";
import { CellOutputs, updateDisplays } from "../../src/shell/cell_outputs.ts";
import { openAIModel } from "../support/model_requests.ts";
import { startScriptedModel } from "../support/scripted_model_server.ts";
import { goldenCells, perfectAnswer } from "./golden_cells.ts";
import { executionCountOf, expectedEnd, type Seen } from "./golden_end.ts";

/** A context that is too small for the long prompt, and for the whole session. */
const SMALL_CONTEXT = 6_000;

/** The ways in which a model is asked. */
const ways = [true, false].flatMap((shortPrompt) => [true, false].map((asText) => ({ shortPrompt, asText })));

for (const { shortPrompt, asText } of ways) {
  const way = `${shortPrompt ? "short" : "long"} prompt and calls ${asText ? "as text" : "of tools"}`;
  Deno.test(`a session with the ${way} shows what ipykernel showed, one request a cell`, async (t) => {
    let current = goldenCells[0];
    await using server = await startScriptedModel(() => perfectAnswer(current, { asText }));
    const model = openAIModel(server, shortPrompt ? { contextLength: SMALL_CONTEXT } : {});
    const budget = new ContextBudget();
    let notes = 0;
    const history: { executionCount: number; code: string; outputs: CellOutput[] }[] = [];
    for (const cell of goldenCells) {
      await t.step(cell.name, async () => {
        current = cell;
        const before = server.requests.length;
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
          toolMode: asText ? "text" : "auto",
          signal: new AbortController().signal,
        });
        history.push({ executionCount, code: cell.code, outputs: [...context.outputs] });
        const end = expectedEnd(cell);
        assert.equal(status === "success" ? "completed" : "failed", end.status);
        const shown = withoutNotes(context.outputs);
        notes += context.outputs.length - shown.length;
        assert.deepEqual(shown.map((output) => toSeen(output, executionCount)), end.outputs);
        assert.equal(server.requests.length - before, end.requests);
      });
    }

    await t.step("it is said once that the first cells are left out", () => assert.equal(notes, 1));

    await t.step("every request has the prompt and the tools", () => {
      const prompt = shortPrompt ? SHORT_SYSTEM_PROMPT : SYSTEM_PROMPT;
      assert.ok(server.requests.length > 100);
      for (const { body: { messages, tools } } of server.requests) {
        assert.ok(messages[0].content.startsWith(prompt));
        assert.equal(messages[0].content.length > prompt.length, asText);
        assert.equal(tools?.length, asText ? undefined : TOOLS.length);
      }
    });
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
