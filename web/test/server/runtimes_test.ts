/**
 * When agents are started and ended. The agents in these tests only report their calls.
 *
 * @module
 */

import assert from "node:assert/strict";
import { DisplacedError, LogReplacedError, SyncUnreachableError } from "../../../src/errors.ts";
import { Runtimes, type ServingAgent } from "../../server/runtimes.ts";
import { Signposts } from "../../../test/support/signposts.ts";

const usage = { cells: 0, requests: 0, input: 0, cachedInput: 0, output: 0 };

/**
 * Agents that report `1 started`, `1 ended`, numbered from 1. A retiring agent ends after its cell, which has ended already
 * unless `keepBusy` was called.
 */
function makeAgents(startFault?: (number: number) => Error | undefined) {
  const signposts = new Signposts();
  const lost: ((error: Error) => void)[] = [];
  const cells: PromiseWithResolvers<void>[] = [];
  let count = 0;
  const makeAgent = (): ServingAgent => {
    const number = ++count;
    const life = Promise.withResolvers<void>();
    lost[number] = life.reject;
    return {
      usage,
      model: "model",
      modelFailure: undefined,
      settings: { runtimeId: `runtime-${number}` },
      start() {
        const fault = startFault?.(number);
        if (fault !== undefined) return Promise.reject(fault);
        signposts.reach(`${number} started`);
        return Promise.resolve();
      },
      keepAlive: () => life.promise,
      async retire() {
        signposts.reach(`${number} retires`);
        await cells[number]?.promise;
        await this.shutdown();
      },
      shutdown() {
        cells[number]?.resolve();
        signposts.reach(`${number} ended`);
        life.resolve();
        return Promise.resolve();
      },
    };
  };
  /** Makes an agent run a cell until the returned function is called. */
  const keepBusy = (number: number) => (cells[number] = Promise.withResolvers<void>()).resolve;
  return { makeAgent, signposts, lost, keepBusy, count: () => count };
}

/** Lets all pending promises settle. */
const settle = () => new Promise<void>((resolve) => setTimeout(resolve));

Deno.test("all pages of a notebook share one agent, which stays until the last page has left", async () => {
  const { makeAgent, signposts, count } = makeAgents();
  await using runtimes = new Runtimes({ makeAgent, lingerMs: 0 });
  const leaveFirst = runtimes.enter("n");
  const leaveSecond = runtimes.enter("n");
  await signposts.reached("1 started");
  leaveFirst();
  await settle();
  await settle();
  const { state, runtimeId, model } = runtimes.status("n");
  assert.deepEqual([state, runtimeId, model], ["ready", "runtime-1", "model"]);
  leaveSecond();
  await signposts.reached("1 ended");
  assert.deepEqual([runtimes.status("n").state, count()], ["absent", 1]);
});

Deno.test("each notebook has its own agent", async () => {
  const { makeAgent, signposts } = makeAgents();
  await using runtimes = new Runtimes({ makeAgent, lingerMs: 0 });
  runtimes.enter("one");
  runtimes.enter("two");
  await Promise.all([signposts.reached("1 started"), signposts.reached("2 started")]);
});

Deno.test("`onEnded` is called when a notebook's agent has ended, even by itself", async () => {
  const { makeAgent, signposts, lost } = makeAgents();
  const ended: string[] = [];
  await using runtimes = new Runtimes({ makeAgent, lingerMs: 60_000, onEnded: (id) => void ended.push(id) });
  for (const id of ["left", "displaced"]) runtimes.enter(id);
  await signposts.reached("2 started");
  assert.deepEqual(ended, []);
  lost[2](new DisplacedError("displaced", "somebody else serves it"));
  await settle();
  assert.deepEqual(ended, ["displaced"]);
  await runtimes.restart("left");
  assert.deepEqual(ended, ["displaced", "left"]);
  await runtimes.end("left");
  assert.deepEqual(ended, ["displaced", "left", "left"]);
});

Deno.test("a page that returns in time finds its agent", async () => {
  const { makeAgent, signposts, count } = makeAgents();
  await using runtimes = new Runtimes({ makeAgent, lingerMs: 60_000 });
  runtimes.enter("n")();
  await signposts.reached("1 started");
  runtimes.enter("n");
  await settle();
  assert.deepEqual([runtimes.status("n").state, count()], ["ready", 1]);
});

Deno.test("a page that opens while the agent is being ended gets another one", async () => {
  const { makeAgent, signposts } = makeAgents();
  await using runtimes = new Runtimes({ makeAgent, lingerMs: 60_000 });
  runtimes.enter("n")();
  await signposts.reached("1 started");
  const ending = runtimes.end("n");
  runtimes.enter("n");
  await ending;
  await signposts.reached("2 started");
  assert.equal(runtimes.status("n").state, "ready");
});

Deno.test("a page that leaves while the agent is being ended leaves no timer behind", async () => {
  const { makeAgent, signposts } = makeAgents();
  await using runtimes = new Runtimes({ makeAgent, lingerMs: 60_000 });
  const leave = runtimes.enter("n");
  await signposts.reached("1 started");
  const ending = runtimes.end("n");
  leave();
  await ending;
  // A timer that is left fails the test.
  assert.equal(runtimes.status("n").state, "absent");
});

Deno.test("a restart ends the agent before it starts another", async () => {
  const { makeAgent, signposts } = makeAgents();
  await using runtimes = new Runtimes({ makeAgent, lingerMs: 0 });
  runtimes.enter("n");
  await signposts.reached("1 started");
  await runtimes.restart("n");
  await Promise.all([signposts.reached("1 ended"), signposts.reached("2 started")]);
  assert.equal(runtimes.status("n").state, "ready");
});

Deno.test("an agent that cannot start is not tried repeatedly, but a restart tries again", async () => {
  const fault = new SyncUnreachableError("ws://x", "cannot reach the sync server");
  const { makeAgent, count } = makeAgents((number) => number === 1 ? fault : undefined);
  await using runtimes = new Runtimes({ makeAgent, lingerMs: 0 });
  runtimes.enter("n");
  await settle();
  assert.deepEqual(runtimes.status("n"), { state: "failed", problem: "cannot reach the sync server" });
  runtimes.enter("n");
  await settle();
  assert.equal(count(), 1);
  await runtimes.restart("n");
  assert.equal(runtimes.status("n").state, "ready");
});

for (
  const [what, state, error] of [
    ["that another runtime displaces", "displaced", new DisplacedError("n", "taken over by r", "r")],
    ["whose session is ended in the notebook", "ended", new DisplacedError("n", "ended, and nobody has taken over")],
  ] as const
) {
  Deno.test(`an agent ${what} is not replaced, and its state says why`, async () => {
    const { makeAgent, signposts, lost } = makeAgents();
    await using runtimes = new Runtimes({ makeAgent, lingerMs: 0 });
    runtimes.enter("n");
    await signposts.reached("1 started");
    await settle();
    lost[1](error);
    await settle();
    assert.deepEqual(runtimes.status("n"), { state, problem: error.message });
  });
}

Deno.test("an agent whose server has another log is replaced by one that serves that log", async () => {
  const { makeAgent, signposts, lost } = makeAgents();
  await using runtimes = new Runtimes({ makeAgent, lingerMs: 0 });
  runtimes.enter("n");
  await signposts.reached("1 started");
  await settle();
  lost[1](new LogReplacedError("n", "the sync server has another log", []));
  await signposts.reached("2 started");
  await settle();
  assert.deepEqual(runtimes.status("n"), { state: "ready", runtimeId: "runtime-2", model: "model", usage });
});

Deno.test("renewing replaces an idle agent at once, and a busy one after its cell", async () => {
  const { makeAgent, signposts, keepBusy } = makeAgents();
  await using runtimes = new Runtimes({ makeAgent, lingerMs: 0 });
  for (const id of ["idle", "busy"]) runtimes.enter(id);
  await Promise.all([signposts.reached("1 started"), signposts.reached("2 started")]);
  await settle();
  const endCell = keepBusy(2);
  void runtimes.renew();
  await Promise.all([signposts.reached("1 ended"), signposts.reached("3 started"), signposts.reached("2 retires")]);
  await settle();
  assert.deepEqual([runtimes.status("idle").runtimeId, runtimes.status("idle").state], ["runtime-3", "ready"]);
  assert.deepEqual([runtimes.status("busy").runtimeId, runtimes.status("busy").state], ["runtime-2", "ready"]);
  endCell();
  await Promise.all([signposts.reached("2 ended"), signposts.reached("4 started")]);
});

Deno.test("a restart does not wait for the cell of an agent that is to be replaced", async () => {
  const { makeAgent, signposts, keepBusy } = makeAgents();
  await using runtimes = new Runtimes({ makeAgent, lingerMs: 0 });
  runtimes.enter("n");
  await signposts.reached("1 started");
  await settle();
  keepBusy(1);
  void runtimes.renew();
  await signposts.reached("1 retires");
  await runtimes.restart("n");
  await signposts.reached("1 ended");
  assert.equal(runtimes.status("n").state, "ready");
});

Deno.test("renewing starts a failed agent again, and takes no notebook back from other runtimes", async () => {
  const { makeAgent, signposts, lost, count } = makeAgents((number) => number === 1 ? new Error("no key") : undefined);
  await using runtimes = new Runtimes({ makeAgent, lingerMs: 0 });
  runtimes.enter("failed");
  await settle();
  runtimes.enter("displaced");
  await signposts.reached("2 started");
  await settle();
  lost[2](new DisplacedError("displaced", "taken over by r", "r"));
  await settle();
  await runtimes.renew();
  await signposts.reached("3 started");
  await settle();
  assert.equal(runtimes.status("failed").state, "ready");
  assert.deepEqual([runtimes.status("displaced").state, count()], ["displaced", 3]);
});

Deno.test("the status reports how an agent's model failed", async () => {
  const { makeAgent, signposts } = makeAgents();
  const failure = { kind: "refused", status: 401, message: "The key is refused." } as const;
  const failing = () => Object.assign(makeAgent(), { modelFailure: failure });
  await using runtimes = new Runtimes({ makeAgent: failing, lingerMs: 0 });
  runtimes.enter("n");
  await signposts.reached("1 started");
  await settle();
  assert.deepEqual(runtimes.status("n").failure, failure);
});

Deno.test("all agents are ended together, and none is started after that", async () => {
  const { makeAgent, signposts, count } = makeAgents();
  const runtimes = new Runtimes({ makeAgent, lingerMs: 0 });
  const leave = runtimes.enter("one");
  runtimes.enter("two");
  await Promise.all([signposts.reached("1 started"), signposts.reached("2 started")]);
  await runtimes[Symbol.asyncDispose]();
  await Promise.all([signposts.reached("1 ended"), signposts.reached("2 ended")]);
  leave();
  await settle();
  assert.equal(count(), 2);
});
