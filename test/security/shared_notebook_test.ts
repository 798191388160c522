import assert from "node:assert/strict";
import { events } from "../../src/notebook/schema/mod.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { attach } from "../support/attached.ts";
import type { NotebookClient } from "../support/notebook_client.ts";
import { answer, stdout } from "../support/scripted_answer.ts";

/** Requests an execution as another user. */
function runAs(person: NotebookClient, requestedBy: string, cellId: string): string {
  const queueId = `request-${crypto.randomUUID()}`;
  person.store.commit(events.executionRequested({ queueId, cellId, executionCount: 1, requestedBy }));
  return queueId;
}

/** Returns the only output of a cell that was refused. */
function refusal(person: NotebookClient, cellId: string): { ename: string; evalue: string; traceback: string[] } {
  const [output, ...more] = person.outputs(cellId);
  assert.deepEqual([output?.outputType, more], ["error", []]);
  return JSON.parse(output.data!);
}

Deno.test("a shared notebook's limits are enforced and reported in the notebook", async (t) => {
  await using server = await startSyncServer();
  const script = ({ number }: { number: number }) => answer(stdout(`answer ${number}\n`));

  await t.step("a request of a user who is not allowed fails with the reason, and the queue continues", async () => {
    await using at = await attach(server, script, { allowUsers: ["ada", "person"] });
    const [theirs, ours, later] = ["leak = 1", "print(2)", "print(3)"].map((source) => at.person.addCell(source));
    const refused = runAs(at.person, "mallory", theirs);
    const served = runAs(at.person, "ada", ours);
    const last = at.person.run(later);
    await at.person.requestIs(last, "completed", "failed");
    assert.equal(at.person.request(refused).status, "failed");
    assert.equal(at.person.request(served).status, "completed");
    const { ename, evalue, traceback } = refusal(at.person, theirs);
    assert.equal(ename, "RefusedByAIPython");
    assert.match(evalue, /does not run cells for the user "mallory".*--allow-user \(AIPYTHON_ALLOW_USERS\)/);
    assert.match(traceback.join("\n"), /not a Python exception/);
    assert.equal(at.model.requests.length, 2, "the model was not asked for the refused cell");
    assert.doesNotMatch(JSON.stringify(at.model.requests.map(({ body }) => body)), /leak|mallory|Refused/);
  });

  await t.step("cells beyond the limit per minute are refused and left out of the conversation", async () => {
    await using at = await attach(server, script, { maxCellsPerMinute: 2 });
    const cells = ["a = 1", "b = 2", "c = 3", "d = 4"].map((source) => at.person.addCell(source));
    const requests = at.person.runAll(cells);
    await at.person.requestIs(requests[3], "completed", "failed");
    const states = requests.map((id) => at.person.request(id).status);
    assert.deepEqual(states, ["completed", "completed", "failed", "failed"]);
    for (const cell of cells.slice(2)) {
      const { ename, evalue } = refusal(at.person, cell);
      assert.equal(ename, "RefusedByAIPython");
      assert.match(evalue, /at most 2 cells a minute.*Run the cell again in \d+ s.*--max-cells-per-minute/);
    }
    assert.equal(at.model.requests.length, 2);

    const restarted = at.another({ maxCellsPerMinute: 0 });
    await restarted.start();
    const again = at.person.run(cells[3]);
    await at.person.requestIs(again, "completed");
    assert.doesNotMatch(JSON.stringify(at.model.requests[2].body), /Refused|c = 3/);
  });

  await t.step("a session that has used up its tokens reports this in the notebook", async () => {
    await using at = await attach(server, script, { maxTokensPerSession: 1 });
    const [first, second] = ["a = 1", "b = 2"].map((source) => at.person.addCell(source));
    const [, refused] = at.person.runAll([first, second]);
    await at.person.requestIs(refused, "completed", "failed");
    const { ename, evalue } = refusal(at.person, second);
    assert.deepEqual([ename, at.person.request(refused).status], ["ModelError", "failed"]);
    assert.match(evalue, /its limit is 1.*--max-tokens-per-session/);
    assert.equal(at.model.requests.length, 1);
  });
});
