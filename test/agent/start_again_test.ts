/**
 * Tests of the start and end of an agent within another program: a start after a failure, a start after the end, and one attempt for all
 * callers.
 *
 * @module
 */

import assert from "node:assert/strict";
import { AIPythonAgent, DisplacedError, RefusedError, ShutdownError, UndeliveredError } from "../../mod.ts";
import { tables } from "../../src/notebook/schema/mod.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { attach, type Attached } from "../support/attached.ts";
import { answer, gate, result } from "../support/scripted_answer.ts";
import { startScriptedModel } from "../support/scripted_model_server.ts";
import { holdFrames, startSyncRelay } from "../support/sync_relay.ts";

/** Returns the number of active sessions of a notebook. */
function activeSessions({ person }: Attached): number {
  return person.store.query(tables.runtimeSessions.where({ isActive: true })).length;
}

Deno.test("an agent whose start has failed can be started again", async (t) => {
  await using server = await startSyncServer();

  await t.step("start() makes a new attempt after a failed one and serves the notebook", async () => {
    let refusals = 2;
    let asked = 0;
    await using relay = startSyncRelay(server.syncUrl, {
      onRequest: () => (asked++, refusals-- > 0 ? new Response("not now", { status: 401 }) : undefined),
    });
    await using at = await attach(server, answer(result("1")));
    const agent = at.another({ syncUrl: relay.syncUrl });
    const first = await agent.start().catch((error) => error);
    assert.ok(first instanceof RefusedError, String(first));
    const second = await agent.start().catch((error) => error);
    assert.ok(second instanceof RefusedError && second !== first, "the second start fails with a new error");
    const before = asked;
    await agent.start();
    assert.ok(asked > before, "the server was asked again");
    await at.person.requestIs(at.person.run(at.person.addCell("1")), "completed");
  });

  await t.step("start() asks the model server again and removes the doubt of the first attempt", async () => {
    let listings = 0;
    const models = () =>
      ++listings === 1 ? { body: { data: [{ id: "other" }] } } : { body: { data: [{ id: "gpt-0" }] } };
    await using model = await startScriptedModel(answer(result("1")), { models });
    let isRefusing = true;
    await using relay = startSyncRelay(server.syncUrl, {
      onRequest: () => isRefusing ? new Response("not now", { status: 401 }) : undefined,
    });
    await using at = await attach(server, []);
    const agent = at.another({ syncUrl: relay.syncUrl, baseUrl: model.baseUrl, model: "gpt-0" });
    await assert.rejects(agent.start(), RefusedError);
    assert.equal(agent.modelFailure?.kind, "bad_request");
    isRefusing = false;
    await agent.start();
    assert.equal(agent.modelFailure, undefined);
  });

  await t.step("keepAlive() starts an agent after a failed start and waits for its end", async () => {
    let refusals = 1;
    await using relay = startSyncRelay(server.syncUrl, {
      onRequest: () => refusals-- > 0 ? new Response("not now", { status: 401 }) : undefined,
    });
    await using at = await attach(server, []);
    const agent = at.another({ syncUrl: relay.syncUrl });
    await assert.rejects(agent.start(), RefusedError);
    const alive = agent.keepAlive();
    await agent.start();
    await agent.shutdown();
    await alive;
  });
});

Deno.test("concurrent calls of AIPythonAgent.start() share one attempt", async (t) => {
  await using server = await startSyncServer();

  await t.step("all callers get the same error", async () => {
    let asked = 0;
    await using relay = startSyncRelay(server.syncUrl, {
      onRequest: (path) => {
        if (path.endsWith("/me")) asked++;
        return new Response("no", { status: 401 });
      },
    });
    await using at = await attach(server, []);
    const agent = at.another({ syncUrl: relay.syncUrl });
    const ends = await Promise.allSettled([agent.start(), agent.start(), agent.keepAlive()]);
    const [first, ...others] = ends.map((end) => end.status === "rejected" ? end.reason : undefined);
    assert.ok(first instanceof RefusedError);
    for (const other of others) assert.equal(other, first);
    assert.equal(asked, 1);
  });

  await t.step("all callers get the same session", async () => {
    await using at = await attach(server, []);
    const agent = at.another();
    await Promise.all([agent.start(), agent.start()]);
    await agent.start();
    await at.person.until(tables.runtimeSessions, (rows) => rows.length === 2);
    await agent.shutdown();
    await at.person.until(tables.runtimeSessions, (rows) => rows.length === 2 && rows.every((row) => !row.isActive));
  });
});

Deno.test("AIPythonAgent.start() rejects with the reason of the agent's end", async (t) => {
  await using server = await startSyncServer();

  await t.step("the agent was displaced by another runtime", async () => {
    await using at = await attach(server, []);
    const newer = at.another();
    await newer.start();
    const ended = await at.agent.keepAlive().catch((error) => error);
    const again = await at.agent.start().catch((error) => error);
    assert.ok(again instanceof DisplacedError, String(again));
    assert.equal(again, ended);
    assert.equal(again.successor, newer.settings.runtimeId);
    await at.agent.shutdown();
    await assert.rejects(at.agent.start(), DisplacedError);
    assert.equal(activeSessions(at), 1);
  });

  await t.step("the agent was shut down", async () => {
    await using at = await attach(server, []);
    await at.agent.shutdown();
    await assert.rejects(at.agent.start(), (error: Error) => {
      assert.ok(error instanceof ShutdownError);
      assert.match(error.message, /was shut down.*create a new one/);
      return true;
    });
    await at.agent.keepAlive();
    await at.person.until(tables.runtimeSessions, (rows) => rows.length === 1 && !rows[0].isActive);
  });

  await t.step("the agent was shut down before its first start", async () => {
    await using at = await attach(server, []);
    const agent = at.another();
    await agent.shutdown();
    await assert.rejects(agent.start(), ShutdownError);
    await assert.rejects(agent.keepAlive(), ShutdownError);
  });

  await t.step("the agent has retired", async () => {
    await using at = await attach(server, []);
    await at.agent.retire();
    await assert.rejects(at.agent.start(), ShutdownError);
  });

  await t.step("the agent was shut down during its start, and the events were not delivered", async () => {
    const announcement = holdFrames("v1.RuntimeSessionStarted");
    await using relay = startSyncRelay(server.syncUrl, { fromClient: announcement.hook });
    await using at = await attach(server, []);
    const late = new AIPythonAgent({ ...at.agent.settings, syncUrl: relay.syncUrl });
    const started = late.start().catch((error) => error);
    await announcement.reached;
    const left = late.shutdown().catch((error) => error);
    assert.ok(await started instanceof ShutdownError);
    assert.ok(await left instanceof UndeliveredError);
    announcement.release();
    await assert.rejects(late[Symbol.asyncDispose](), UndeliveredError);
  });
});

Deno.test("`await using` shuts an agent down at the end of the block", async (t) => {
  await using server = await startSyncServer();

  await t.step("the running cell is cancelled", async () => {
    await using at = await attach(server, answer(gate("never")));
    let request: string;
    {
      await using agent = at.another();
      await agent.start();
      request = at.person.run(at.person.addCell("forever()"));
      await at.model.reached("never");
    }
    await at.person.requestIs(request, "cancelled");
    await at.person.until(tables.runtimeSessions, (rows) => rows.every(({ isActive }) => !isActive));
  });

  await t.step("an agent that was never started is shut down", async () => {
    await using at = await attach(server, []);
    const agent = at.another();
    {
      await using _agent = agent;
    }
    await assert.rejects(agent.start(), ShutdownError);
  });
});
