/**
 * The option `signal`: aborting it ends an agent, wherever it is.
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

/** How many listeners a signal has. */
function listeners(signal: AbortSignal): number {
  return getEventListeners(signal, "abort").length;
}

/** An event, and a way to hold back the code that waits for its answer. */
function hold() {
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  return { reached, released, arrive: () => (reached.resolve(), released.promise) };
}

Deno.test("a signal that is aborted while an agent starts rejects start with its reason, and leaves nothing", async (t) => {
  await using server = await startSyncServer();
  const reason = new Error("the program has no more need of it");

  await t.step("before anything was asked", async () => {
    await using at = await attach(server, []);
    const sessions = () => at.person.store.query(tables.runtimeSessions).length;
    const signal = AbortSignal.abort(reason);
    const agent = at.another({ signal });
    assert.equal(await agent.start().catch((error) => error), reason);
    assert.equal(await agent.start().catch((error) => error), reason);
    await agent.shutdown();
    assert.deepEqual([listeners(signal), sessions()], [0, 1]);
  });

  await t.step("while the model's server is asked", async () => {
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

  /** The moments in which the relay holds what passes it. */
  const held: Record<string, (arrive: () => Promise<void>) => SyncRelayHooks> = {
    "the notebook's server is asked": (arrive) => ({ onRequest: arrive }),
    "the notebook is read": (arrive) => ({ fromServer: async (frame) => (await arrive(), frame) }),
  };
  for (const [moment, hooks] of Object.entries(held)) {
    await t.step(`while ${moment}`, async () => {
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

  await t.step("when it has just announced itself: it takes that back", async () => {
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

  await t.step("when it has just attached: it has ended its session", async () => {
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

  await t.step("between two attempts", async () => {
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

Deno.test("a signal that is aborted later shuts an agent down", async (t) => {
  await using server = await startSyncServer();

  await t.step("which cancels the cell with what it has shown, and ends the session", async () => {
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

  await t.step("and one that was shut down or displaced before listens no more", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    await using at = await attach(server, answer(result("1")), { signal });
    const newer = at.another();
    await newer.start();
    await assert.rejects(at.agent.keepAlive(), { name: "DisplacedError" });
    assert.equal(listeners(signal), 1, "the newer one's");
    await newer.shutdown();
    assert.equal(listeners(signal), 0);
    controller.abort();
    await assert.rejects(at.agent.start(), { name: "DisplacedError" });
  });

  await t.step("and what could not be delivered is logged, and told by shutdown", async () => {
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
