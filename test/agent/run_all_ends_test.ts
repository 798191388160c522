/**
 * Tests of the ends of cells after which Run All stops or continues, by the settings.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { AIPythonAgentOptions } from "../../mod.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { attach } from "../support/attached.ts";
import { answer, stderr, stdout, text } from "../support/scripted_answer.ts";
import type { Script, ScriptSource } from "../support/scripted_model_server.ts";
import { endsOf, play, runAll } from "./run_all.ts";

Deno.test("Run All stops or continues by the end of a cell", async (t) => {
  await using server = await startSyncServer();

  const refused: Script = { status: 401, body: { error: { message: "Incorrect API key provided." } } };
  for (const stopOnError of [true, false]) {
    await t.step(
      `a refused API key cancels the waiting requests of all people (stopOnError: ${stopOnError})`,
      async () => {
        const script: ScriptSource = (request) => request.number === 0 ? play(request) : refused;
        await using at = await attach(server, script, { stopOnError });
        const cells = ["wait", "a", "b", "c", "d"].map((source) => at.person.addCell(source));
        const first = at.person.run(cells[0]);
        await at.person.textHas(cells[0], "begun");
        const all = at.person.runAll([cells[1], cells[2]]);
        const alone = cells.slice(3).map((cell) => at.person.run(cell));
        await at.person.store.settled();
        at.model.open("wait");
        assert.deepEqual(await endsOf(at, [first, ...all, ...alone]), [
          "completed",
          "failed",
          ...Array(3).fill("cancelled"),
        ]);
        assert.equal(at.model.requests.length, 2, "no further model request is made");
        await at.person.textHas(cells[2], "This cell and 2 more were not run.\n", "stderr");
        assert.match(
          at.person.text(cells[2], "stderr"),
          /^\[AIPython\] The queue stopped at In \[2\], which ended with ModelError: .* refused the API key/,
        );
        assert.doesNotMatch(at.person.text(cells[2], "stderr"), /no-stop-on-error/);
        assert.deepEqual(cells.slice(3).map((cell) => at.person.text(cell, "stderr")), ["", ""]);
        assert.deepEqual(await endsOf(at, [at.person.run(cells[4])]), ["failed"], "a person can run the cell again");
      },
    );
  }

  const html: Script = { status: 200, headers: { "content-type": "text/html" }, body: "<html>" };
  const ends: [string, string[], Script, AIPythonAgentOptions, string[]][] = [
    ["Run All stops when the API key is refused", ["a", "b", "c"], refused, {}, ["failed", "cancelled", "cancelled"]],
    ["Run All stops when the session has spent its tokens", ["a", "b", "c"], answer(stdout("1\n")), {
      maxTokensPerSession: 1,
    }, ["completed", "failed", "cancelled"]],
    ["Run All continues after a failed model request", ["a", "b"], html, {}, ["failed", "failed"]],
    ["Run All continues after an answer in prose", ["a", "b"], answer(text("Sure!")), {}, ["failed", "failed"]],
    ["Run All continues after an output that was cut", ["a", "b"], answer(stdout("x".repeat(99))), {
      maxOutputPerCell: 9,
    }, [
      "failed",
      "failed",
    ]],
    ["Run All continues after a cell that is not code", ["select 1", "a"], answer(), {}, ["failed", "completed"]],
    ["Run All continues after a cell beyond maxCellsPerMinute", ["a", "b", "c"], answer(), { maxCellsPerMinute: 1 }, [
      "completed",
      "failed",
      "failed",
    ]],
    ["Run All continues after a cell of a user who is not allowed", ["a", "b"], answer(), { allowUsers: ["x"] }, [
      "failed",
      "failed",
    ]],
    ["Run All continues after warnings", ["a", "b"], answer(stderr("careful\n")), {}, ["completed", "completed"]],
  ];
  for (const [name, sources, script, options, expected] of ends) {
    await t.step(name, async () => {
      await using run = await runAll(server, sources, script, options);
      assert.deepEqual(await endsOf(run.at, run.requests), expected);
    });
  }

  await t.step("Run All continues after an exception and an interruption (stopOnError: false)", async () => {
    await using run = await runAll(server, ["raise", "wait", "a"], play, { stopOnError: false });
    const { at, cells, requests } = run;
    await at.person.textHas(cells[1], "begun");
    at.person.cancel(requests[1], cells[1]);
    assert.deepEqual(await endsOf(at, requests), ["failed", "cancelled", "completed"]);
    assert.deepEqual(cells.flatMap((cell) => at.person.text(cell, "stderr")), ["", "", ""]);
  });

  await t.step("Run All does not stop for failures before another runtime took over", async () => {
    await using run = await runAll(server, ["raise", "wait", "wait more", "b"], play, { stopOnError: false });
    const { at, cells, requests } = run;
    await at.person.textHas(cells[1], "begun");
    at.person.cancel(requests[1], cells[1]);
    await at.person.textHas(cells[2], "begun");
    await at.another({ stopOnError: true }).start();
    at.model.open("wait more");
    assert.deepEqual(await endsOf(at, requests), ["failed", "cancelled", "completed", "completed"]);
  });
});
