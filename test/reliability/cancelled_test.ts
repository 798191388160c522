/**
 * Checks that a cancelled cell ends as cancelled, whatever the agent is doing at that moment.
 *
 * @module
 */

import assert from "node:assert/strict";
import { events, tables } from "../../src/notebook/schema/mod.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { attach } from "../support/attached.ts";
import { answer, gate, stdout } from "../support/scripted_answer.ts";
import { inTurn } from "../support/scripted_model_server.ts";
import { cellEvents, startStepRelay, type Step, stepsOf } from "./step_relay.ts";

for (const step of stepsOf(cellEvents)) {
  Deno.test(`a cell cancelled ${step.when} its agent's event ${step.event} ends as cancelled, and the next cell runs`, () => {
    return cancelAt(step);
  });
}

async function cancelAt(step: Step): Promise<void> {
  await using server = await startSyncServer();
  await using relay = startStepRelay(server.syncUrl, step);
  await using at = await attach(server, answer(stdout("a\n")), { syncUrl: relay.syncUrl });
  const { person } = at;
  const cell = person.addCell("print('a')");
  const request = person.run(cell);
  await relay.reached;
  person.cancel(request, cell);
  await person.store.settled(AbortSignal.timeout(10_000));
  relay.release();

  await person.requestIs(person.run(person.addCell("print('b')")), "completed");
  await person.until(tables.cells.where({ id: cell }), ([row]) => row.executionState === "idle");
  await person.requestIs(request, "cancelled");
  await at.agent.shutdown();
  await person.until(tables.runtimeSessions.where({ isActive: true }), (rows) => rows.length === 0);
  assert.equal(person.request(request).status, "cancelled");
  assert.deepEqual(person.store.query(tables.cells.where({ id: cell })).map((row) => row.executionState), ["idle"]);
}

Deno.test("Cancel All cancels the running cell, its model request and the waiting cells, but no later ones", async () => {
  await using server = await startSyncServer();
  const script = inTurn(answer(stdout("a\n"), gate("never"), stdout("b\n")), answer(stdout("c\n")));
  await using at = await attach(server, script);
  const { person, model } = at;
  const cells = ["1", "2", "3"].map((source) => person.addCell(source));
  const requests = person.runAll(cells);
  await person.textHas(cells[0], "a\n");
  person.store.commit(events.allExecutionsCancelled());
  await model.disconnected(0);
  await person.requestIs(person.run(cells[1]), "completed");
  assert.deepEqual(requests.map((request) => person.request(request).status), Array(3).fill("cancelled"));
  assert.deepEqual(cells.map((cell) => person.text(cell)), ["a\n", "c\n", ""]);
  assert.equal(model.requests.length, 2);
});

Deno.test("an edit of a running cell affects only its next execution", async () => {
  await using server = await startSyncServer();
  await using at = await attach(
    server,
    inTurn(answer(stdout("old\n"), gate("edited"), stdout("end\n")), answer(stdout("new\n"))),
  );
  const { person, model } = at;
  const cell = person.addCell("print('old')");
  const request = person.run(cell);
  await person.textHas(cell, "old\n");
  person.store.commit(events.cellSourceChanged({ id: cell, source: "print('new')", modifiedBy: "person" }));
  await person.store.settled();
  model.open("edited");
  await person.requestIs(request, "completed");
  assert.equal(person.text(cell), "old\nend\n");
  await person.requestIs(person.run(cell), "completed");
  const asked = model.requests[1].body.messages.filter(({ role }: { role: string }) => role === "user");
  assert.deepEqual(asked.map(({ content }: { content: string }) => /print\(.*\)/.exec(content)?.[0]), [
    "print('old')",
    "print('new')",
  ]);
});
