/**
 * The start and the end of a notebook's agents. The agents of these tests only record their calls.
 *
 * @module
 */

import assert from "node:assert/strict";
import { DisplacedError, SyncUnreachableError } from "../../../src/errors.ts";
import { Runtimes } from "../../server/runtimes.ts";
import { makeAgents, settle } from "./scripted_agents.ts";

Deno.test("all pages of a notebook share one agent, which stops after the last page has left", async () => {
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

Deno.test("`onEnded` is called whenever a notebook's agent has ended", async () => {
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

Deno.test("a page that returns in time finds the same agent", async () => {
  const { makeAgent, signposts, count } = makeAgents();
  await using runtimes = new Runtimes({ makeAgent, lingerMs: 60_000 });
  runtimes.enter("n")();
  await signposts.reached("1 started");
  runtimes.enter("n");
  await settle();
  assert.deepEqual([runtimes.status("n").state, count()], ["ready", 1]);
});

Deno.test("a page that opens while the agent is shutting down gets a new agent", async () => {
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

Deno.test("a page that leaves while the agent is shutting down leaves no timer behind", async () => {
  const { makeAgent, signposts } = makeAgents();
  await using runtimes = new Runtimes({ makeAgent, lingerMs: 60_000 });
  const leave = runtimes.enter("n");
  await signposts.reached("1 started");
  const ending = runtimes.end("n");
  leave();
  await ending;
  // A remaining timer fails the test.
  assert.equal(runtimes.status("n").state, "absent");
});

Deno.test("restart() stops the agent and starts another", async () => {
  const { makeAgent, signposts } = makeAgents();
  await using runtimes = new Runtimes({ makeAgent, lingerMs: 0 });
  runtimes.enter("n");
  await signposts.reached("1 started");
  await runtimes.restart("n");
  await Promise.all([signposts.reached("1 ended"), signposts.reached("2 started")]);
  assert.equal(runtimes.status("n").state, "ready");
});

Deno.test("an agent that cannot start is retried by restart() and not by another page", async () => {
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
