/**
 * A cell that is interrupted while it runs ends in a KeyboardInterrupt, once, and only if the interruption concerns the outputs in the
 * cell.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { AIPythonAgentOptions } from "../../mod.ts";
import { silentLogger } from "../../src/logger.ts";
import { keyboardInterrupt } from "../../src/execution/interrupted.ts";
import { events, tables } from "../../src/notebook/schema/mod.ts";
import { checkLog } from "../../soak/check_log.ts";
import { readLog } from "../../soak/read_log.ts";
import { startSyncServer, type SyncServer } from "../../stack/sync_server/start.ts";
import { attach, type Attached } from "../support/attached.ts";
import { answer, display, error, gate, stdout, type Step } from "../support/scripted_answer.ts";
import type { Script } from "../support/scripted_model_server.ts";
import { holdFrames, startSyncRelay } from "../support/sync_relay.ts";
import { startStepRelay, type Step as LogStep } from "./step_relay.ts";

const half = answer(stdout("a\n"), gate("never"), stdout("b\n"));
const silent = answer(gate("never"));
const whole = answer(stdout("a\n"));
const next = answer(stdout("next\n"));
const limited = { status: 429, headers: { "retry-after": "15" }, body: { error: { message: "Slow down." } } };
const clearing = answer(stdout("a\n"), display({}, { clear_output: true, wait: true }), gate("never"));

/** The outputs of a cell: its texts, and the names of its errors. */
function shown({ person }: Attached, cell: string): string[] {
  return person.outputs(cell).map(({ outputType, data }) => outputType === "error" ? JSON.parse(data!).ename : data);
}

/** Attaches an agent whose model answers the first request like this, and then runs a cell. */
async function attachAndRun(server: SyncServer, script: Script, options: AIPythonAgentOptions = {}) {
  const at = await attach(server, ({ number }) => number === 0 ? script : next, options);
  const cell = at.person.addCell("while True: pass");
  return { at, cell, request: at.person.run(cell) };
}

/** Runs another cell, before whose begin everything is written, and returns the exceptions that the model received. */
async function goOn({ person, model }: Attached): Promise<string[]> {
  await person.requestIs(person.run(person.addCell("print('next')")), "completed");
  const sent = JSON.stringify(model.requests.at(-1)!.body.messages.slice(1));
  return [...sent.matchAll(/\\"ename\\":\s*\\"(\w+)\\"/g)].map(([, name]) => name);
}

/** Looks at the log, and at the end of a cancelled request. */
async function isCancelled({ syncUrl, authToken }: SyncServer, at: Attached, cell: string, request: string) {
  const { person, notebookId } = at;
  await person.until(tables.cells.where({ id: cell }), ([row]) => row?.executionState === "idle");
  await person.requestIs(request, "cancelled");
  const { lost, doubled, stuck } = checkLog(await readLog({ syncUrl, authToken, notebookId }));
  assert.deepEqual([lost, doubled, stuck], [[], [], []]);
}

Deno.test("a cell that a person interrupts ends in a KeyboardInterrupt", async (t) => {
  await using server = await startSyncServer();

  const cases: [what: string, script: Script, outputs: string[]][] = [
    ["behind what it has shown", half, ["a\n", "KeyboardInterrupt"]],
    ["alone, if it has shown nothing", silent, ["KeyboardInterrupt"]],
    ["which clears what was to be cleared by the next output", clearing, ["KeyboardInterrupt"]],
  ];
  for (const [what, script, outputs] of cases) {
    for (const all of [false, true]) {
      await t.step(`${what}${all ? ", after Cancel All" : ""}`, async () => {
        const { at, cell, request } = await attachAndRun(server, script);
        await using _ = at;
        await at.model.reached("never");
        if (script !== silent) await at.person.textHas(cell, "a\n");
        if (script === clearing) await at.person.until(tables.pendingClears, (rows) => rows.length === 1);
        if (all) at.person.store.commit(events.allExecutionsCancelled());
        else at.person.cancel(request, cell);
        assert.deepEqual(await goOn(at), ["KeyboardInterrupt"]);
        assert.deepEqual(shown(at, cell), outputs);
        await isCancelled(server, at, cell, request);
      });
    }
  }

  await t.step("with IPython's traceback, and the number of its execution", async () => {
    const { at, cell, request } = await attachAndRun(server, half);
    await using _ = at;
    await at.person.textHas(cell, "a\n");
    at.person.cancel(request, cell);
    await goOn(at);
    const { type: _type, ...content } = keyboardInterrupt({ executionCount: 1, code: "while True: pass" });
    assert.deepEqual(JSON.parse(at.person.outputs(cell).at(-1)!.data!), content);
  });

  await t.step("and says no longer what it waited for", async () => {
    const { at, cell, request } = await attachAndRun(server, limited);
    await using _ = at;
    await at.person.textHas(cell, "asked again in", "stderr");
    at.person.cancel(request, cell);
    assert.deepEqual(await goOn(at), ["KeyboardInterrupt"]);
    assert.deepEqual(shown(at, cell), ["", "KeyboardInterrupt"]);
    await isCancelled(server, at, cell, request);
  });
});

Deno.test("a cell that is interrupted ends in no KeyboardInterrupt", async (t) => {
  await using server = await startSyncServer();

  await t.step("behind another exception", async () => {
    const { at, cell, request } = await attachAndRun(server, answer(error("ValueError", "v"), gate("never")));
    await using _ = at;
    await at.person.until(tables.outputs.where({ cellId: cell }), (rows) => rows.length === 1);
    at.person.cancel(request, cell);
    assert.deepEqual(await goOn(at), ["ValueError"]);
    assert.deepEqual(shown(at, cell), ["ValueError"]);
    await isCancelled(server, at, cell, request);
  });

  /** Interrupts a cell in one commit with something else, and returns the names of the errors in the log. */
  const interruptAnd = async (
    script: Script,
    more: (cell: string) => Parameters<Attached["person"]["store"]["commit"]>,
  ) => {
    const { at, cell, request } = await attachAndRun(server, script);
    await using _ = at;
    await at.model.reached("never");
    if (script === half) await at.person.textHas(cell, "a\n");
    const cancelled = events.executionCancelled({
      queueId: request,
      cellId: cell,
      cancelledBy: "person",
      reason: "stop",
    });
    at.person.store.commit(cancelled, ...more(cell));
    const sent = await goOn(at);
    const log = await readLog({ ...server, notebookId: at.notebookId });
    return { sent, shown: shown(at, cell), errors: log.filter(({ name }) => name === "v1.ErrorOutputAdded").length };
  };
  const cleared = (cellId: string) => events.cellOutputsCleared({ cellId, wait: false, clearedBy: "person" });
  const requested = (cellId: string) =>
    events.executionRequested({ queueId: crypto.randomUUID(), cellId, executionCount: 2, requestedBy: "person" });

  await t.step("where its outputs have been cleared, and the model receives it all the same", async () => {
    const clear = await interruptAnd(half, (cell) => [cleared(cell)]);
    assert.deepEqual(clear, { sent: ["KeyboardInterrupt"], shown: [], errors: 0 });
    const clearAll = await interruptAnd(half, () => [events.allOutputsCleared({ clearedBy: "person" })]);
    assert.deepEqual(clearAll, { sent: ["KeyboardInterrupt"], shown: [], errors: 0 });
  });

  for (const script of [half, silent]) {
    await t.step(`where it has been requested again, after ${script === half ? "an output" : "nothing"}`, async () => {
      const again = await interruptAnd(script, (cell) => [cleared(cell), requested(cell)]);
      assert.deepEqual(again, { sent: ["KeyboardInterrupt"], shown: ["next\n"], errors: 0 });
    });
    await t.step(`where it has been deleted, after ${script === half ? "an output" : "nothing"}`, async () => {
      const { errors } = await interruptAnd(script, (cell) => [events.cellDeleted({ id: cell })]);
      assert.equal(errors, 0);
    });
  }

  await t.step("where another runtime runs it again", async () => {
    const { at, cell, request } = await attachAndRun(server, half);
    await using _ = at;
    await at.person.textHas(cell, "a\n");
    await at.another().start();
    await assert.rejects(at.agent.keepAlive());
    await at.person.requestIs(request, "completed");
    assert.deepEqual([await goOn(at), shown(at, cell)], [[], ["next\n"]]);
  });
});

Deno.test("a cell that is interrupted because its agent leaves ends in a KeyboardInterrupt", async (t) => {
  await using server = await startSyncServer();
  const cases: [what: string, script: Script, outputs: string[]][] = [
    ["behind what it has shown", half, ["a\n", "KeyboardInterrupt"]],
    ["alone, if it has shown nothing", silent, ["KeyboardInterrupt"]],
    ["which takes the place of what it waited for", limited, ["", "KeyboardInterrupt"]],
  ];
  for (const [what, script, outputs] of cases) {
    await t.step(`${what}, in one commit with the end`, async () => {
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

Deno.test("a cancellation that crosses what the agent writes", async (t) => {
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

  await t.step("leaves an output that was on its way, and the KeyboardInterrupt behind it", async () => {
    for (const when of ["before", "after"] as const) {
      const crossed = await cross({ event: "v1.TerminalOutputAdded", when }, half);
      assert.deepEqual(crossed, { sent: ["KeyboardInterrupt"], shown: ["a\n", "KeyboardInterrupt"] });
    }
  });

  await t.step("leaves complete outputs whose end was on its way, without a KeyboardInterrupt", async () => {
    for (const when of ["before", "after"] as const) {
      const crossed = await cross({ event: "v1.ExecutionCompleted", when }, whole);
      assert.deepEqual(crossed, { sent: [], shown: ["a\n"] });
    }
  });

  await t.step("leaves no output of a cell that it stopped before the begin", async () => {
    const crossed = await cross({ event: "v1.ExecutionStarted", when: "before" }, silent);
    assert.deepEqual(crossed.shown, []);
  });

  await t.step("leaves a KeyboardInterrupt behind outputs that followed the begin", async () => {
    const crossed = await cross({ event: "v1.ExecutionStarted", when: "before" }, half);
    assert.deepEqual(crossed, { sent: ["KeyboardInterrupt"], shown: ["a\n", "KeyboardInterrupt"] });
  });

  await t.step("drops the outputs that were to follow the one on its way", async () => {
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

  /** Holds back a frame of the agent with this text, and all behind it, and interrupts the cell. */
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

  await t.step("leaves no KeyboardInterrupt if the person runs the cell again before that has arrived", async () => {
    await using held = await interruptWhileHeld("asked again in", limited);
    const { at, cell, request, release } = held;
    const again = at.person.run(cell);
    await release();
    await at.person.requestIs(again, "completed");
    assert.equal(at.person.request(request).status, "cancelled");
    const log = await readLog({ ...server, notebookId: at.notebookId });
    assert.deepEqual(log.filter(({ name }) => name === "v1.ErrorOutputAdded"), []);
  });

  await t.step("leaves a KeyboardInterrupt although the agent leaves before that has arrived", async () => {
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
