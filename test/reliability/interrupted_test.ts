/**
 * Checks that an interrupted cell ends with one KeyboardInterrupt, and only if the interruption concerns the outputs in
 * the cell.
 *
 * @module
 */

import assert from "node:assert/strict";
import { keyboardInterrupt } from "../../src/execution/interrupted.ts";
import { events, tables } from "../../src/notebook/schema/mod.ts";
import { readLog } from "../../soak/read_log.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import type { Attached } from "../support/attached.ts";
import { answer, display, error, gate, stdout } from "../support/scripted_answer.ts";
import type { Script } from "../support/scripted_model_server.ts";
import { attachAndRun, goOn, half, isCancelled, limited, shown, silent } from "./interrupted_cell.ts";

const clearing = answer(stdout("a\n"), display({}, { clear_output: true, wait: true }), gate("never"));

Deno.test("a cell that a person interrupts ends with a KeyboardInterrupt", async (t) => {
  await using server = await startSyncServer();

  const cases: [what: string, script: Script, outputs: string[]][] = [
    ["the KeyboardInterrupt follows the cell's outputs", half, ["a\n", "KeyboardInterrupt"]],
    ["the KeyboardInterrupt is the only output", silent, ["KeyboardInterrupt"]],
    ["the KeyboardInterrupt clears the outputs for which a clear is pending", clearing, ["KeyboardInterrupt"]],
  ];
  for (const [what, script, outputs] of cases) {
    for (const all of [false, true]) {
      await t.step(`${what}${all ? ", after Cancel All" : ""}`, async () => {
        const { at, cell, request } = await attachAndRun(server, script);
        await using _ = at;
        await at.model.reached("never");
        if (script !== silent) await at.person.textHas(cell, "a\n");
        if (script === clearing) await at.person.until(tables.pendingClears, (rows) => rows.length === 1);
        if (all) at.person.store.commit(events.allExecutionsCancelled());
        else at.person.cancel(request, cell);
        assert.deepEqual(await goOn(at), ["KeyboardInterrupt"]);
        assert.deepEqual(shown(at, cell), outputs);
        await isCancelled(server, at, cell, request);
      });
    }
  }

  await t.step("the KeyboardInterrupt has IPython's traceback and the execution count", async () => {
    const { at, cell, request } = await attachAndRun(server, half);
    await using _ = at;
    await at.person.textHas(cell, "a\n");
    at.person.cancel(request, cell);
    await goOn(at);
    const { type: _type, ...content } = keyboardInterrupt({ executionCount: 1, code: "while True: pass" });
    assert.deepEqual(JSON.parse(at.person.outputs(cell).at(-1)!.data!), content);
  });

  await t.step("the KeyboardInterrupt replaces the note about a retry", async () => {
    const { at, cell, request } = await attachAndRun(server, limited);
    await using _ = at;
    await at.person.textHas(cell, "asked again in", "stderr");
    at.person.cancel(request, cell);
    assert.deepEqual(await goOn(at), ["KeyboardInterrupt"]);
    assert.deepEqual(shown(at, cell), ["", "KeyboardInterrupt"]);
    await isCancelled(server, at, cell, request);
  });
});

Deno.test("an interruption adds no KeyboardInterrupt if it does not concern the cell's outputs", async (t) => {
  await using server = await startSyncServer();

  await t.step("a cell that has already raised shows no KeyboardInterrupt", async () => {
    const { at, cell, request } = await attachAndRun(server, answer(error("ValueError", "v"), gate("never")));
    await using _ = at;
    await at.person.until(tables.outputs.where({ cellId: cell }), (rows) => rows.length === 1);
    at.person.cancel(request, cell);
    assert.deepEqual(await goOn(at), ["ValueError"]);
    assert.deepEqual(shown(at, cell), ["ValueError"]);
    await isCancelled(server, at, cell, request);
  });

  /** Cancels a cell in one commit with other events, and returns the number of error events in the log. */
  const interruptAnd = async (
    script: Script,
    more: (cell: string) => Parameters<Attached["person"]["store"]["commit"]>,
  ) => {
    const { at, cell, request } = await attachAndRun(server, script);
    await using _ = at;
    await at.model.reached("never");
    if (script === half) await at.person.textHas(cell, "a\n");
    const cancelled = events.executionCancelled({
      queueId: request,
      cellId: cell,
      cancelledBy: "person",
      reason: "stop",
    });
    at.person.store.commit(cancelled, ...more(cell));
    const sent = await goOn(at);
    const log = await readLog({ ...server, notebookId: at.notebookId });
    return { sent, shown: shown(at, cell), errors: log.filter(({ name }) => name === "v1.ErrorOutputAdded").length };
  };
  const cleared = (cellId: string) => events.cellOutputsCleared({ cellId, wait: false, clearedBy: "person" });
  const requested = (cellId: string) =>
    events.executionRequested({ queueId: crypto.randomUUID(), cellId, executionCount: 2, requestedBy: "person" });

  await t.step("a cell whose outputs were cleared shows no KeyboardInterrupt, but the model receives it", async () => {
    const clear = await interruptAnd(half, (cell) => [cleared(cell)]);
    assert.deepEqual(clear, { sent: ["KeyboardInterrupt"], shown: [], errors: 0 });
    const clearAll = await interruptAnd(half, () => [events.allOutputsCleared({ clearedBy: "person" })]);
    assert.deepEqual(clearAll, { sent: ["KeyboardInterrupt"], shown: [], errors: 0 });
  });

  for (const script of [half, silent]) {
    await t.step(
      `a cell requested again after ${script === half ? "an" : "no"} output shows no KeyboardInterrupt`,
      async () => {
        const again = await interruptAnd(script, (cell) => [cleared(cell), requested(cell)]);
        assert.deepEqual(again, { sent: ["KeyboardInterrupt"], shown: ["next\n"], errors: 0 });
      },
    );
    await t.step(`a cell deleted after ${script === half ? "an" : "no"} output gets no KeyboardInterrupt`, async () => {
      const { errors } = await interruptAnd(script, (cell) => [events.cellDeleted({ id: cell })]);
      assert.equal(errors, 0);
    });
  }

  await t.step("a cell that another runtime runs again shows no KeyboardInterrupt", async () => {
    const { at, cell, request } = await attachAndRun(server, half);
    await using _ = at;
    await at.person.textHas(cell, "a\n");
    await at.another().start();
    await assert.rejects(at.agent.keepAlive());
    await at.person.requestIs(request, "completed");
    assert.deepEqual([await goOn(at), shown(at, cell)], [[], ["next\n"]]);
  });
});
