/**
 * Tests of `modelFailure` of an agent whose model fails, and of agents that retire.
 *
 * @module
 */

import assert from "node:assert/strict";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { attach } from "../support/attached.ts";
import { answer, gate, result, text } from "../support/scripted_answer.ts";
import { inTurn, type Script, startScriptedModel } from "../support/scripted_model_server.ts";

/** Returns a refusal with the body that model servers send. */
const refuse = (status: number, error: Record<string, unknown>): Script => ({ status, body: { error } });

/** The refusals that a change of settings resolves. */
const refusals: [what: string, script: Script, kind: string, status: number, message: RegExp][] = [
  ["a refused key", refuse(401, { message: "Incorrect API key provided" }), "refused", 401, /refused the API key/],
  ["a lack of credit", refuse(402, { message: "Insufficient credits" }), "rate_limited", 402, /quota .* is used up/],
  [
    "an exhausted quota",
    refuse(429, { code: "insufficient_quota", message: "You exceeded your current quota" }),
    "rate_limited",
    429,
    /quota .* is used up/,
  ],
  [
    "an unknown model",
    refuse(404, { code: "model_not_found", message: "The model `gpt-0` does not exist" }),
    "bad_request",
    404,
    /has no model/,
  ],
];

Deno.test("AIPythonAgent.modelFailure describes how the model failed", async (t) => {
  await using server = await startSyncServer();

  for (const [what, script, kind, status, message] of refusals) {
    await t.step(`modelFailure is set after ${what} until a cell is answered again`, async () => {
      await using at = await attach(server, inTurn(script, answer(result("2"))), { model: "gpt-0" });
      assert.equal(at.agent.modelFailure, undefined);
      await at.person.requestIs(at.person.run(at.person.addCell("1 + 1")), "failed");
      const failure = at.agent.modelFailure!;
      assert.deepEqual([failure.kind, failure.status, failure.isDoubt], [kind, status, undefined]);
      assert.match(failure.message, message);
      await at.person.requestIs(at.person.run(at.person.addCell("")), "completed");
      assert.equal(at.agent.modelFailure, failure, "a cell without code makes no model request");
      await at.person.requestIs(at.person.run(at.person.addCell("1 + 1")), "completed");
      assert.equal(at.agent.modelFailure, undefined);
    });
  }

  await t.step("modelFailure is set after an AI cell until an AI cell is answered again", async () => {
    const [, script] = refusals[0];
    await using at = await attach(server, inTurn(script, answer(text("Because."))));
    await at.person.requestIs(at.person.run(at.person.addCell("Why?", "ai")), "failed");
    assert.deepEqual([at.agent.modelFailure?.kind, at.agent.modelFailure?.status], ["refused", 401]);
    await at.person.requestIs(at.person.run(at.person.addCell("Why?", "ai")), "completed");
    assert.equal(at.agent.modelFailure, undefined);
  });

  for (
    const [what, models, kind, message] of [
      ["a key that may not list models", { status: 401 }, "refused", /does not accept the API key for its list/],
      ["a model that is not listed", { body: { data: [{ id: "other" }] } }, "bad_request", /does not list the model/],
    ] as const
  ) {
    await t.step(`modelFailure is a doubt after a start with ${what}`, async () => {
      await using model = await startScriptedModel(answer(result("2")), { models });
      await using at = await attach(server, [], { model: "gpt-0" });
      const agent = at.another({ baseUrl: model.baseUrl });
      await agent.start();
      assert.deepEqual([agent.modelFailure?.kind, agent.modelFailure?.isDoubt], [kind, true]);
      assert.match(agent.modelFailure!.message, message);
      await at.person.requestIs(at.person.run(at.person.addCell("1 + 1")), "completed");
      assert.equal(agent.modelFailure, undefined);
    });
  }
});

Deno.test("AIPythonAgent.retire() ends an agent after its running cell", async (t) => {
  await using server = await startSyncServer();

  await t.step("the running cell ends, and the waiting cells are left to the next agent", async () => {
    await using at = await attach(server, inTurn(answer(gate("held"), result("1")), answer(result("2"))));
    const [first, second] = at.person.runAll(["1", "2"].map((source) => at.person.addCell(source)));
    await at.model.reached("held");
    const retired = at.agent.retire();
    at.model.open("held");
    await retired;
    await at.agent.keepAlive();
    await at.person.requestIs(first, "completed");
    assert.equal(at.person.request(second).status, "pending");
    await at.another().start();
    await at.person.requestIs(second, "completed");
  });

  await t.step("shutdown() ends a retiring agent at once and cancels its cell", async () => {
    await using at = await attach(server, answer(gate("never")));
    const request = at.person.run(at.person.addCell("forever()"));
    await at.model.reached("never");
    const retired = at.agent.retire();
    await at.agent.shutdown();
    await retired;
    await at.person.requestIs(request, "cancelled");
  });

  await t.step("retire() resolves when the agent was not started", async () => {
    await using at = await attach(server, []);
    await at.another().retire();
  });
});

Deno.test("an agent with the option environment reads no other environment", async () => {
  await using server = await startSyncServer();
  await using at = await attach(server, answer(result("2")), {
    environment: { AIPYTHON_MODEL: "from-environment" },
  });
  assert.equal(at.agent.model, "from-environment");
});
