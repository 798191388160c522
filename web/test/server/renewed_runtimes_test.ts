/**
 * Agents that are replaced, renewed and shut down together.
 *
 * @module
 */

import assert from "node:assert/strict";
import { DisplacedError, LogReplacedError } from "../../../src/errors.ts";
import { Runtimes } from "../../server/runtimes.ts";
import { makeAgents, settle, usage } from "./scripted_agents.ts";

for (
  const [what, state, error] of [
    ["another runtime displaces it", "displaced", new DisplacedError("n", "taken over by r", "r")],
    ["its session ends in the notebook", "ended", new DisplacedError("n", "ended, and nobody has taken over")],
  ] as const
) {
  Deno.test(`an agent is not replaced if ${what}, and its state has the reason`, async () => {
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

Deno.test("an agent is replaced if the sync server has another log", async () => {
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

Deno.test("renew() replaces an idle agent at once and a busy agent after its cell", async () => {
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

Deno.test("restart() does not wait for the cell of an agent that is being renewed", async () => {
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

Deno.test("renew() starts a failed agent again, and does not displace another runtime", async () => {
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

Deno.test("disposing stops all agents, and no agent starts afterwards", async () => {
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
