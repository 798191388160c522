/**
 * Tests of claims on cells: a session takes over the cells of a dead session, and leaves the claims of other sessions.
 *
 * @module
 */

import assert from "node:assert/strict";
import { events, tables } from "../../src/notebook/schema/mod.ts";
import { newNotebookId } from "../../stack/notebook_id.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { attach } from "../support/attached.ts";
import { openClient } from "../support/notebook_client.ts";
import { startTcpProxy } from "../support/tcp_proxy.ts";
import { answer, result, stdout } from "../support/scripted_answer.ts";

Deno.test("a runtime session runs each cell once", async (t) => {
  await using server = await startSyncServer();

  await t.step("a new session takes over the cells of a dead session in order", async () => {
    const notebookId = newNotebookId();
    const { syncUrl, authToken } = server;
    await using person = await openClient({ syncUrl, authToken, notebookId });
    const cells = ["1", "2", "3"].map((source) => person.addCell(source));
    const requests = person.runAll(cells);
    person.store.commit(
      events.runtimeSessionStarted({
        sessionId: "dead",
        runtimeId: "dead",
        runtimeType: "python",
        capabilities: { canExecuteCode: true, canExecuteSql: false, canExecuteAi: false },
      }),
      events.executionAssigned({ queueId: requests[0], runtimeSessionId: "dead" }),
      events.executionStarted({
        queueId: requests[0],
        cellId: cells[0],
        runtimeSessionId: "dead",
        startedAt: new Date(),
      }),
      events.terminalOutputAdded({
        id: "half",
        cellId: cells[0],
        position: 0,
        content: { type: "inline", data: "half" },
        streamName: "stdout",
      }),
      events.executionAssigned({ queueId: requests[1], runtimeSessionId: "dead" }),
    );
    await person.store.settled();
    await using at = await attach(server, ({ number }) => answer(stdout(`run ${number}\n`)));
    const agent = at.another({ notebookId });
    await agent.start();
    await person.requestIs(requests[2], "completed");
    assert.deepEqual(cells.map((cell) => person.text(cell)), ["run 0\n", "run 1\n", "run 2\n"]);
    await agent.shutdown();
  });

  await t.step("a cell that is cancelled before its claim arrives is not run", async () => {
    await using proxy = startTcpProxy(server.port);
    const syncUrl = server.syncUrl.replace(String(server.port), String(proxy.port));
    await using at = await attach(server, answer(result("1")), { syncUrl });
    const cell = at.person.addCell("1");
    proxy.stall("from client");
    const request = at.person.run(cell);
    await proxy.lostFromClient();
    at.person.cancel(request, cell);
    await at.person.store.settled();
    proxy.cut();
    await at.person.until(
      tables.executionQueue.where({ id: request }),
      ([row]) => row.status === "cancelled" && row.assignedRuntimeSession !== null,
    );
    await at.person.requestIs(at.person.run(cell), "completed");
    assert.equal(at.model.requests.length, 1);
  });

  await t.step("a cell that another runtime claims later is not run until that runtime has ended", async () => {
    await using proxy = startTcpProxy(server.port);
    const syncUrl = server.syncUrl.replace(String(server.port), String(proxy.port));
    await using at = await attach(server, answer(result("1")), { syncUrl });
    proxy.hold();
    const request = at.person.run(at.person.addCell("1"));
    await proxy.holding();
    proxy.stall("from server");
    proxy.release();
    await at.person.requestIs(request, "assigned");
    const capabilities = { canExecuteCode: true, canExecuteSql: false, canExecuteAi: false };
    at.person.store.commit(
      events.runtimeSessionStarted({ sessionId: "newer", runtimeId: "newer", runtimeType: "python", capabilities }),
      events.executionAssigned({ queueId: request, runtimeSessionId: "newer" }),
    );
    await at.person.store.settled();
    proxy.cut();
    const other = at.person.run(at.person.addCell("2"));
    await at.person.requestIs(other, "completed");
    assert.equal(at.person.request(request).assignedRuntimeSession, "newer");
    assert.equal(at.model.requests.length, 1);
    at.person.store.commit(events.runtimeSessionTerminated({ sessionId: "newer", reason: "timeout" }));
    await at.person.requestIs(request, "completed");
  });
});
