/**
 * Tests of the shutdown of an agent within another program.
 *
 * @module
 */

import assert from "node:assert/strict";
import { AIPythonAgent, ShutdownError, UndeliveredError } from "../../mod.ts";
import { tables } from "../../src/notebook/schema/mod.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { attach } from "../support/attached.ts";
import { answer, gate, result } from "../support/scripted_answer.ts";
import { holdFrames, startSyncRelay } from "../support/sync_relay.ts";

Deno.test("AIPythonAgent.shutdown() ends the agent", async (t) => {
  await using server = await startSyncServer();

  await t.step("the waiting requests are left to the next agent", async () => {
    await using at = await attach(server, ({ number }) => number === 0 ? answer(gate("never")) : answer(result("1")));
    const requests = at.person.runAll(["forever()", "1"].map((source) => at.person.addCell(source)));
    await at.model.reached("never");
    await at.agent.shutdown();
    await at.person.requestIs(requests[0], "cancelled");
    assert.equal(at.person.request(requests[1]).status, "pending");
    await at.another().start();
    await at.person.requestIs(requests[1], "completed");
  });

  await t.step("concurrent and repeated calls of shutdown() wait for the same end", async () => {
    await using at = await attach(server, []);
    await Promise.all([at.agent.shutdown(), at.agent.shutdown()]);
    await at.person.until(tables.runtimeSessions, ([row]) => row.terminatedReason === "shutdown");
    await at.agent.shutdown();
  });

  await t.step("an agent that is shut down during its start withdraws its session", async () => {
    const announcement = holdFrames("v1.RuntimeSessionStarted");
    await using relay = startSyncRelay(server.syncUrl, { fromClient: announcement.hook });
    await using at = await attach(server, []);
    const late = at.another({ syncUrl: relay.syncUrl });
    const started = assert.rejects(late.start(), ShutdownError);
    await announcement.reached;
    const shutdown = late.shutdown();
    announcement.release();
    await shutdown;
    await started;
    await at.person.until(
      tables.runtimeSessions,
      (rows) => rows.length === 2 && rows.every(({ isActive }) => !isActive),
    );
  });

  await t.step("shutdown() rejects with the events that could not be delivered", async () => {
    let silent = false;
    const fromClient = (frame: string) => silent ? undefined : frame;
    await using relay = startSyncRelay(server.syncUrl, { fromClient });
    await using at = await attach(server, []);
    const mute = new AIPythonAgent({ ...at.agent.settings, syncUrl: relay.syncUrl });
    await mute.start();
    silent = true;
    await assert.rejects(mute.shutdown(), (error: Error) => {
      assert.ok(error instanceof UndeliveredError);
      assert.match(error.message, /within 4 s: v1\.RuntimeSessionTerminated; /);
      return true;
    });
    await assert.rejects(mute.shutdown(), UndeliveredError);
  });
});
