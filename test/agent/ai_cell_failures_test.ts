/**
 * Tests of AI cells that are interrupted, claimed again, limited, or not answered. The received text stays, and a message explains the
 * rest.
 *
 * @module
 */

import assert from "node:assert/strict";
import { RequestLimiter } from "../../mod.ts";
import { tables } from "../../src/notebook/schema/mod.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { attach, type Attached } from "../support/attached.ts";
import { drawnAnswer } from "../support/drawn_answer.ts";
import { answer, cut, done, finish, gate, stdout, text, usage } from "../support/scripted_answer.ts";
import type { Script } from "../support/scripted_model_server.ts";

/** Returns the errors under a cell, as `ename: evalue`. */
const errorsOf = ({ person }: Attached, cell: string) =>
  person.outputs(cell).filter(({ outputType }) => outputType === "error").map(({ data }) => {
    const { ename, evalue } = JSON.parse(data!);
    return `${ename}: ${evalue}`;
  });

for (const api of ["chat", "responses"] as const) {
  Deno.test(`an AI cell shows why its answer is incomplete (${api} API)`, async (t) => {
    await using server = await startSyncServer();

    /** Runs an AI cell in a new notebook, and waits until it has ended. */
    const ask = async (script: Script, options: Parameters<typeof attach>[2] = {}) => {
      const at = await attach(server, script, { api, ...options });
      const cell = at.person.addCell("Really?", "ai");
      const request = at.person.run(cell);
      await at.person.requestIs(request, "completed", "failed");
      const { status } = at.person.request(request);
      return { at, cell, status, [Symbol.asyncDispose]: () => at[Symbol.asyncDispose]() };
    };

    await t.step("an interrupted answer keeps the received text, and a note reports the interruption", async () => {
      await using at = await attach(server, answer(text("It is"), gate("never"), text(" so.")), { api });
      const cell = at.person.addCell("Really?", "ai");
      const request = at.person.run(cell);
      await answerHasFirst(at, cell, "It is");
      at.person.cancel(request, cell);
      await at.model.disconnected(0);
      await at.person.textHas(cell, "[AIPython] The answer was interrupted.\n", "stderr");
      assert.equal(drawnAnswer(at.person, cell), "It is");
      assert.deepEqual([at.person.request(request).status, errorsOf(at, cell)], ["cancelled", []]);
      assert.equal(at.person.store.query(tables.cells.where({ id: cell }))[0].executionState, "idle");
    });

    await t.step("a second agent clears the text of the first one before it answers again", async () => {
      let asked = 0;
      const script = () => asked++ === 0 ? answer(text("Old."), gate("never")) : answer(text("New"), text(" words."));
      await using at = await attach(server, script, { api });
      const cell = at.person.addCell("Really?", "ai");
      const request = at.person.run(cell);
      await answerHasFirst(at, cell, "Old.");
      await at.another().start();
      await at.person.requestIs(request, "completed");
      assert.equal(drawnAnswer(at.person, cell), "New words.");
      assert.equal(at.person.outputs(cell).length, 1);
    });

    await t.step("a broken connection is reported after the received text", async () => {
      await using asked = await ask([...text("It is"), ...cut()]);
      assert.equal(asked.status, "failed");
      assert.equal(drawnAnswer(asked.at.person, asked.cell), "It is");
      assert.match(errorsOf(asked.at, asked.cell)[0], /^ModelError: /);
    });

    await t.step("an answer that reached the model's length limit is reported as an error", async () => {
      await using asked = await ask([...text("It is"), ...finish("length"), ...usage(), ...done()]);
      assert.equal(drawnAnswer(asked.at.person, asked.cell), "It is");
      assert.match(errorsOf(asked.at, asked.cell)[0], /^ModelError: The answer reached the model's length limit/);
    });

    await t.step("a tool call or an empty answer is reported as an error", async () => {
      await using called = await ask(answer(stdout("1\n")));
      assert.match(
        errorsOf(called.at, called.cell)[0],
        /^ModelError: The model called the tool "stdout" instead of answering/,
      );
      assert.equal(called.at.model.requests.length, 1);
      await using empty = await ask(answer());
      assert.match(errorsOf(empty.at, empty.cell)[0], /^ModelError: The model's answer was empty\./);
    });

    await t.step("the text beside a tool call is the answer", async () => {
      await using asked = await ask(answer(text("It is so."), stdout("1\n")));
      assert.deepEqual([asked.status, drawnAnswer(asked.at.person, asked.cell)], ["completed", "It is so."]);
      assert.equal(asked.at.person.text(asked.cell), "");
    });

    await t.step("the reason of a refusal by the model server is shown", async () => {
      await using asked = await ask({ status: 400, body: { error: { message: "The model is not loaded here." } } });
      assert.match(errorsOf(asked.at, asked.cell)[0], /^ModelError: .*"The model is not loaded here"/);
    });

    await t.step("an answer is cut at maxOutputPerCell", async () => {
      await using asked = await ask(answer(text("0123456789"), text("0123456789"), gate("never")), {
        maxOutputPerCell: 15,
      });
      assert.equal(drawnAnswer(asked.at.person, asked.cell), "012345678901234");
      assert.equal(asked.status, "failed");
      assert.match(asked.at.person.text(asked.cell, "stderr"), /^\[AIPython\] The output was cut after 15 characters/);
    });

    await t.step("no model request is made once the session has spent its tokens", async () => {
      await using asked = await ask(answer(text("Yes.")), { maxTokensPerSession: 1 });
      const again = asked.at.person.run(asked.cell);
      await asked.at.person.requestIs(again, "failed");
      assert.match(errorsOf(asked.at, asked.cell)[0], /^ModelError: This session has spent 15 tokens/);
      assert.equal(asked.at.model.requests.length, 1);
      assert.deepEqual(asked.at.agent.usage, { cells: 2, requests: 1, input: 10, cachedInput: 0, output: 5 });
    });
  });
}

Deno.test("AI cells obey the same limits as code cells", async (t) => {
  await using server = await startSyncServer();

  await t.step("maxCellsPerMinute applies to AI cells", async () => {
    await using at = await attach(server, answer(text("Yes.")), { maxCellsPerMinute: 1 });
    const cells = ["One?", "Two?"].map((question) => at.person.addCell(question, "ai"));
    const requests = at.person.runAll(cells);
    await at.person.requestIs(requests[1], "failed");
    assert.match(errorsOf(at, cells[1])[0], /^RefusedByAIPython: .*at most 1 cells a minute/);
    assert.equal(drawnAnswer(at.person, cells[0]), "Yes.");
  });

  await t.step("an AI cell waits for the request limiter and shows that it waits", async () => {
    const requestLimiter = new RequestLimiter(1);
    await using busy = await attach(server, answer(stdout("a\n"), gate("end")), { requestLimiter });
    await using at = await attach(server, answer(text("Yes.")), { requestLimiter });
    const running = busy.person.run(busy.person.addCell("f()"));
    await busy.model.reached("end");
    const cell = at.person.addCell("Really?", "ai");
    const request = at.person.run(cell);
    await at.person.textHas(cell, "waits for its turn", "stderr");
    busy.model.open("end");
    await at.person.requestIs(request, "completed");
    await busy.person.requestIs(running, "completed");
    assert.deepEqual([drawnAnswer(at.person, cell), at.person.text(cell, "stderr")], ["Yes.", ""]);
  });

  await t.step("an interrupted AI cell stops Run All like a code cell", async () => {
    const script = answer(text("It is"), gate("never"));
    await using at = await attach(server, script);
    const cells = [at.person.addCell("Really?", "ai"), at.person.addCell("1 + 1")];
    const requests = at.person.runAll(cells);
    await answerHasFirst(at, cells[0], "It is");
    at.person.cancel(requests[0], cells[0]);
    await at.person.requestIs(requests[1], "cancelled");
    assert.match(at.person.text(cells[1], "stderr"), /Run All stopped at a cell, which was interrupted/);
    assert.equal(at.model.requests.length, 1);
  });

  await t.step("the reasoning text is removed from an answer that marks only its end", async () => {
    await using at = await attach(server, answer(text("Hm."), gate("half"), text("\n</think>\n\nYes.")));
    const cell = at.person.addCell("Really?", "ai");
    const request = at.person.run(cell);
    await answerHasFirst(at, cell, "Hm.");
    at.model.open("half");
    await at.person.requestIs(request, "completed");
    assert.equal(drawnAnswer(at.person, cell), "Yes.");
  });
});

/** Resolves once an output of a cell begins with this text. */
async function answerHasFirst({ person }: Attached, cell: string, beginning: string): Promise<void> {
  await person.until(
    tables.outputs.where({ cellId: cell }),
    (rows) => rows.some(({ data }) => data?.startsWith(beginning)),
  );
}
