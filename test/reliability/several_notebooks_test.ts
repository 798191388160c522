/**
 * One process with several notebooks: it does not take back a notebook that another runtime took over, and attaches a
 * failed one again.
 *
 * @module
 */

import assert from "node:assert/strict";
import { events, tables } from "../../src/notebook/schema/mod.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { serveTwoNotebooks } from "../cli/attach/two_served_notebooks.ts";
import type { NotebookClient } from "../support/notebook_client.ts";
import { answer, result } from "../support/scripted_answer.ts";

const service = { RUNTIME_ID: "service", AIPYTHON_TAKE_BACK: "false" };

/** Runs a cell and waits for its end. */
async function runCell(person: NotebookClient): Promise<void> {
  await person.requestIs(person.run(person.addCell("1")), "completed");
}

/** Returns the ids of the runtimes that serve a notebook. */
function runtimesOf(person: NotebookClient): string[] {
  return [...person.store.query(tables.runtimeSessions.select("runtimeId").where({ isActive: true }))];
}

/** Resolves when a runtime serves a notebook. */
async function servedBy(runtimeId: string, person: NotebookClient): Promise<void> {
  await person.until(tables.runtimeSessions.where({ isActive: true, runtimeId }), (rows) => rows.length === 1);
}

Deno.test("a restarted command does not take back a notebook that another runtime took over", async (t) => {
  await using server = await startSyncServer();

  for (const isAlive of [true, false]) {
    await t.step(`the command crashes ${isAlive ? "after" : "before"} the takeover`, async () => {
      await using two = await serveTwoNotebooks(server, answer(result("1")), { environment: service });
      const { command, ids: [taken, kept], people: [ofTaken, ofKept] } = two;
      await two.attached();
      if (!isAlive) await crash();
      await two.takeOver(taken);
      await servedBy("newer", ofTaken);
      if (isAlive) {
        await command.wrote(`another runtime has taken notebook ${taken} over: newer (python)`);
        await crash();
      }
      const again = two.restart();
      await again.wrote(new RegExp(`another runtime has taken notebook ${taken} over: newer .*notebook=${taken}\n`));
      await again.wrote(`attached notebook=${kept}`);
      await Promise.all([runCell(ofTaken), runCell(ofKept)]);
      assert.deepEqual([runtimesOf(ofTaken), runtimesOf(ofKept)], [["newer"], ["service"]]);
      assert.ok(!again.text.includes(`attached notebook=${taken}`));
      again.kill("SIGTERM");
      assert.equal((await again.end()).code, 143);

      async function crash() {
        command.kill("SIGKILL");
        await command.end();
      }
    });
  }

  await t.step(
    "a command that has lost all notebooks exits with 4 at every restart",
    async () => {
      await using two = await serveTwoNotebooks(server, answer(result("1")), { environment: service });
      await two.attached();
      await Promise.all(two.ids.map((id) => two.takeOver(id)));
      assert.equal((await two.command.end()).code, 4);
      for (let start = 0; start < 2; start++) assert.equal((await two.restart().end()).code, 4);
      await Promise.all(two.people.map(runCell));
      assert.deepEqual(two.people.map(runtimesOf), [["newer"], ["newer"]]);
    },
  );
});

Deno.test("a notebook whose store fails is attached again while the other notebook continues", async () => {
  await using server = await startSyncServer();
  const script = new URL("../cli/attach/faulty_aipython.ts", import.meta.url);
  await using two = await serveTwoNotebooks(server, answer(result("1")), { script });
  const { command, ids: [failing, other], people: [ofFailing, ofOther] } = two;
  await two.attached();
  ofFailing.store.commit(events.toolApprovalRequested({
    toolCallId: "call",
    cellId: ofFailing.addCell("tool()"),
    toolName: "tool",
    arguments: {},
    requestedAt: new Date(),
  }));
  await command.wrote(
    new RegExp(`the notebook will be attached again after a delay notebook=${failing} inSeconds=[12]`),
  );
  await Promise.all([runCell(ofFailing), runCell(ofOther)]);
  assert.equal(command.text.split(`attached notebook=${failing}`).length, 3);
  assert.equal(command.text.split(`attached notebook=${other}`).length, 2);
  command.kill("SIGTERM");
  assert.equal((await command.end()).code, 143);
});
