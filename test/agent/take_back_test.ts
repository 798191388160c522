/**
 * Tests of the next start of an agent whose notebook was taken over by another runtime.
 *
 * @module
 */

import assert from "node:assert/strict";
import { AIPythonAgent, ConfigurationError, DisplacedError } from "../../mod.ts";
import { tables } from "../../src/notebook/schema/mod.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { attach } from "../support/attached.ts";
import { answer, result } from "../support/scripted_answer.ts";

const mine = { runtimeId: "mine", takeBack: false };

Deno.test("an agent with takeBack: false does not take a notebook back", async (t) => {
  await using server = await startSyncServer();

  await t.step("the agent takes over a new notebook, and its own notebook after a shutdown", async () => {
    await using at = await attach(server, answer(result("1")));
    for (let start = 0; start < 2; start++) {
      const agent = at.another(mine);
      await agent.start();
      await at.person.requestIs(at.person.run(at.person.addCell("1")), "completed");
      await agent.shutdown();
    }
  });

  await t.step(
    "start() rejects after another runtime took the notebook over, even if that runtime has ended",
    async () => {
      await using at = await attach(server, answer(result("1")), mine);
      const other = at.another({ runtimeId: "other", takeBack: true });
      await other.start();
      await assert.rejects(at.agent.keepAlive(), DisplacedError);
      for (const isThere of [true, false]) {
        const again = at.another();
        await assert.rejects(again.start(), (error) => {
          assert.ok(error instanceof DisplacedError);
          assert.equal(error.successor, "other");
          assert.match(
            error.message,
            /: other \(python\); start this one again with --take-back \(AIPYTHON_TAKE_BACK=true\)/,
          );
          return true;
        });
        const active = at.person.store.query(tables.runtimeSessions.select("runtimeId").where({ isActive: true }));
        assert.deepEqual(active, isThere ? ["other"] : []);
        if (isThere) await at.person.requestIs(at.person.run(at.person.addCell("1")), "completed");
        await other.shutdown();
        await at.person.until(tables.runtimeSessions.where({ isActive: true }), (rows) => rows.length === 0);
      }
    },
  );

  await t.step("the agent serves its notebook again after a start with takeBack: true", async () => {
    await using at = await attach(server, answer(result("1")), mine);
    const other = at.another({ runtimeId: "other", takeBack: true });
    await other.start();
    const taking = at.another({ takeBack: true });
    await taking.start();
    await assert.rejects(other.keepAlive(), DisplacedError);
    await taking.shutdown();
    const again = at.another();
    await again.start();
    await at.person.requestIs(at.person.run(at.person.addCell("1")), "completed");
  });

  await t.step("takeBack: false requires a fixed runtime id", () => {
    const options = { notebookId: "n", authToken: "t", apiKey: "k", takeBack: false, environment: {} };
    assert.throws(() => new AIPythonAgent(options), (error) => {
      assert.ok(error instanceof ConfigurationError);
      assert.deepEqual(error.issues.map(({ option }) => option), ["runtimeId"]);
      assert.match(
        error.message,
        /^missing runtime id: takeBack: false \(AIPYTHON_TAKE_BACK=false\) needs a fixed one/,
      );
      return true;
    });
    assert.equal(new AIPythonAgent({ ...options, runtimeId: "mine" }).settings.takeBack, false);
  });
});
