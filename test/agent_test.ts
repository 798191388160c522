import assert from "node:assert/strict";
import { AIPythonAgent, ConfigurationError, DisplacedError, RefusedError, SyncUnreachableError } from "../mod.ts";
import type { UsageEvent } from "../mod.ts";
import { silentLogger } from "../src/logger.ts";
import { events, tables } from "../src/notebook/schema/mod.ts";
import { startSyncServer } from "../stack/sync_server/start.ts";
import { parseCellTurn } from "../src/execution/cell_turn.ts";
import { attach } from "./support/attached.ts";
import { newNotebookId } from "../stack/notebook_id.ts";
import { openSocket, socketUrl } from "./stack/sync_server/sync_socket.ts";
import { startScriptedModel } from "./support/scripted_model_server.ts";
import { startTcpProxy } from "./support/tcp_proxy.ts";
import { openClient } from "./support/notebook_client.ts";
import { answer, callInPieces, error, gate, result, stderr, stdout } from "./support/scripted_answer.ts";

Deno.test("an agent serves a notebook", async (t) => {
  await using server = await startSyncServer();

  await t.step("executes a cell and completes its request", async () => {
    await using at = await attach(server, answer(stdout("hello\n"), result("6")));
    const cell = at.person.addCell("print('hello')\n1 + 2 + 3");
    const request = at.person.run(cell);
    await at.person.requestIs(request, "completed");
    const [text, value] = at.person.outputs(cell);
    assert.deepEqual([text.outputType, text.streamName, text.data], ["terminal", "stdout", "hello\n"]);
    assert.equal(value.outputType, "multimedia_result");
    assert.deepEqual(value.representations, { "text/plain": { type: "inline", data: "6" } });
    assert.equal(value.executionCount, at.person.request(request).executionCount);
    const [{ executionState, lastExecutionDurationMs }] = at.person.store.query(tables.cells.where({ id: cell }));
    assert.equal(executionState, "completed");
    assert.ok(lastExecutionDurationMs! > 0);
  });

  await t.step("shows the first characters of a print before the model has finished writing it", async () => {
    const script = answer(
      callInPieces("stdout", ['{"text":"first']),
      gate("half"),
      [{ type: "piece", text: ' second\\n"}' }],
    );
    await using at = await attach(server, script);
    const cell = at.person.addCell("print('first second')");
    const request = at.person.run(cell);
    await at.model.reached("half");
    await at.person.textHas(cell, "first");
    assert.equal(at.person.text(cell), "first");
    at.model.open("half");
    await at.person.requestIs(request, "completed");
    assert.equal(at.person.text(cell), "first second\n");
  });

  await t.step("completes a cell that raises with status error", async () => {
    await using at = await attach(server, answer(stderr("careful\n"), error("ValueError", "bad", ["a", "b"])));
    const cell = at.person.addCell("raise ValueError('bad')");
    const request = at.person.run(cell);
    await at.person.requestIs(request, "failed");
    const outputs = at.person.outputs(cell);
    assert.deepEqual(outputs.map((row) => row.outputType), ["terminal", "error"]);
    const { ename, evalue, traceback } = JSON.parse(outputs[1].data!);
    assert.deepEqual([ename, evalue], ["ValueError", "bad"]);
    assert.match(traceback.join("\n"), /ValueError.*Traceback \(most recent call last\)[^]*ValueError.*: bad/);
    assert.equal(at.person.store.query(tables.cells.where({ id: cell }))[0].executionState, "error");
  });

  await t.step("runs all cells one at a time, in order, and sends the earlier ones as history", async () => {
    await using at = await attach(server, ({ number }) => answer(gate(`cell ${number}`), stdout(`value ${number}\n`)));
    const cells = ["a = 1", "b = 2", "a + b"].map((source) => at.person.addCell(source));
    const requests = at.person.runAll(cells);
    for (const [number, request] of requests.entries()) {
      await at.model.reached(`cell ${number}`);
      assert.equal(at.model.requests.length, number + 1);
      await at.person.requestIs(request, "executing");
      at.model.open(`cell ${number}`);
    }
    await at.person.requestIs(requests[2], "completed");
    assert.deepEqual(
      at.model.requests[2].body.messages.filter((message: { role: string }) => message.role === "user")
        .map((message: { content: string }) => parseCellTurn(message.content)),
      ["a = 1", "b = 2", "a + b"].map((code, index) => ({ executionCount: index + 1, code })),
    );
    assert.match(JSON.stringify(at.model.requests[2].body.messages), /value 1/);
  });

  await t.step("clears the outputs of the run before, which Run All does not", async () => {
    await using at = await attach(server, ({ number }) => answer(stdout(`run ${number}\n`)));
    const cell = at.person.addCell("print('run')");
    const requests = at.person.runAll([cell, cell]);
    await at.person.requestIs(requests[1], "completed");
    assert.equal(at.person.text(cell), "run 1\n");
  });

  await t.step("aborts the model request at once when a cell is cancelled, and completes nothing", async () => {
    await using at = await attach(server, answer(stdout("so far\n"), gate("never")));
    const cell = at.person.addCell("while True: pass");
    const request = at.person.run(cell);
    await at.person.textHas(cell, "so far");
    at.person.cancel(request, cell);
    await at.model.disconnected(0);
    const next = at.person.addCell("1");
    at.model.open("never");
    await at.person.requestIs(at.person.run(next), "completed");
    assert.equal(at.person.request(request).status, "cancelled");
    assert.equal(at.person.store.query(tables.cells.where({ id: cell }))[0].executionState, "idle");
    assert.equal(at.person.text(cell), "so far\n");
  });

  await t.step("answers requests for a deleted cell and for a cell that is not code", async () => {
    await using at = await attach(server, answer(result("1")));
    const deleted = at.person.addCell("gone");
    const sql = at.person.addCell("select 1", "sql");
    at.person.store.commit(events.cellDeleted({ id: deleted }));
    const [first, second] = at.person.runAll([deleted, sql]);
    await at.person.requestIs(first, "cancelled");
    await at.person.requestIs(second, "failed");
    assert.match(at.person.outputs(sql)[0].data!, /code cells only/);
    assert.equal(at.model.requests.length, 0);
  });

  await t.step("stops a cell that is deleted while it runs", async () => {
    await using at = await attach(server, answer(gate("never")));
    const cell = at.person.addCell("while True: pass");
    const request = at.person.run(cell);
    await at.model.reached("never");
    at.person.store.commit(events.cellDeleted({ id: cell }));
    await at.model.disconnected(0);
    await at.person.requestIs(request, "cancelled");
  });

  await t.step("tells in the cell why the model failed", async () => {
    await using at = await attach(server, { status: 200, headers: { "content-type": "text/html" }, body: "<html>" });
    const cell = at.person.addCell("1");
    await at.person.requestIs(at.person.run(cell), "failed");
    const { ename, evalue } = JSON.parse(at.person.outputs(cell)[0].data!);
    assert.equal(ename, "ModelError");
    assert.match(evalue, new RegExp(at.model.host));
  });

  await t.step("tells what its cells cost, one by one and in all, and logs it at the end", async () => {
    const told: UsageEvent[] = [];
    const logged: unknown[] = [];
    const info = (message: string, fields?: unknown) => void (message === "session usage" && logged.push(fields));
    await using at = await attach(server, answer(stdout("1\n")), {
      onUsage: (usage) => void told.push(usage),
      logger: { ...silentLogger, info },
    });
    for (const code of ["print(1)", "# nothing", "print(1)"]) {
      await at.person.requestIs(at.person.run(at.person.addCell(code)), "completed");
    }
    const one = { requests: 1, input: 10, cachedInput: 0, output: 5 };
    const none = { requests: 0, input: 0, cachedInput: 0, output: 0 };
    const two = { requests: 2, input: 20, cachedInput: 0, output: 10 };
    assert.deepEqual(told, [
      { cell: one, session: { cells: 1, ...one } },
      { cell: none, session: { cells: 2, ...one } },
      { cell: one, session: { cells: 3, ...two } },
    ]);
    assert.deepEqual(at.agent.usage, { cells: 3, ...two });
    assert.deepEqual(logged, []);
    await at.agent.shutdown();
    assert.deepEqual(logged, [{ cells: 3, ...two }]);
  });

  await t.step("ends further cells with an error once the session has spent its tokens", async () => {
    await using at = await attach(server, answer(stdout("1\n")), { maxTokensPerSession: 15 });
    const [first, second] = ["print(1)", "print(2)"].map((code) => at.person.addCell(code));
    const requests = at.person.runAll([first, second]);
    await at.person.requestIs(requests[1], "failed");
    assert.equal(at.person.request(requests[0]).status, "completed");
    assert.match(JSON.parse(at.person.outputs(second)[0].data!).evalue, /has spent 15 tokens/);
    assert.equal(at.model.requests.length, 1);
  });

  await t.step("is announced, renewed and ended in the contract's order", async () => {
    await using at = await attach(server, []);
    const sessions = () => at.person.store.query(tables.runtimeSessions);
    await at.person.until(tables.runtimeSessions, ([row]) => row?.status === "ready" && row.expiresAt !== null);
    const [{ runtimeId, isActive, capabilities, lastRenewedAt, expiresAt }] = sessions();
    assert.equal(runtimeId, at.agent.settings.runtimeId);
    assert.equal(isActive, true);
    assert.deepEqual(capabilities, { canExecuteCode: true, canExecuteSql: false, canExecuteAi: false });
    assert.equal(expiresAt!.getTime() - lastRenewedAt!.getTime(), 30_000);
    const alive = at.agent.keepAlive();
    await at.agent.shutdown();
    await alive;
    await at.person.until(tables.runtimeSessions, ([row]) => row.terminatedReason === "shutdown");
  });

  await t.step("displaces an older agent, which stops with a DisplacedError", async () => {
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

  await t.step("displaces an older agent of the same runtime id, too", async () => {
    await using at = await attach(server, answer(result("1")), { runtimeId: "the-same" });
    const displaced = assert.rejects(at.agent.keepAlive(), DisplacedError);
    await at.another().start();
    await displaced;
    const requests = at.person.runAll(["1", "2"].map((source) => at.person.addCell(source)));
    await at.person.requestIs(requests[1], "completed");
    assert.equal(at.model.requests.length, 2);
  });

  await t.step("leaves one of two agents that start at once, and runs each cell once", async () => {
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

  await t.step("takes up what a dead session has left behind, in order", async () => {
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

  await t.step("does not run a cell that was cancelled before its claim had arrived", async () => {
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

  await t.step("does not run a cell that another runtime has claimed after it, until that one is gone", async () => {
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

  await t.step("remembers earlier cells after a restart", async () => {
    await using at = await attach(server, answer(result("1")));
    await at.person.requestIs(at.person.run(at.person.addCell("x = 1")), "completed");
    await at.agent.shutdown();
    await at.another().start();
    await at.person.requestIs(at.person.run(at.person.addCell("x")), "completed");
    assert.match(JSON.stringify(at.model.requests[1].body.messages), /x = 1/);
  });

  await t.step("cancels the running cell when it is shut down", async () => {
    await using at = await attach(server, answer(gate("never")));
    const request = at.person.run(at.person.addCell("while True: pass"));
    await at.model.reached("never");
    await at.agent.shutdown();
    await at.person.requestIs(request, "cancelled");
  });

  await t.step("refuses to start with a wrong token, and says so", async () => {
    const { syncUrl } = server;
    const common = { notebookId: newNotebookId(), syncUrl, apiKey: "k" };
    const agent = new AIPythonAgent({ ...common, authToken: "wrong-token" });
    await assert.rejects(agent.start(), (error: Error) => {
      assert.ok(error instanceof RefusedError);
      assert.equal(error.server, "sync");
      assert.match(error.message, /--auth-token/);
      assert.doesNotMatch(error.message, /wrong-token/);
      return true;
    });
  });
});

Deno.test("an agent gives up on a server that it cannot reach, within its timeout", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  const agent = new AIPythonAgent({
    notebookId: newNotebookId(),
    authToken: "t",
    apiKey: "k",
    syncUrl: `ws://127.0.0.1:${port}/livestore`,
    connectTimeout: 0.5,
  });
  await assert.rejects(agent.start(), SyncUnreachableError);
});

Deno.test("an agent goes on after the sync server was killed and restarted between two cells", async () => {
  const dataDir = await Deno.makeTempDir();
  let server = await startSyncServer({ dataDir });
  try {
    await using at = await attach(server, ({ number }) => answer(stdout(`run ${number}\n`)));
    const cells = ["first", "second"].map((source) => at.person.addCell(source));
    await at.person.requestIs(at.person.run(cells[0]), "completed");
    await at.person.store.settled();
    const { port } = server;
    await server.kill();
    server = await startSyncServer({ dataDir, port });
    await at.person.requestIs(at.person.run(cells[1]), "completed");
    assert.equal(at.person.text(cells[1]), "run 1\n");
  } finally {
    await server.stop();
    await Deno.remove(dataDir, { recursive: true });
  }
});

Deno.test("an agent ends when its token is refused on a reconnect", async () => {
  const dataDir = await Deno.makeTempDir();
  let server = await startSyncServer({ dataDir });
  try {
    const { port, syncUrl, authToken } = server;
    await using model = await startScriptedModel([]);
    const agent = new AIPythonAgent({
      notebookId: newNotebookId(),
      authToken,
      syncUrl,
      apiKey: "k",
      baseUrl: model.baseUrl,
    });
    await agent.start();
    await server.stop();
    const users = { "another-token": { id: "other", email: "other@localhost", name: "Other" } };
    server = await startSyncServer({ dataDir, port, users });
    await assert.rejects(agent.keepAlive(), (error: Error) => {
      assert.ok(error instanceof RefusedError);
      assert.match(error.message, /User must be authenticated/);
      return true;
    });
    await agent.shutdown();
  } finally {
    await server.stop();
    await Deno.remove(dataDir, { recursive: true });
  }
});

Deno.test("an agent names all settings that are missing, at once", () => {
  assert.throws(() => new AIPythonAgent({ maxHistoryLength: -1, notebookId: "" }), (error: Error) => {
    assert.ok(error instanceof ConfigurationError);
    assert.deepEqual(
      error.issues.map((issue) => issue.option),
      ["notebookId", "authToken", "apiKey", "maxHistoryLength"],
    );
    return true;
  });
});
