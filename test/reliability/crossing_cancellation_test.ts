/**
 * Cancellations that cross the agent's last events on the wire.
 *
 * @module
 */

import assert from "node:assert/strict";
import { silentLogger } from "../../src/logger.ts";
import { tables } from "../../src/notebook/schema/mod.ts";
import { readLog } from "../../soak/read_log.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { answer, error, gate, stdout, type Step } from "../support/scripted_answer.ts";
import type { Script } from "../support/scripted_model_server.ts";
import { holdFrames, startSyncRelay } from "../support/sync_relay.ts";
import { startStepRelay, type Step as LogStep } from "./step_relay.ts";
import { attachAndRun, goOn, half, isCancelled, limited, shown, silent } from "./interrupted_cell.ts";

const whole = answer(stdout("a\n"));

Deno.test("a cell that is interrupted by its agent's shutdown ends with a KeyboardInterrupt", async (t) => {
  await using server = await startSyncServer();
  const cases: [what: string, script: Script, outputs: string[]][] = [
    ["the KeyboardInterrupt follows the cell's outputs", half, ["a\n", "KeyboardInterrupt"]],
    ["the KeyboardInterrupt is the only output", silent, ["KeyboardInterrupt"]],
    ["the KeyboardInterrupt replaces the note about a retry", limited, ["", "KeyboardInterrupt"]],
  ];
  for (const [what, script, outputs] of cases) {
    await t.step(`${what}, in one commit with the end of the request`, async () => {
      const { at, cell, request } = await attachAndRun(server, script);
      await using _ = at;
      if (script === limited) await at.person.textHas(cell, "asked again in", "stderr");
      else await at.model.reached("never");
      if (script === half) await at.person.textHas(cell, "a\n");
      await at.agent.shutdown();
      await at.person.requestIs(request, "cancelled");
      assert.deepEqual(shown(at, cell), outputs);
      await isCancelled(server, at, cell, request);
      const names = (await readLog({ ...server, notebookId: at.notebookId })).map(({ name }) => name);
      assert.equal(names[names.indexOf("v1.ErrorOutputAdded") + 1], "v1.ExecutionCancelled");
      await at.another().start();
      assert.deepEqual(await goOn(at), ["KeyboardInterrupt"]);
    });
  }
});

Deno.test("a cancellation may cross events that the agent sends", async (t) => {
  await using server = await startSyncServer();

  const cross = async (step: LogStep, script: Step[]) => {
    await using relay = startStepRelay(server.syncUrl, step);
    const { at, cell, request } = await attachAndRun(server, script, { syncUrl: relay.syncUrl });
    await using _ = at;
    await relay.reached;
    if (script === half) await at.model.reached("never");
    at.person.cancel(request, cell);
    await at.person.store.settled(AbortSignal.timeout(10_000));
    relay.release();
    const sent = await goOn(at);
    await isCancelled(server, at, cell, request);
    return { sent, shown: shown(at, cell) };
  };

  await t.step("an output that was on its way is kept and followed by a KeyboardInterrupt", async () => {
    for (const when of ["before", "after"] as const) {
      const crossed = await cross({ event: "v1.TerminalOutputAdded", when }, half);
      assert.deepEqual(crossed, { sent: ["KeyboardInterrupt"], shown: ["a\n", "KeyboardInterrupt"] });
    }
  });

  await t.step("a cell whose end was on its way keeps its outputs without a KeyboardInterrupt", async () => {
    for (const when of ["before", "after"] as const) {
      const crossed = await cross({ event: "v1.ExecutionCompleted", when }, whole);
      assert.deepEqual(crossed, { sent: [], shown: ["a\n"] });
    }
  });

  await t.step("a cell that is cancelled before its start and has no output stays without outputs", async () => {
    const crossed = await cross({ event: "v1.ExecutionStarted", when: "before" }, silent);
    assert.deepEqual(crossed.shown, []);
  });

  await t.step("outputs that follow a crossed start are kept and followed by a KeyboardInterrupt", async () => {
    const crossed = await cross({ event: "v1.ExecutionStarted", when: "before" }, half);
    assert.deepEqual(crossed, { sent: ["KeyboardInterrupt"], shown: ["a\n", "KeyboardInterrupt"] });
  });

  await t.step("outputs after the one that was on its way are dropped", async () => {
    const piled = answer(stdout("a\n"), error("ValueError", "v"), gate("never"));
    await using relay = startStepRelay(server.syncUrl, { event: "v1.TerminalOutputAdded", when: "before" });
    const { at, cell, request } = await attachAndRun(server, piled, { syncUrl: relay.syncUrl });
    await using _ = at;
    await relay.reached;
    await at.model.reached("never");
    at.person.cancel(request, cell);
    await at.person.store.settled(AbortSignal.timeout(10_000));
    relay.release();
    assert.deepEqual(await goOn(at), ["KeyboardInterrupt"]);
    assert.deepEqual(shown(at, cell), ["a\n", "KeyboardInterrupt"]);
    await isCancelled(server, at, cell, request);
  });

  /** Holds back the agent's frame with this text and all later ones, and interrupts the cell. */
  const interruptWhileHeld = async (text: string, script: Script) => {
    const held = holdFrames(text);
    const relay = startSyncRelay(server.syncUrl, { fromClient: held.hook });
    const interrupted = Promise.withResolvers<void>();
    const info = (message: string) => message === "execution interrupted" ? interrupted.resolve() : undefined;
    const options = { syncUrl: relay.syncUrl, logger: { ...silentLogger, info } };
    const { at, cell, request } = await attachAndRun(server, script, options);
    await held.reached;
    at.person.cancel(request, cell);
    await interrupted.promise;
    const release = async () => {
      await at.person.store.settled(AbortSignal.timeout(10_000));
      held.release();
    };
    const leave = async () => {
      await at[Symbol.asyncDispose]();
      await relay[Symbol.asyncDispose]();
    };
    return { at, cell, request, release, [Symbol.asyncDispose]: leave };
  };

  await t.step("a cell that runs again before the KeyboardInterrupt arrives does not show it", async () => {
    await using held = await interruptWhileHeld("asked again in", limited);
    const { at, cell, request, release } = held;
    const again = at.person.run(cell);
    await release();
    await at.person.requestIs(again, "completed");
    assert.equal(at.person.request(request).status, "cancelled");
    const log = await readLog({ ...server, notebookId: at.notebookId });
    assert.deepEqual(log.filter(({ name }) => name === "v1.ErrorOutputAdded"), []);
  });

  await t.step("an agent that shuts down still sends the KeyboardInterrupt", async () => {
    await using held = await interruptWhileHeld("v1.TerminalOutputAdded", half);
    const { at, cell, request, release } = held;
    const leaving = at.agent.shutdown();
    await release();
    await leaving;
    await at.person.until(tables.runtimeSessions.where({ isActive: true }), (rows) => rows.length === 0);
    assert.deepEqual(shown(at, cell), ["a\n", "KeyboardInterrupt"]);
    await isCancelled(server, at, cell, request);
  });
});
