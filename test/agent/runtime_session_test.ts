import assert from "node:assert/strict";
import { type AIPythonAgent, DisplacedError } from "../../mod.ts";
import { systemClock } from "../../src/async/clock.ts";
import { Attachment } from "../../src/notebook/attachment.ts";
import { events, tables } from "../../src/notebook/schema/mod.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { openSocket, socketUrl } from "../stack/sync_server/sync_socket.ts";
import { attach } from "../support/attached.ts";
import { attachmentOptions } from "../support/attachment_options.ts";
import { openClient } from "../support/notebook_client.ts";
import { answer, result } from "../support/scripted_answer.ts";

/** Waits until an agent is displaced, and returns its error. */
async function endOf(agent: AIPythonAgent): Promise<DisplacedError> {
  const error = await agent.keepAlive().then(() => assert.fail("the agent was shut down"), (error) => error);
  assert.ok(error instanceof DisplacedError, String(error));
  return error;
}

Deno.test("an agent is the only runtime of a notebook", async (t) => {
  await using server = await startSyncServer();

  await t.step("a runtime session is announced, renewed and terminated", async () => {
    await using at = await attach(server, []);
    const sessions = () => at.person.store.query(tables.runtimeSessions);
    await at.person.until(tables.runtimeSessions, ([row]) => row?.status === "ready" && row.expiresAt !== null);
    const [{ runtimeId, isActive, capabilities, lastRenewedAt, expiresAt }] = sessions();
    assert.equal(runtimeId, at.agent.settings.runtimeId);
    assert.equal(isActive, true);
    const { availableAiModels: _, ...can } = capabilities!;
    assert.deepEqual(can, { canExecuteCode: true, canExecuteSql: false, canExecuteAi: true });
    assert.equal(expiresAt!.getTime() - lastRenewedAt!.getTime(), 30_000);
    const alive = at.agent.keepAlive();
    await at.agent.shutdown();
    await alive;
    await at.person.until(tables.runtimeSessions, ([row]) => row.terminatedReason === "shutdown");
  });

  await t.step("a new agent displaces an older agent, which ends with DisplacedError", async () => {
    await using at = await attach(server, answer(result("1")));
    const newer = at.another();
    const displaced = assert.rejects(at.agent.keepAlive(), DisplacedError);
    await newer.start();
    await displaced;
    await using raw = await openSocket(socketUrl(server.syncUrl, at.notebookId, { authToken: server.authToken }));
    raw.send({ _tag: "WSMessage.PullReq", requestId: "r" });
    assert.deepEqual((await raw.next()).batch!.map(({ eventEncoded }) => eventEncoded.name), [
      "v1.RuntimeSessionStarted",
      "v1.RuntimeSessionStatusChanged",
      "v1.RuntimeSessionRenewal",
      "v1.RuntimeSessionTerminated",
      "v1.RuntimeSessionStarted",
      "v1.RuntimeSessionStatusChanged",
      "v1.RuntimeSessionRenewal",
    ]);
    const cell = at.person.addCell("1");
    const request = at.person.run(cell);
    await at.person.requestIs(request, "completed");
    assert.equal(at.model.requests.length, 1);
  });

  await t.step(
    "DisplacedError names the successor, also when the successor starts later",
    async () => {
      for (const apart of [false, true]) {
        await using at = await attach(server, []);
        const displaced = endOf(at.agent);
        const [sessionId] = at.person.store.query(tables.runtimeSessions.select("sessionId").where({ isActive: true }));
        const capabilities = { canExecuteCode: true, canExecuteSql: false, canExecuteAi: false };
        const end = events.runtimeSessionTerminated({ sessionId, reason: "displaced" });
        const start = events.runtimeSessionStarted({
          sessionId: "newer",
          runtimeId: "pyodide-\u001b[31m7",
          runtimeType: "python3-pyodide",
          capabilities,
        });
        if (apart) {
          at.person.store.commit(end);
          await at.person.store.settled();
          at.person.store.commit(start);
        } else at.person.store.commit(end, start);
        const error = await displaced;
        assert.equal(error.successor, "pyodide-\u001b[31m7");
        assert.equal(
          error.message,
          `another runtime has taken notebook ${at.notebookId} over: pyodide-7 (python3-pyodide); start this one again to take it back`,
        );
      }
    },
  );

  await t.step(
    "an agent stops serving without a successor when all runtimes are cleared",
    async () => {
      await using at = await attach(server, answer(result("1")));
      const ended = endOf(at.agent);
      at.person.clearRuntimes();
      const request = at.person.run(at.person.addCell("1"));
      await at.person.store.settled();
      const error = await ended;
      assert.equal(error.successor, undefined);
      assert.equal(
        error.message,
        `the runtime session of notebook ${at.notebookId} was ended in the notebook, for instance with "Clear All Runtimes", and ` +
          "no other runtime has taken over; start this one again to serve the notebook",
      );
      assert.deepEqual([at.person.request(request).status, at.model.requests.length], ["pending", 0]);
      await at.another().start();
      await at.person.requestIs(request, "completed");
    },
  );

  await t.step("a runtime that ended together with the agent is not its successor", async () => {
    await using at = await attach(server, []);
    const ended = endOf(at.agent);
    const capabilities = { canExecuteCode: true, canExecuteSql: false, canExecuteAi: false };
    const other = { sessionId: "other", runtimeId: "other", runtimeType: "html", capabilities };
    at.person.store.commit(events.runtimeSessionStarted(other));
    at.person.clearRuntimes();
    assert.equal((await ended).successor, undefined);
  });

  await t.step("Attachment.shutdown() ends an attachment that waits for its successor", async () => {
    const waits = Promise.withResolvers<void>();
    const options = attachmentOptions(server, {
      ...systemClock,
      setTimer(callback, delayMs) {
        if (delayMs === 3_000) waits.resolve();
        return systemClock.setTimer(callback, delayMs);
      },
    });
    await using person = await openClient(options);
    const attachment = await Attachment.start(options, new AbortController().signal);
    let end: unknown;
    attachment.ended.catch((error) => end = error);
    await person.until(tables.runtimeSessions.where({ isActive: true }), (sessions) => sessions.length > 0);
    person.clearRuntimes();
    await waits.promise;
    await attachment.shutdown();
    assert.ok(end instanceof DisplacedError);
  });

  await t.step("a new agent displaces an older agent with the same runtime id", async () => {
    await using at = await attach(server, answer(result("1")), { runtimeId: "the-same" });
    const displaced = assert.rejects(at.agent.keepAlive(), DisplacedError);
    await at.another().start();
    await displaced;
    const requests = at.person.runAll(["1", "2"].map((source) => at.person.addCell(source)));
    await at.person.requestIs(requests[1], "completed");
    assert.equal(at.model.requests.length, 2);
  });

  await t.step("one of several agents that start at once remains, and each cell runs once", async () => {
    await using at = await attach(server, answer(result("1")));
    const agents = [at.another(), at.another(), at.another()];
    await Promise.allSettled(agents.map((agent) => agent.start()));
    const ends = agents.map((agent) => agent.keepAlive().then(() => "shut down", (error) => error.name));
    await assert.rejects(at.agent.keepAlive(), DisplacedError);
    await at.person.until(tables.runtimeSessions.where({ isActive: true }), (rows) => rows.length === 1);
    const requests = at.person.runAll(["1", "2"].map((source) => at.person.addCell(source)));
    await at.person.requestIs(requests[1], "completed");
    assert.equal(at.model.requests.length, 2);
    await Promise.all(agents.map((agent) => agent.shutdown()));
    assert.deepEqual((await Promise.all(ends)).toSorted(), ["DisplacedError", "DisplacedError", "shut down"]);
  });
});
