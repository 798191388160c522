/**
 * One process that serves several notebooks.
 *
 * @module
 */

import assert from "node:assert/strict";
import { tables } from "../../../src/notebook/schema/mod.ts";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { answer, gate, result, stdout } from "../../support/scripted_answer.ts";
import type { ScriptSource } from "../../support/scripted_model_server.ts";
import { serveTwoNotebooks } from "./two_served_notebooks.ts";

Deno.test("aipython serves several notebooks", async (t) => {
  await using server = await startSyncServer();

  const serveTwo = (script: ScriptSource, environment?: Record<string, string>) =>
    serveTwoNotebooks(server, script, { environment });

  await t.step("aipython serves two notebooks at the same time and ends both sessions on Ctrl-C", async () => {
    await using two = await serveTwo(({ number }) => answer(stdout("begun\n"), gate("both"), stdout(`${number}\n`)));
    await two.attached();
    const cells = two.people.map((person, index) => person.addCell(`print(${index})`));
    const requests = two.people.map((person, index) => person.run(cells[index]));
    await Promise.all(two.people.map((person, index) => person.textHas(cells[index], "begun\n")));
    two.model.open("both");
    await Promise.all(two.people.map((person, index) => person.requestIs(requests[index], "completed")));
    for (const { body } of two.model.requests) {
      assert.match(JSON.stringify(body.messages), /print\(0\)|print\(1\)/);
      assert.doesNotMatch(JSON.stringify(body.messages), /print\(0\).*print\(1\)|print\(1\).*print\(0\)/);
    }
    assert.deepEqual(
      new Set(two.model.requests.map(({ body }) => body.prompt_cache_key)),
      new Set(two.ids),
    );
    two.command.kill("SIGINT");
    const { code, written } = await two.command.end();
    assert.equal(code, 130);
    for (const id of two.ids) assert.match(written, new RegExp(`session usage notebook=${id} cells=1 `));
    for (const person of two.people) {
      await person.until(tables.runtimeSessions, ([row]) => row.terminatedReason === "shutdown");
    }
  });

  await t.step("aipython sends at most as many model requests at once as its option allows", async () => {
    await using two = await serveTwo(({ number }) => number === 0 ? answer(gate("end")) : answer(result("2")), {
      AIPYTHON_MAX_CONCURRENT_REQUESTS: "1",
    });
    await two.attached();
    const [first, second] = two.people.map((person) => person.addCell("f()"));
    two.people[0].run(first);
    await two.model.reached("end");
    const waiting = two.people[1].run(second);
    await two.people[1].textHas(second, "sends one model request at a time (--max-concurrent-requests)", "stderr");
    assert.equal(two.model.requests.length, 1);
    two.model.open("end");
    await two.people[1].requestIs(waiting, "completed");
    two.command.kill("SIGTERM");
    assert.equal((await two.command.end()).code, 143);
  });

  await t.step("aipython continues with one notebook when another runtime takes the other over", async () => {
    await using two = await serveTwo(answer(result("1")));
    const [taken, kept] = two.ids;
    await two.attached();
    await two.takeOver(taken);
    await two.command.wrote(`another runtime has taken notebook ${taken} over`);
    const person = two.people[1];
    await person.requestIs(person.run(person.addCell("1")), "completed");
    await two.takeOver(kept);
    const { code, written } = await two.command.end();
    assert.equal(code, 4);
    for (const id of two.ids) assert.match(written, new RegExp(` error another runtime .* notebook=${id}\n`));
  });

  await t.step("aipython exits with 3 when the token is rejected for all notebooks", async () => {
    await using two = await serveTwo([], { AUTH_TOKEN: "wrong-token" });
    const { code, written } = await two.command.end();
    assert.equal(code, 3);
    for (const id of two.ids) {
      assert.match(written, new RegExp(` error .*does not accept the token.* notebook=${id}\n`));
    }
    assert.doesNotMatch(written, /wrong-token/);
  });

  await t.step("aipython exits with 2 when a notebook is given twice", async () => {
    await using two = await serveTwo([], { NOTEBOOK_ID: "lesson,lesson" });
    const { code, written } = await two.command.end();
    assert.equal(code, 2);
    assert.match(written, /wrong notebook id "lesson,lesson" \(from NOTEBOOK_ID\): .* each once; give --notebook ID/);
  });
});
