import assert from "node:assert/strict";
import { RequestLimiter } from "../../mod.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { attach } from "../support/attached.ts";
import { answer, gate, stdout } from "../support/scripted_answer.ts";

const waits = "this cell waits for its turn.\n";

Deno.test("agents that share a request limiter take turns", async (t) => {
  await using server = await startSyncServer();
  const requestLimiter = new RequestLimiter(1);
  const attachTwo = async () =>
    await Promise.all([
      attach(server, answer(stdout("a\n"), gate("end")), { requestLimiter }),
      attach(server, answer(stdout("b\n")), { requestLimiter }),
    ]);

  await t.step("a cell shows that it waits until its turn has come", async () => {
    const [busy, other] = await attachTwo();
    await using _ends = busy;
    await using _otherEnds = other;
    const [first, second] = [busy, other].map(({ person }) => person.addCell("f()"));
    const running = busy.person.run(first);
    await busy.model.reached("end");
    const waiting = other.person.run(second);
    await other.person.textHas(second, waits, "stderr");
    assert.equal(other.model.requests.length, 0);
    busy.model.open("end");
    await busy.person.requestIs(running, "completed");
    await other.person.requestIs(waiting, "completed");
    assert.deepEqual([other.person.text(second), other.person.text(second, "stderr")], ["b\n", ""]);
  });

  await t.step("a cell that is cancelled while it waits leaves the queue", async () => {
    const [busy, other] = await attachTwo();
    await using _ends = busy;
    await using _otherEnds = other;
    const [running, cancelled] = [busy, other].map(({ person }) => person.addCell("f()"));
    busy.person.run(running);
    await busy.model.reached("end");
    const waiting = other.person.run(cancelled);
    await other.person.textHas(cancelled, waits, "stderr");
    assert.equal(requestLimiter.waiting, 1);
    other.person.cancel(waiting, cancelled);
    const next = other.person.addCell("g()");
    const served = other.person.run(next);
    await other.person.textHas(next, waits, "stderr");
    assert.equal(requestLimiter.waiting, 1);
    busy.model.open("end");
    await other.person.requestIs(served, "completed");
    assert.equal(other.model.requests.length, 1);
    assert.doesNotMatch(JSON.stringify(other.model.requests[0].body.messages), /its turn/);
  });
});
