/**
 * Run All stops as in Jupyter: at a cell that raises, that is interrupted, or after which no other will be answered.
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

Deno.test("Run All", async (t) => {
  await using server = await startSyncServer();
  await t.step("stops at the first exception: the rest is cancelled, and the first of it says why", async () => {
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
    "leaves old outputs where they are, with one note below them, which is gone when the cell is run",
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
      assert.equal(at.person.text(last, "stderr"), "open line", "the note has gone where the last Run All stopped");
      await endsOf(at, [at.person.run(first)]);
      assert.equal(at.person.text(first, "stderr"), "");
    },
  );

  await t.step("does not take away what a cell would clear with its next output", async () => {
    await using at = await attach(server, play);
    const [raises, clears, last] = ["raise", "a", "b"].map((source) => at.person.addCell(source));
    await endsOf(at, [at.person.run(clears)]);
    at.person.store.commit(events.cellOutputsCleared({ cellId: clears, wait: true, clearedBy: "person" }));
    await endsOf(at, at.person.runAll([raises, clears, last]));
    await at.person.textHas(last, "Run All stopped", "stderr");
    assert.equal(at.person.text(clears), "a\n");
  });

  await t.step("stops at a cell that a person interrupts while it runs", async () => {
    await using run = await runAll(server, ["a", "wait", "b"]);
    const { at, cells, requests } = run;
    await at.person.textHas(cells[1], "begun");
    at.person.cancel(requests[1], cells[1]);
    assert.deepEqual(await endsOf(at, requests), ["completed", "cancelled", "cancelled"]);
    await at.person.textHas(cells[2], "Run All stopped", "stderr");
    assert.deepEqual(notesOf(at, cells)[2], ["In [2]", "was interrupted", "This cell was not run"]);
    assert.deepEqual(statesOf(at, cells), ["completed", "idle", "idle"]);
  });

  await t.step("goes on where a person cancels a cell before it begins", async () => {
    await using run = await runAll(server, ["wait", "a", "b"]);
    const { at, cells, requests } = run;
    await at.person.textHas(cells[0], "begun");
    at.person.cancel(requests[1], cells[1]);
    await at.person.store.settled();
    at.model.open("wait");
    assert.deepEqual(await endsOf(at, requests), ["completed", "cancelled", "completed"]);
  });

  for (const isCancelledToo of [false, true]) {
    const how = isCancelledToo ? "deleted with its run cancelled" : "deleted";
    await t.step(`goes on after a cell that is ${how} while it runs`, async () => {
      await using run = await runAll(server, ["wait", "a"]);
      const { at, cells: [running], requests: [request, next] } = run;
      await at.person.textHas(running, "begun");
      const cancelled = events.executionCancelled({ queueId: request, cellId: running, cancelledBy: "p", reason: "" });
      at.person.store.commit(...isCancelledToo ? [cancelled] : [], events.cellDeleted({ id: running }));
      assert.deepEqual(await endsOf(at, [request, next]), ["cancelled", "completed"]);
    });
  }

  await t.step("passes over a cell that was deleted meanwhile when it says why it stops", async () => {
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

  await t.step("does not touch single requests and those of another Run All", async () => {
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
    "stops at a request that is the first of two for one cell, which says itself what happened",
    async () => {
      await using at = await attach(server, play);
      const raises = at.person.addCell("raise");
      assert.deepEqual(await endsOf(at, at.person.runAll([raises, raises])), ["failed", "cancelled"]);
      assert.deepEqual(statesOf(at, [raises]), ["error"]);
      assert.deepEqual(at.person.outputs(raises).map(({ outputType }) => outputType), ["error"]);
    },
  );

  await t.step("says nothing where everything is cancelled", async () => {
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

  await t.step("is left to the next runtime by an agent that is shut down", async () => {
    await using run = await runAll(server, ["wait", "a", "b"]);
    const { at, cells, requests } = run;
    await at.person.textHas(cells[0], "begun");
    await at.agent.shutdown();
    assert.deepEqual(requests.map((id) => at.person.request(id).status), ["cancelled", "pending", "pending"]);
    await at.another().start();
    assert.deepEqual(await endsOf(at, requests), ["cancelled", "completed", "completed"]);
  });

  await t.step("names the exception on one line, however long it is", async () => {
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
