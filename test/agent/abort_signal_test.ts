/**
 * Tests of the option `signal`: aborting it ends an agent in every state.
 *
 * @module
 */

import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { AIPythonAgent, UndeliveredError } from "../../mod.ts";
import { silentLogger } from "../../src/logger.ts";
import { tables } from "../../src/notebook/schema/mod.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { attach } from "../support/attached.ts";
import { openClient } from "../support/notebook_client.ts";
import { answer, gate, result, stdout } from "../support/scripted_answer.ts";
import { type PlainResponse, startScriptedModel } from "../support/scripted_model_server.ts";
import { holdFrames, startSyncRelay, type SyncRelayHooks } from "../support/sync_relay.ts";

/** Returns the number of listeners of a signal. */
function listeners(signal: AbortSignal): number {
  return getEventListeners(signal, "abort").length;
}

/** Returns a point where code is held back until the test releases it. */
function hold() {
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  return { reached, released, arrive: () => (reached.resolve(), released.promise) };
}

Deno.test("AIPythonAgent.start() rejects with the signal's reason when the signal is aborted during the start", async (t) => {
  await using server = await startSyncServer();
  const reason = new Error("the program has no more need of it");

  await t.step("the signal is aborted before the start", async () => {
    await using at = await attach(server, []);
    const sessions = () => at.person.store.query(tables.runtimeSessions).length;
    const signal = AbortSignal.abort(reason);
    const agent = at.another({ signal });
    assert.equal(await agent.start().catch((error) => error), reason);
    assert.equal(await agent.start().catch((error) => error), reason);
    await agent.shutdown();
    assert.deepEqual([listeners(signal), sessions()], [0, 1]);
  });

  await t.step("the signal is aborted during the request to the model server", async () => {
    const { reached, released, arrive } = hold();
    const models = async (): Promise<PlainResponse> => (await arrive(), { status: 404 });
    await using model = await startScriptedModel([], { models });
    await using at = await attach(server, []);
    const controller = new AbortController();
    const agent = at.another({ signal: controller.signal, baseUrl: model.baseUrl });
    const started = agent.start().catch((error) => error);
    await reached.promise;
    assert.equal(listeners(controller.signal), 1);
    controller.abort(reason);
    assert.equal(await started, reason);
    assert.equal(listeners(controller.signal), 0);
    released.resolve();
  });

  /** The hooks of a relay that hold back an exchange, by the name of the exchange. */
  const held: Record<string, (arrive: () => Promise<void>) => SyncRelayHooks> = {
    "the request to the sync server": (arrive) => ({ onRequest: arrive }),
    "the transfer of the notebook": (arrive) => ({ fromServer: async (frame) => (await arrive(), frame) }),
  };
  for (const [moment, hooks] of Object.entries(held)) {
    await t.step(`the signal is aborted during ${moment}`, async () => {
      const { reached, released, arrive } = hold();
      await using relay = startSyncRelay(server.syncUrl, hooks(arrive));
      await using at = await attach(server, []);
      const controller = new AbortController();
      const agent = at.another({ signal: controller.signal, syncUrl: relay.syncUrl });
      const started = agent.start().catch((error) => error);
      await reached.promise;
      controller.abort(reason);
      assert.equal(await started, reason);
      assert.equal(listeners(controller.signal), 0);
      released.resolve();
    });
  }

  await t.step("the agent withdraws its session when the signal is aborted during the announcement", async () => {
    const announcement = holdFrames("v1.RuntimeSessionStarted");
    await using relay = startSyncRelay(server.syncUrl, { fromClient: announcement.hook });
    await using at = await attach(server, []);
    const controller = new AbortController();
    const agent = at.another({ signal: controller.signal, syncUrl: relay.syncUrl });
    const started = agent.start().catch((error) => error);
    await announcement.reached;
    controller.abort(reason);
    announcement.release();
    assert.equal(await started, reason);
    assert.equal(listeners(controller.signal), 0);
    await at.person.until(
      tables.runtimeSessions,
      (rows) => rows.length === 2 && rows.every(({ isActive }) => !isActive),
    );
    await agent.shutdown();
  });

  await t.step("the agent ends its session when the signal is aborted right after the agent has attached", async () => {
    await using at = await attach(server, []);
    const controller = new AbortController();
    const info = (message: string) => message === "attached" && controller.abort(reason);
    const agent = at.another({ signal: controller.signal, logger: { ...silentLogger, info } });
    assert.equal(await agent.start().catch((error) => error), reason);
    assert.equal(listeners(controller.signal), 0);
    const { syncUrl, authToken } = server;
    await using client = await openClient({ syncUrl, authToken, notebookId: at.notebookId });
    const sessions = client.store.query(tables.runtimeSessions);
    assert.deepEqual(sessions.map(({ terminatedReason }) => terminatedReason), ["displaced", "shutdown"]);
  });

  await t.step("the signal is aborted between two attempts", async () => {
    await using relay = startSyncRelay(server.syncUrl, { onRequest: () => new Response("no", { status: 401 }) });
    await using at = await attach(server, []);
    const controller = new AbortController();
    const agent = at.another({ signal: controller.signal, syncUrl: relay.syncUrl });
    await assert.rejects(agent.start(), /does not accept the token/);
    assert.equal(listeners(controller.signal), 0);
    controller.abort(reason);
    assert.equal(await agent.start().catch((error) => error), reason);
  });
});

Deno.test("a signal that is aborted while an agent serves shuts the agent down", async (t) => {
  await using server = await startSyncServer();

  await t.step("the running cell is cancelled with its outputs, and the session ends", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    await using at = await attach(server, answer(stdout("half\n"), gate("never")), { signal });
    assert.equal(listeners(signal), 1);
    const cell = at.person.addCell("forever()");
    const request = at.person.run(cell);
    await at.model.reached("never");
    await at.person.textHas(cell, "half\n");
    controller.abort();
    await at.agent.keepAlive();
    assert.equal(listeners(signal), 0);
    await at.person.requestIs(request, "cancelled");
    await at.person.until(tables.runtimeSessions, ([row]) => row.terminatedReason === "shutdown");
    assert.equal(at.person.text(cell), "half\n");
    await assert.rejects(at.agent.start(), { name: "AbortError" });
    await at.agent.shutdown();
  });

  await t.step("an agent that has ended removes its listener from the signal", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    await using at = await attach(server, answer(result("1")), { signal });
    const newer = at.another();
    await newer.start();
    await assert.rejects(at.agent.keepAlive(), { name: "DisplacedError" });
    assert.equal(listeners(signal), 1, "the listener of the newer agent");
    await newer.shutdown();
    assert.equal(listeners(signal), 0);
    controller.abort();
    await assert.rejects(at.agent.start(), { name: "DisplacedError" });
  });

  await t.step("undelivered events are logged, and shutdown() rejects with UndeliveredError", async () => {
    let silent = false;
    await using relay = startSyncRelay(server.syncUrl, { fromClient: (frame) => silent ? undefined : frame });
    const controller = new AbortController();
    const heard: string[] = [];
    const logger = { ...silentLogger, error: (message: string) => void heard.push(message) };
    await using at = await attach(server, []);
    const { settings } = at.agent;
    const mute = new AIPythonAgent({ ...settings, syncUrl: relay.syncUrl, signal: controller.signal, logger });
    await mute.start();
    silent = true;
    controller.abort();
    await mute.keepAlive();
    await assert.rejects(mute.shutdown(), UndeliveredError);
    assert.match(heard.join(), /did not accept our last events within 4 s/);
  });
});
