/**
 * Tests of Run All, which stops as in Jupyter: at a cell that raises an exception or is interrupted, or after which no other cell would be
 * answered.
 *
 * @module
 */

import assert from "node:assert/strict";
import { inline } from "../../src/notebook/schema/media.ts";
import { events } from "../../src/notebook/schema/mod.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { attach } from "../support/attached.ts";
import { answer, error, gate } from "../support/scripted_answer.ts";
import type { ScriptSource } from "../support/scripted_model_server.ts";
import { endsOf, lastCode, notesOf, play, runAll, statesOf } from "./run_all.ts";

Deno.test("Run All stops at a cell that fails or is interrupted", async (t) => {
  await using server = await startSyncServer();
  await t.step("an exception cancels the rest of Run All, and a note in the next cell explains it", async () => {
    await using run = await runAll(server, ["a", "raise", "b", "c"]);
    const { at, cells, requests } = run;
    assert.deepEqual(await endsOf(at, requests), ["completed", "failed", "cancelled", "cancelled"]);
    assert.deepEqual(statesOf(at, cells), ["completed", "error", "idle", "idle"]);
    assert.deepEqual(notesOf(at, cells), [
      undefined,
      undefined,
      ["In [2]", "ended with ValueError: bad", "This cell and 1 more were not run"],
      undefined,
    ]);
    assert.equal(at.model.requests.length, 2);
    assert.deepEqual(await endsOf(at, [at.person.run(cells[3])]), ["completed"]);
    assert.doesNotMatch(JSON.stringify(at.model.requests.at(-1)!.body), /Run All stopped/);
  });

  await t.step(
    "a cell that was not run keeps its old outputs, with one note below them",
    async () => {
      await using at = await attach(server, play);
      const [first, raises, last] = ["a", "raise", "c"].map((source) => at.person.addCell(source));
      await endsOf(at, [at.person.run(last)]);
      at.person.store.commit(events.terminalOutputAdded({
        id: "open",
        cellId: last,
        position: 7,
        content: inline("open line"),
        streamName: "stderr",
      }));
      const ids: string[][] = [];
      for (let round = 0; round < 3; round++) {
        assert.deepEqual(await endsOf(at, at.person.runAll([first, raises, last])), [
          "completed",
          "failed",
          "cancelled",
        ]);
        await at.person.textHas(last, "Run All stopped", "stderr");
        ids.push(at.person.outputs(last).map(({ id }) => id));
        assert.equal(at.person.text(last), "c\n");
        assert.match(at.person.text(last, "stderr"), /^open line\n\[AIPython\] Run All stopped[^\n]*\n$/);
      }
      assert.equal(ids[0].length, 3);
      assert.deepEqual(ids, [ids[0], ids[0], ids[0]]);
      assert.deepEqual(await endsOf(at, at.person.runAll([raises, first, last])), ["failed", "cancelled", "cancelled"]);
      await at.person.textHas(first, "Run All stopped", "stderr");
      assert.equal(at.person.text(last, "stderr"), "open line", "the note of the earlier Run All is removed");
      await endsOf(at, [at.person.run(first)]);
      assert.equal(at.person.text(first, "stderr"), "");
    },
  );

  await t.step("a stopped Run All does not clear the outputs of a cell with a pending clear", async () => {
    await using at = await attach(server, play);
    const [raises, clears, last] = ["raise", "a", "b"].map((source) => at.person.addCell(source));
    await endsOf(at, [at.person.run(clears)]);
    at.person.store.commit(events.cellOutputsCleared({ cellId: clears, wait: true, clearedBy: "person" }));
    await endsOf(at, at.person.runAll([raises, clears, last]));
    await at.person.textHas(last, "Run All stopped", "stderr");
    assert.equal(at.person.text(clears), "a\n");
  });

  await t.step("Run All stops at a running cell that a person interrupts", async () => {
    await using run = await runAll(server, ["a", "wait", "b"]);
    const { at, cells, requests } = run;
    await at.person.textHas(cells[1], "begun");
    at.person.cancel(requests[1], cells[1]);
    assert.deepEqual(await endsOf(at, requests), ["completed", "cancelled", "cancelled"]);
    await at.person.textHas(cells[2], "Run All stopped", "stderr");
    assert.deepEqual(notesOf(at, cells)[2], ["In [2]", "was interrupted", "This cell was not run"]);
    assert.deepEqual(statesOf(at, cells), ["completed", "idle", "idle"]);
  });

  await t.step("Run All continues when a person cancels a cell before it starts", async () => {
    await using run = await runAll(server, ["wait", "a", "b"]);
    const { at, cells, requests } = run;
    await at.person.textHas(cells[0], "begun");
    at.person.cancel(requests[1], cells[1]);
    await at.person.store.settled();
    at.model.open("wait");
    assert.deepEqual(await endsOf(at, requests), ["completed", "cancelled", "completed"]);
  });

  for (const isCancelledToo of [false, true]) {
    const how = isCancelledToo ? "cancelled and deleted" : "deleted";
    await t.step(`Run All continues after a cell that is ${how} while it runs`, async () => {
      await using run = await runAll(server, ["wait", "a"]);
      const { at, cells: [running], requests: [request, next] } = run;
      await at.person.textHas(running, "begun");
      const cancelled = events.executionCancelled({ queueId: request, cellId: running, cancelledBy: "p", reason: "" });
      at.person.store.commit(...isCancelledToo ? [cancelled] : [], events.cellDeleted({ id: running }));
      assert.deepEqual(await endsOf(at, [request, next]), ["cancelled", "completed"]);
    });
  }

  await t.step("the note is in the first cell that still exists when the next cell was deleted", async () => {
    await using at = await attach(server, ({ body }) => {
      const isRaising = lastCode(body.messages).startsWith("raise");
      return isRaising ? answer(gate("raise"), error("ValueError", "bad")) : answer();
    });
    const cells = ["raise", "a", "b"].map((source) => at.person.addCell(source));
    const requests = at.person.runAll(cells);
    await at.model.reached("raise");
    at.person.store.commit(events.cellDeleted({ id: cells[1] }));
    await at.person.store.settled();
    at.model.open("raise");
    assert.deepEqual(await endsOf(at, requests), ["failed", "cancelled", "cancelled"]);
    await at.person.textHas(cells[2], "This cell and 1 more were not run", "stderr");
  });

  await t.step("a stopped Run All affects neither single requests nor another Run All", async () => {
    await using at = await attach(server, play);
    const [waits, raises, a, b] = ["wait", "raise", "a", "b"].map((source) => at.person.addCell(source));
    const stopped = at.person.runAll([waits, raises, a, b]);
    await at.person.textHas(waits, "begun");
    const alone = at.person.run(a);
    const others = at.person.runAll([b, a]);
    await at.person.store.settled();
    at.model.open("wait");
    assert.deepEqual(await endsOf(at, [...stopped, alone, ...others]), [
      ...["completed", "failed", "cancelled", "cancelled"],
      "completed",
      ...["completed", "completed"],
    ]);
    assert.deepEqual(statesOf(at, [waits, raises, a, b]), ["completed", "error", "completed", "completed"]);
  });

  await t.step(
    "no note is added to a failed cell that Run All was to run twice",
    async () => {
      await using at = await attach(server, play);
      const raises = at.person.addCell("raise");
      assert.deepEqual(await endsOf(at, at.person.runAll([raises, raises])), ["failed", "cancelled"]);
      assert.deepEqual(statesOf(at, [raises]), ["error"]);
      assert.deepEqual(at.person.outputs(raises).map(({ outputType }) => outputType), ["error"]);
    },
  );

  await t.step("no note is added when all executions are cancelled", async () => {
    await using run = await runAll(server, ["wait", "a", "b"]);
    const { at, cells, requests } = run;
    await at.person.textHas(cells[0], "begun");
    at.person.store.commit(events.allExecutionsCancelled());
    await at.model.disconnected(0);
    const later = at.person.addCell("c");
    assert.deepEqual(await endsOf(at, [...requests, at.person.run(later)]), [
      ...Array(3).fill("cancelled"),
      "completed",
    ]);
    assert.deepEqual([...cells.slice(1), later].flatMap((cell) => at.person.text(cell, "stderr")), ["", "", ""]);
  });

  await t.step("an agent that is shut down leaves the rest of Run All to the next runtime", async () => {
    await using run = await runAll(server, ["wait", "a", "b"]);
    const { at, cells, requests } = run;
    await at.person.textHas(cells[0], "begun");
    await at.agent.shutdown();
    assert.deepEqual(requests.map((id) => at.person.request(id).status), ["cancelled", "pending", "pending"]);
    await at.another().start();
    assert.deepEqual(await endsOf(at, requests), ["cancelled", "completed", "completed"]);
  });

  await t.step("the note shortens a long exception to one line", async () => {
    const script: ScriptSource = ({ number }) =>
      number > 0 ? answer() : answer(error("ValueError", `one\n[AIPython] two\x20${"x".repeat(999)}`));
    await using run = await runAll(server, ["1 / 0", "a"], script);
    await run.at.person.textHas(run.cells[1], "Run All stopped", "stderr");
    const note = run.at.person.text(run.cells[1], "stderr");
    assert.match(
      note,
      /^\[AIPython\] Run All stopped at In \[1\], which ended with ValueError: one \[AIPython\] two x+ \[\.\.\.\]\. /,
    );
    assert.ok(note.length < 600 && note.indexOf("\n") === note.length - 1, note);
  });
});
