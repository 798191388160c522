import assert from "node:assert/strict";
import type { CellTrace, UsageEvent } from "../../mod.ts";
import { silentLogger } from "../../src/logger.ts";
import { parseCellTurn } from "../../src/execution/prompt/cell_turn.ts";
import { events, tables } from "../../src/notebook/schema/mod.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { attach } from "../support/attached.ts";
import { answer, callInPieces, error, gate, result, stderr, stdout } from "../support/scripted_answer.ts";

Deno.test("an agent executes the cells of a notebook", async (t) => {
  await using server = await startSyncServer();

  await t.step("a cell's outputs are added and its request completes", async () => {
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

  await t.step("the beginning of a printed text is shown before the model has finished it", async () => {
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

  await t.step("a cell that raises an exception fails with a traceback", async () => {
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

  await t.step("Run All runs one cell at a time, in order, with the earlier cells as history", async () => {
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
    assert.equal(at.model.requests[2].body.tools.length, 5, "a notebook has no tool that asks for input");
  });

  await t.step("a cell loses its earlier outputs when Run All runs it again", async () => {
    await using at = await attach(server, ({ number }) => answer(stdout(`run ${number}\n`)));
    const cell = at.person.addCell("print('run')");
    const requests = at.person.runAll([cell, cell]);
    await at.person.requestIs(requests[1], "completed");
    assert.equal(at.person.text(cell), "run 1\n");
  });

  await t.step("a cancelled cell aborts its model request at once and is not completed", async () => {
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

  await t.step("requests for deleted cells are cancelled, and requests for SQL cells fail", async () => {
    await using at = await attach(server, answer(result("1")));
    const deleted = at.person.addCell("gone");
    const sql = at.person.addCell("select 1", "sql");
    at.person.store.commit(events.cellDeleted({ id: deleted }));
    const [first, second] = at.person.runAll([deleted, sql]);
    await at.person.requestIs(first, "cancelled");
    await at.person.requestIs(second, "failed");
    assert.match(at.person.outputs(sql)[0].data!, /code cells only, and this is an SQL cell\."/);
    assert.equal(at.model.requests.length, 0);
  });

  await t.step("a cell that is deleted while it runs is stopped", async () => {
    await using at = await attach(server, answer(gate("never")));
    const cell = at.person.addCell("while True: pass");
    const request = at.person.run(cell);
    await at.model.reached("never");
    at.person.store.commit(events.cellDeleted({ id: cell }));
    await at.model.disconnected(0);
    await at.person.requestIs(request, "cancelled");
  });

  await t.step("a cell shows that it waits for the model server, and the note is removed afterwards", async () => {
    const limited = { status: 429, headers: { "retry-after-ms": "1600" }, body: { error: { message: "Slow down." } } };
    const replies = [limited, answer(stdout("a\n")), answer(stdout("b\n"))];
    await using at = await attach(server, () => replies.shift()!);
    const cell = at.person.addCell("print('a')");
    const request = at.person.run(cell);
    await at.person.until(
      tables.outputs.where({ cellId: cell }),
      () => /^\[AIPython\] .*asked again in 2 s\.\n$/s.test(at.person.text(cell, "stderr")),
    );
    await at.person.requestIs(request, "completed");
    assert.deepEqual([at.person.text(cell), at.person.text(cell, "stderr")], ["a\n", ""]);
    await at.person.requestIs(at.person.run(at.person.addCell("print('b')")), "completed");
    assert.doesNotMatch(JSON.stringify(at.model.requests.at(-1)!.body.messages.slice(1)), /stderr|asked again/);
  });

  await t.step("a cell shows why its model request failed", async () => {
    await using at = await attach(server, { status: 200, headers: { "content-type": "text/html" }, body: "<html>" });
    const cell = at.person.addCell("1");
    await at.person.requestIs(at.person.run(cell), "failed");
    const { ename, evalue } = JSON.parse(at.person.outputs(cell)[0].data!);
    assert.equal(ename, "ModelError");
    assert.match(evalue, new RegExp(at.model.host));
  });

  await t.step("onUsage reports the usage of each cell, and the total is logged at shutdown", async () => {
    const reported: UsageEvent[] = [];
    const logged: unknown[] = [];
    const info = (message: string, fields?: unknown) => void (message === "session usage" && logged.push(fields));
    await using at = await attach(server, answer(stdout("1\n")), {
      onUsage: (usage) => void reported.push(usage),
      logger: { ...silentLogger, info },
    });
    const cells = ["print(1)", "# nothing", "print(1)"].map((code) => at.person.addCell(code));
    for (const cell of cells) await at.person.requestIs(at.person.run(cell), "completed");
    const one = { requests: 1, input: 10, cachedInput: 0, output: 5 };
    const none = { requests: 0, input: 0, cachedInput: 0, output: 0 };
    const two = { requests: 2, input: 20, cachedInput: 0, output: 10 };
    assert.deepEqual(reported, [
      { cellId: cells[0], cell: one, session: { cells: 1, ...one } },
      { cellId: cells[1], cell: none, session: { cells: 2, ...one } },
      { cellId: cells[2], cell: one, session: { cells: 3, ...two } },
    ]);
    assert.deepEqual(at.agent.usage, { cells: 3, ...two });
    assert.deepEqual(logged, []);
    await at.agent.shutdown();
    assert.deepEqual(logged, [{ cells: 3, ...two }]);
  });

  await t.step("onTrace receives a cell's trace without secrets, and an error in the listener is logged", async () => {
    const reported: CellTrace[] = [];
    const errors: string[] = [];
    await using at = await attach(server, answer(stdout("test-key\n")), {
      onTrace: (trace) => {
        reported.push(trace);
        throw new Error("no room");
      },
      logger: { ...silentLogger, error: (message, fields) => void errors.push(`${message}: ${fields?.error}`) },
    });
    const cell = at.person.addCell("print('test-key')");
    const request = at.person.run(cell);
    await at.person.requestIs(request, "completed");
    assert.deepEqual(errors, ["onTrace failed: Error: no room"]);
    const [{ notebookId, cellId, queueId, ended, requests }] = reported;
    assert.deepEqual([notebookId, cellId, queueId, ended], [at.notebookId, cell, request, "success"]);
    assert.deepEqual(requests[0].reply, [{ type: "call", name: "stdout", arguments: '{"text":"[hidden]\\n"}' }]);
    assert.match(requests[0].turns[0].content, /print\('\[hidden\]'\)/);
  });

  await t.step("cells fail once the session has spent its tokens", async () => {
    await using at = await attach(server, answer(stdout("1\n")), { maxTokensPerSession: 15 });
    const [first, second] = ["print(1)", "print(2)"].map((code) => at.person.addCell(code));
    const requests = at.person.runAll([first, second]);
    await at.person.requestIs(requests[1], "failed");
    assert.equal(at.person.request(requests[0]).status, "completed");
    assert.match(JSON.parse(at.person.outputs(second)[0].data!).evalue, /has spent 15 tokens/);
    assert.equal(at.model.requests.length, 1);
  });

  await t.step("onUsage reports costs, and cells fail once the session has reached its cost limit", async () => {
    const reported: UsageEvent[] = [];
    await using at = await attach(server, answer(stdout("1\n")), {
      price: { input: 1_000, cachedInput: 1_000, output: 2_000 },
      maxCostPerSession: 0.02,
      onUsage: (usage) => void reported.push(usage),
    });
    const [first, second] = ["print(1)", "print(2)"].map((code) => at.person.addCell(code));
    const requests = at.person.runAll([first, second]);
    await at.person.requestIs(requests[1], "failed");
    assert.deepEqual(reported.map(({ cell, session }) => [cell.cost, session.cost]), [[0.02, 0.02], [0, 0.02]]);
    assert.match(JSON.parse(at.person.outputs(second)[0].data!).evalue, /has spent \$0\.02, and its limit is \$0\.02/);
    assert.equal(at.model.requests.length, 1);
  });

  await t.step("a restarted agent remembers earlier cells", async () => {
    await using at = await attach(server, answer(result("1")));
    await at.person.requestIs(at.person.run(at.person.addCell("x = 1")), "completed");
    await at.agent.shutdown();
    await at.another().start();
    await at.person.requestIs(at.person.run(at.person.addCell("x")), "completed");
    assert.match(JSON.stringify(at.model.requests[1].body.messages), /x = 1/);
  });

  await t.step("a shutdown cancels the running cell", async () => {
    await using at = await attach(server, answer(gate("never")));
    const request = at.person.run(at.person.addCell("while True: pass"));
    await at.model.reached("never");
    await at.agent.shutdown();
    await at.person.requestIs(request, "cancelled");
  });
});
