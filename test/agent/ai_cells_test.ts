/**
 * Tests of AI cells: the agent announces its model, and answers in Markdown that the notebook app draws as it arrives.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { CellTrace } from "../../mod.ts";
import { tables } from "../../src/notebook/schema/mod.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { attach, type Attached } from "../support/attached.ts";
import { answerHas, drawnAnswer } from "../support/drawn_answer.ts";
import { answer, gate, stdout, text } from "../support/scripted_answer.ts";

const capabilitiesOf = ({ person }: Attached) =>
  person.store.query(tables.runtimeSessions.where({ isActive: true }))[0].capabilities;

for (const api of ["chat", "responses"] as const) {
  Deno.test(`an agent answers AI cells (${api} API)`, async (t) => {
    await using server = await startSyncServer();

    await t.step("the runtime session announces the model", async () => {
      await using at = await attach(server, [], { api, model: "tiny" });
      assert.deepEqual(capabilitiesOf(at), {
        canExecuteCode: true,
        canExecuteSql: false,
        canExecuteAi: true,
        availableAiModels: [{
          name: "tiny",
          displayName: "tiny",
          provider: "aipython",
          capabilities: ["completion", "tools"],
        }],
      });
    });

    await t.step("an answer grows in the notebook while the model writes it", async () => {
      const script = answer(text("Use "), text("`sum`"), gate("half"), text(" for"), gate("most"), text(" that."));
      await using at = await attach(server, script, { api });
      const cell = at.person.addCell("How do I add numbers?", "ai");
      const request = at.person.run(cell);
      await at.model.reached("half");
      await answerHas(at.person, cell, "Use `sum`");
      at.model.open("half");
      await at.model.reached("most");
      await answerHas(at.person, cell, "Use `sum` for");
      at.model.open("most");
      await at.person.requestIs(request, "completed");
      assert.equal(drawnAnswer(at.person, cell), "Use `sum` for that.");
      assert.deepEqual(at.person.outputs(cell).map(({ outputType }) => outputType), ["markdown"]);
      assert.equal(at.person.store.query(tables.cells.where({ id: cell }))[0].executionState, "completed");
    });

    await t.step("the trace of an AI cell has the question and the answer without secrets", async () => {
      const traces: CellTrace[] = [];
      await using at = await attach(server, answer(text("test-key")), {
        api,
        onTrace: (trace) => void traces.push(trace),
      });
      const cell = at.person.addCell("What is test-key?", "ai");
      const request = at.person.run(cell);
      await at.person.requestIs(request, "completed");
      const [{ notebookId, cellId, queueId, executionCount, ended, requests: [asked] }] = traces;
      assert.deepEqual([notebookId, cellId, queueId], [at.notebookId, cell, request]);
      assert.deepEqual([executionCount, ended, asked.api, asked.calls], [undefined, "success", api, undefined]);
      assert.equal(asked.turns[0].content, "Question:\nWhat is [hidden]?");
      assert.deepEqual(asked.reply, [{ type: "text", text: "[hidden]" }]);
    });

    await t.step("the model request has no tools and has its own cache key", async () => {
      await using at = await attach(server, answer(text("Yes.")), { api });
      await at.person.requestIs(at.person.run(at.person.addCell("Really?", "ai")), "completed");
      const [{ body }] = at.model.requests;
      assert.deepEqual(Object.keys(body).filter((name) => name.includes("tool")), []);
      assert.equal(body.prompt_cache_key, `${at.notebookId}-ai`);
    });
  });
}

Deno.test("an agent with aiCells: false does not answer AI cells", async (t) => {
  await using server = await startSyncServer();

  await t.step("the runtime session announces no model, and AI cells fail", async () => {
    await using at = await attach(server, answer(stdout("1\n")), { aiCells: false });
    assert.deepEqual(capabilitiesOf(at), { canExecuteCode: true, canExecuteSql: false, canExecuteAi: false });
    const cell = at.person.addCell("Really?", "ai");
    await at.person.requestIs(at.person.run(cell), "failed");
    assert.match(at.person.outputs(cell)[0].data!, /code cells only, and this is an AI cell/);
    assert.equal(at.model.requests.length, 0);
  });
});
