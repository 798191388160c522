import assert from "node:assert/strict";
import { DisplacedError, RefusedError, UndeliveredError } from "../../../src/errors.ts";
import { agentsFor } from "./scripted_agents.ts";

Deno.test("NotebookAgents gives each agent its own notebook and all agents one request limiter", () => {
  const { made } = agentsFor(["a", "b"], { maxConcurrentRequests: 3 });
  assert.deepEqual(made.map(({ options }) => options.notebookId), ["a", "b"]);
  const [{ requestLimiter }, other] = made.map(({ options }) => options);
  assert.equal(requestLimiter?.limit, 3);
  assert.equal(other.requestLimiter, requestLimiter);
});

Deno.test("NotebookAgents adds the notebook to each log line if there are several notebooks", () => {
  const [several, one] = [agentsFor(["a", "b"]), agentsFor(["a"])];
  several.made[1].options.logger?.info("attached", { runtime: "r" });
  one.made[0].options.logger?.info("attached", { runtime: "r" });
  assert.deepEqual(several.lines, [["attached", { notebook: "b", runtime: "r" }]]);
  assert.deepEqual(one.lines, [["attached", { runtime: "r" }]]);
});

Deno.test("NotebookAgents continues with the other agents when one fails, and returns the exit code of the one that ends last", async () => {
  const { agents, made: [refused, last, revoked], lines } = agentsFor(["a", "b", "c"]);
  const serving = agents.serve();
  refused.started.reject(new RefusedError("sync", "the server does not open it"));
  revoked.started.resolve();
  last.started.resolve();
  revoked.ended.reject(new RefusedError("sync", "the token was revoked"));
  const isOver = await Promise.race([serving, new Promise((resolve) => setTimeout(resolve, 0, "goes on"))]);
  assert.equal(isOver, "goes on");
  last.ended.reject(new DisplacedError("b", "displaced"));
  assert.equal(await serving, 4);
  assert.deepEqual(lines, [
    ["the server does not open it", { notebook: "a" }],
    ["the token was revoked", { notebook: "c" }],
    ["displaced", { notebook: "b" }],
  ]);
});

Deno.test("NotebookAgents starts four agents at a time and starts no more after its shutdown", async () => {
  const { agents, made } = agentsFor(["a", "b", "c", "d", "e", "f", "g"]);
  const serving = agents.serve();
  const asked = () => made.map(({ isAsked }) => isAsked ? "x" : ".").join("");
  assert.equal(asked(), "xxxx...");
  made[2].started.resolve();
  await made[4].asked.promise;
  assert.equal(asked(), "xxxxx..");
  made[0].started.reject(new RefusedError("sync", "refused"));
  await made[5].asked.promise;
  assert.equal(asked(), "xxxxxx.");
  assert.equal(await agents.shutdown(), 0);
  await serving;
  assert.equal(asked(), "xxxxxx.");
});

Deno.test("NotebookAgents shuts all agents down and reports each one that fails to shut down", async () => {
  const { agents, made, lines } = agentsFor(["a", "b", "c"]);
  const serving = agents.serve();
  for (const { started } of made) started.resolve();
  made[0].farewell = new UndeliveredError("2 events of a");
  made[2].farewell = new UndeliveredError("1 event of c");
  assert.equal(await agents.shutdown(), 1);
  await serving;
  assert.deepEqual(lines, [["2 events of a", { notebook: "a" }], ["1 event of c", { notebook: "c" }]]);
});
