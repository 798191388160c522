/**
 * Tests of a cell's number in model requests: its position among the session's executions, whatever count its request carries.
 *
 * @module
 */

import assert from "node:assert/strict";
import { parseCellTurn } from "../../src/execution/prompt/cell_turn.ts";
import { HISTORY_RESET_KEY } from "../../src/notebook/history_reset.ts";
import { events } from "../../src/notebook/schema/mod.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { attach, type Attached } from "../support/attached.ts";
import { answer, call, error, gate, result, stdout } from "../support/scripted_answer.ts";
import { inTurn } from "../support/scripted_model_server.ts";

interface Turn {
  role: string;
  content: string | null;
  tool_calls?: { id: string }[];
}

const turnsOf = ({ model }: Attached, request: number): Turn[] => model.requests[request].body.messages;

/** Returns the numbers of the cells in a request. The last one is that of the cell to run. */
function numbersIn(at: Attached, request: number): (number | undefined)[] {
  const turns = turnsOf(at, request).filter(({ role }) => role === "user");
  return turns.map(({ content }) => parseCellTurn(content!)?.executionCount);
}

/** Adds a cell, runs it, and waits until it has ended. The request carries `count` if it is given. */
async function run({ person }: Attached, source: string, count?: number): Promise<{ cell: string; request: string }> {
  const cell = person.addCell(source);
  const request = person.run(cell, count);
  await person.requestIs(request, "completed", "failed");
  return { cell, request };
}

const failure = error("ZeroDivisionError", "division by zero", [
  "Traceback (most recent call last):",
  '  File "<ipython-input>", line 1, in <module>',
  "    1 / 0",
  "ZeroDivisionError: division by zero",
]);

Deno.test("a session numbers its executions", async (t) => {
  await using server = await startSyncServer();

  await t.step("executions are numbered in order although every request carries the count 1", async () => {
    await using at = await attach(server, answer(result("1")));
    for (const source of ["1", "1", "1"]) await run(at, source);
    assert.deepEqual([0, 1, 2].map((request) => numbersIn(at, request)), [[1], [1, 2], [1, 2, 3]]);
    assert.match(turnsOf(at, 1).at(-1)!.content!, /^In \[2\]: Out\[2\] unless None\n/);
  });

  await t.step("a cell that runs again gets a new number", async () => {
    await using at = await attach(server, answer(result("1")));
    const { cell } = await run(at, "1");
    await run(at, "1");
    await at.person.requestIs(at.person.run(cell), "completed");
    assert.deepEqual(numbersIn(at, 2), [1, 2, 3]);
    assert.equal(at.person.outputs(cell)[0].executionCount, 2);
  });

  await t.step("tracebacks have the execution number, and the notebook's events have the request's count", async () => {
    await using at = await attach(server, inTurn(answer(result("1")), answer(failure), answer(result("3"))));
    const [first, second, third] = [await run(at, "1"), await run(at, "1 / 0"), await run(at, "3")];
    const { traceback } = JSON.parse(at.person.outputs(second.cell)[0].data!);
    assert.match(traceback.join("\n"), /Cell.*In\[2\].*, line 1/);
    assert.deepEqual([first, third].map(({ cell }) => at.person.outputs(cell)[0].executionCount), [1, 1]);
    assert.deepEqual([first, third].map(({ request }) => at.person.request(request).executionCount), [1, 1]);
  });

  await t.step("the ids of tool calls are unique in a conversation", async () => {
    const invalid = call("no_such_tool", {});
    const script = inTurn(
      answer(result("1")),
      answer(result("2")),
      answer(stdout("c\n"), invalid),
      answer(result("3")),
    );
    await using at = await attach(server, script);
    for (const source of ["a()", "b()", "c()"]) await run(at, source);
    const ids = turnsOf(at, 3).flatMap(({ tool_calls = [] }) => tool_calls.map(({ id }) => id));
    assert.ok(ids.length >= 3, ids.join(" "));
    assert.deepEqual([...new Set(ids)], ids);
  });

  await t.step("requests that are cancelled before they start get no number", async () => {
    await using at = await attach(server, inTurn(answer(gate("running"), result("1")), answer(result("2"))));
    const cells = ["1", "1", "1"].map((source) => at.person.addCell(source));
    const requests = at.person.runAll(cells);
    await at.model.reached("running");
    at.person.cancel(requests[1], cells[1]);
    await at.person.store.settled();
    at.model.open("running");
    await at.person.requestIs(requests[2], "completed");
    assert.deepEqual(numbersIn(at, 1), [1, 2]);
  });

  await t.step("numbers continue with a new agent, and start at 1 after a history reset", async () => {
    await using at = await attach(server, answer(result("1")));
    await run(at, "1");
    await run(at, "1");
    await at.agent.shutdown();
    await at.another().start();
    await run(at, "1");
    assert.deepEqual(numbersIn(at, 2), [1, 2, 3]);
    at.person.store.commit(events.notebookMetadataSet({ key: HISTORY_RESET_KEY, value: "3" }));
    await run(at, "1");
    await run(at, "1", 7);
    await run(at, "1");
    assert.deepEqual([3, 4, 5].map((request) => numbersIn(at, request)), [[1], [1, 2], [1, 2, 3]]);
  });

  await t.step("a request that a second agent claims again keeps its number", async () => {
    const script = inTurn(
      answer(result("1")),
      answer(stdout("of the first\n"), gate("never")),
      answer(stdout("of the second\n")),
    );
    await using at = await attach(server, script);
    await run(at, "1");
    const cell = at.person.addCell("print()");
    const request = at.person.run(cell);
    await at.person.textHas(cell, "of the first");
    await at.another().start();
    await at.person.requestIs(request, "completed");
    assert.deepEqual([1, 2].map((index) => numbersIn(at, index)), [[1, 2], [1, 2]]);
    assert.equal(at.person.text(cell), "of the second\n");
    await run(at, "1");
    assert.deepEqual(numbersIn(at, 3), [1, 2, 3]);
    const sent = JSON.stringify(turnsOf(at, 3));
    assert.ok(sent.includes("of the second") && !sent.includes("of the first"));
  });
});
