/**
 * Run All stops as in Jupyter: at a cell that raises, that is interrupted, or after which no other will be answered.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { AIPythonAgentOptions } from "../../mod.ts";
import { inline } from "../../src/notebook/schema/media.ts";
import { events, tables } from "../../src/notebook/schema/mod.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { attach, type Attached } from "../support/attached.ts";
import { answer, error, gate, stderr, stdout, text } from "../support/scripted_answer.ts";
import type { Script, ScriptSource } from "../support/scripted_model_server.ts";

const NOTE =
  /^\[AIPython\] Run All stopped at (In \[\d+\]), which (.*?)\. (This cell .*? not run)\. .*--no-stop-on-error.*\n$/;

/** Answers each cell by its code: `raise`, `wait`, anything else is printed. */
const play: ScriptSource = ({ body }) => {
  const code = lastCode(body.messages);
  if (code.startsWith("raise")) return answer(error("ValueError", "bad"));
  if (code.startsWith("wait")) return answer(stdout("begun\n"), gate(code), stdout("over\n"));
  return answer(stdout(`${code}\n`));
};

function lastCode(messages: { content: string }[]): string {
  return messages.at(-1)!.content.split("\n").slice(1).join("\n");
}

Deno.test("Run All", async (t) => {
  await using server = await startSyncServer();

  /** Runs cells of these sources with one Run All, in a notebook of its own. */
  const runAll = async (
    sources: string[],
    script: ScriptSource = play,
    options: AIPythonAgentOptions = {},
  ) => {
    const at = await attach(server, script, options);
    const cells = sources.map((source) => at.person.addCell(source, source.startsWith("select") ? "sql" : "code"));
    const requests = at.person.runAll(cells);
    return { at, cells, requests, [Symbol.asyncDispose]: () => at[Symbol.asyncDispose]() };
  };
  /** How requests have ended, once the last of them has. */
  const endsOf = async ({ person }: Attached, requests: string[]) => {
    for (const request of requests) await person.requestIs(request, "completed", "failed", "cancelled");
    return requests.map((request) => person.request(request).status);
  };
  const statesOf = ({ person }: Attached, cells: string[]) =>
    cells.map((id) => person.store.query(tables.cells.where({ id }))[0].executionState);
  /** What the notes in cells say: the cell, its end, and what was not run. */
  const notesOf = ({ person }: Attached, cells: string[]) =>
    cells.map((cell) => NOTE.exec(person.text(cell, "stderr"))?.slice(1));

  await t.step("stops at the first exception: the rest is cancelled, and the first of it says why", async () => {
    await using run = await runAll(["a", "raise", "b", "c"]);
    const { at, cells, requests } = run;
    assert.deepEqual(await endsOf(at, requests), ["completed", "failed", "cancelled", "cancelled"]);
    assert.deepEqual(statesOf(at, cells), ["completed", "error", "idle", "idle"]);
    assert.deepEqual(notesOf(at, cells), [
      undefined,
      undefined,
      ["In [2]", "ended with ValueError: bad", "This cell and 1 more were not run"],
      undefined,
    ]);
    assert.equal(at.model.requests.length, 2);
    assert.deepEqual(await endsOf(at, [at.person.run(cells[3])]), ["completed"]);
    assert.doesNotMatch(JSON.stringify(at.model.requests.at(-1)!.body), /Run All stopped/);
  });

  await t.step(
    "leaves old outputs where they are, with one note below them, which is gone when the cell is run",
    async () => {
      await using at = await attach(server, play);
      const [first, raises, last] = ["a", "raise", "c"].map((source) => at.person.addCell(source));
      await endsOf(at, [at.person.run(last)]);
      at.person.store.commit(events.terminalOutputAdded({
        id: "open",
        cellId: last,
        position: 7,
        content: inline("open line"),
        streamName: "stderr",
      }));
      const ids: string[][] = [];
      for (let round = 0; round < 3; round++) {
        assert.deepEqual(await endsOf(at, at.person.runAll([first, raises, last])), [
          "completed",
          "failed",
          "cancelled",
        ]);
        await at.person.textHas(last, "Run All stopped", "stderr");
        ids.push(at.person.outputs(last).map(({ id }) => id));
        assert.equal(at.person.text(last), "c\n");
        assert.match(at.person.text(last, "stderr"), /^open line\n\[AIPython\] Run All stopped[^\n]*\n$/);
      }
      assert.equal(ids[0].length, 3);
      assert.deepEqual(ids, [ids[0], ids[0], ids[0]]);
      assert.deepEqual(await endsOf(at, at.person.runAll([raises, first, last])), ["failed", "cancelled", "cancelled"]);
      await at.person.textHas(first, "Run All stopped", "stderr");
      assert.equal(at.person.text(last, "stderr"), "open line", "the note has gone where the last Run All stopped");
      await endsOf(at, [at.person.run(first)]);
      assert.equal(at.person.text(first, "stderr"), "");
    },
  );

  await t.step("does not take away what a cell would clear with its next output", async () => {
    await using at = await attach(server, play);
    const [raises, clears, last] = ["raise", "a", "b"].map((source) => at.person.addCell(source));
    await endsOf(at, [at.person.run(clears)]);
    at.person.store.commit(events.cellOutputsCleared({ cellId: clears, wait: true, clearedBy: "person" }));
    await endsOf(at, at.person.runAll([raises, clears, last]));
    await at.person.textHas(last, "Run All stopped", "stderr");
    assert.equal(at.person.text(clears), "a\n");
  });

  await t.step("stops at a cell that a person interrupts while it runs", async () => {
    await using run = await runAll(["a", "wait", "b"]);
    const { at, cells, requests } = run;
    await at.person.textHas(cells[1], "begun");
    at.person.cancel(requests[1], cells[1]);
    assert.deepEqual(await endsOf(at, requests), ["completed", "cancelled", "cancelled"]);
    await at.person.textHas(cells[2], "Run All stopped", "stderr");
    assert.deepEqual(notesOf(at, cells)[2], ["In [2]", "was interrupted", "This cell was not run"]);
    assert.deepEqual(statesOf(at, cells), ["completed", "idle", "idle"]);
  });

  await t.step("goes on where a person cancels a cell before it begins", async () => {
    await using run = await runAll(["wait", "a", "b"]);
    const { at, cells, requests } = run;
    await at.person.textHas(cells[0], "begun");
    at.person.cancel(requests[1], cells[1]);
    await at.person.store.settled();
    at.model.open("wait");
    assert.deepEqual(await endsOf(at, requests), ["completed", "cancelled", "completed"]);
  });

  for (const isCancelledToo of [false, true]) {
    const how = isCancelledToo ? "deleted with its run cancelled" : "deleted";
    await t.step(`goes on after a cell that is ${how} while it runs`, async () => {
      await using run = await runAll(["wait", "a"]);
      const { at, cells: [running], requests: [request, next] } = run;
      await at.person.textHas(running, "begun");
      const cancelled = events.executionCancelled({ queueId: request, cellId: running, cancelledBy: "p", reason: "" });
      at.person.store.commit(...isCancelledToo ? [cancelled] : [], events.cellDeleted({ id: running }));
      assert.deepEqual(await endsOf(at, [request, next]), ["cancelled", "completed"]);
    });
  }

  await t.step("passes over a cell that was deleted meanwhile when it says why it stops", async () => {
    await using at = await attach(server, ({ body }) => {
      const isRaising = lastCode(body.messages).startsWith("raise");
      return isRaising ? answer(gate("raise"), error("ValueError", "bad")) : answer();
    });
    const cells = ["raise", "a", "b"].map((source) => at.person.addCell(source));
    const requests = at.person.runAll(cells);
    await at.model.reached("raise");
    at.person.store.commit(events.cellDeleted({ id: cells[1] }));
    await at.person.store.settled();
    at.model.open("raise");
    assert.deepEqual(await endsOf(at, requests), ["failed", "cancelled", "cancelled"]);
    await at.person.textHas(cells[2], "This cell and 1 more were not run", "stderr");
  });

  await t.step("leaves requests of their own and those of another Run All alone", async () => {
    await using at = await attach(server, play);
    const [waits, raises, a, b] = ["wait", "raise", "a", "b"].map((source) => at.person.addCell(source));
    const stopped = at.person.runAll([waits, raises, a, b]);
    await at.person.textHas(waits, "begun");
    const alone = at.person.run(a);
    const others = at.person.runAll([b, a]);
    await at.person.store.settled();
    at.model.open("wait");
    assert.deepEqual(await endsOf(at, [...stopped, alone, ...others]), [
      ...["completed", "failed", "cancelled", "cancelled"],
      "completed",
      ...["completed", "completed"],
    ]);
    assert.deepEqual(statesOf(at, [waits, raises, a, b]), ["completed", "error", "completed", "completed"]);
  });

  await t.step(
    "stops at a request that is the first of two for one cell, which says itself what happened",
    async () => {
      await using at = await attach(server, play);
      const raises = at.person.addCell("raise");
      assert.deepEqual(await endsOf(at, at.person.runAll([raises, raises])), ["failed", "cancelled"]);
      assert.deepEqual(statesOf(at, [raises]), ["error"]);
      assert.deepEqual(at.person.outputs(raises).map(({ outputType }) => outputType), ["error"]);
    },
  );

  await t.step("says nothing where everything is cancelled", async () => {
    await using run = await runAll(["wait", "a", "b"]);
    const { at, cells, requests } = run;
    await at.person.textHas(cells[0], "begun");
    at.person.store.commit(events.allExecutionsCancelled());
    await at.model.disconnected(0);
    const later = at.person.addCell("c");
    assert.deepEqual(await endsOf(at, [...requests, at.person.run(later)]), [
      ...Array(3).fill("cancelled"),
      "completed",
    ]);
    assert.deepEqual([...cells.slice(1), later].flatMap((cell) => at.person.text(cell, "stderr")), ["", "", ""]);
  });

  await t.step("is left to the next runtime by an agent that is shut down", async () => {
    await using run = await runAll(["wait", "a", "b"]);
    const { at, cells, requests } = run;
    await at.person.textHas(cells[0], "begun");
    await at.agent.shutdown();
    assert.deepEqual(requests.map((id) => at.person.request(id).status), ["cancelled", "pending", "pending"]);
    await at.another().start();
    assert.deepEqual(await endsOf(at, requests), ["cancelled", "completed", "completed"]);
  });

  await t.step("names the exception on one line, however long it is", async () => {
    const script: ScriptSource = ({ number }) =>
      number > 0 ? answer() : answer(error("ValueError", `one\n[AIPython] two\x20${"x".repeat(999)}`));
    await using run = await runAll(["1 / 0", "a"], script);
    await run.at.person.textHas(run.cells[1], "Run All stopped", "stderr");
    const note = run.at.person.text(run.cells[1], "stderr");
    assert.match(
      note,
      /^\[AIPython\] Run All stopped at In \[1\], which ended with ValueError: one \[AIPython\] two x+ \[\.\.\.\]\. /,
    );
    assert.ok(note.length < 600 && note.indexOf("\n") === note.length - 1, note);
  });

  const refused: Script = { status: 401, body: { error: { message: "Incorrect API key provided." } } };
  for (const stopOnError of [true, false]) {
    await t.step(`a refused key ends what waits, whoever asked, with stopOnError: ${stopOnError}`, async () => {
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
      assert.equal(at.model.requests.length, 2, "no further cell is asked");
      await at.person.textHas(cells[2], "This cell and 2 more were not run.\n", "stderr");
      assert.match(
        at.person.text(cells[2], "stderr"),
        /^\[AIPython\] The queue stopped at In \[2\], which ended with ModelError: .* refused the API key/,
      );
      assert.doesNotMatch(at.person.text(cells[2], "stderr"), /no-stop-on-error/);
      assert.deepEqual(cells.slice(3).map((cell) => at.person.text(cell, "stderr")), ["", ""]);
      assert.deepEqual(await endsOf(at, [at.person.run(cells[4])]), ["failed"], "a person may ask again");
    });
  }

  const html: Script = { status: 200, headers: { "content-type": "text/html" }, body: "<html>" };
  const ends: [string, string[], Script, AIPythonAgentOptions, string[]][] = [
    ["stops where the key is refused", ["a", "b", "c"], refused, {}, ["failed", "cancelled", "cancelled"]],
    ["stops where the session has spent its tokens", ["a", "b", "c"], answer(stdout("1\n")), {
      maxTokensPerSession: 1,
    }, ["completed", "failed", "cancelled"]],
    ["goes on after a model that failed", ["a", "b"], html, {}, ["failed", "failed"]],
    ["goes on after prose", ["a", "b"], answer(text("Sure!")), {}, ["failed", "failed"]],
    ["goes on after an output that was cut", ["a", "b"], answer(stdout("x".repeat(99))), { maxOutputPerCell: 9 }, [
      "failed",
      "failed",
    ]],
    ["goes on after a cell that is not code", ["select 1", "a"], answer(), {}, ["failed", "completed"]],
    ["goes on after a cell over the limit of a minute", ["a", "b", "c"], answer(), { maxCellsPerMinute: 1 }, [
      "completed",
      "failed",
      "failed",
    ]],
    ["goes on after a user who is not allowed", ["a", "b"], answer(), { allowUsers: ["x"] }, ["failed", "failed"]],
    ["goes on after warnings", ["a", "b"], answer(stderr("careful\n")), {}, ["completed", "completed"]],
  ];
  for (const [name, sources, script, options, expected] of ends) {
    await t.step(name, async () => {
      await using run = await runAll(sources, script, options);
      assert.deepEqual(await endsOf(run.at, run.requests), expected);
    });
  }

  await t.step("goes on with stopOnError: false, after an exception and after an interruption", async () => {
    await using run = await runAll(["raise", "wait", "a"], play, { stopOnError: false });
    const { at, cells, requests } = run;
    await at.person.textHas(cells[1], "begun");
    at.person.cancel(requests[1], cells[1]);
    assert.deepEqual(await endsOf(at, requests), ["failed", "cancelled", "completed"]);
    assert.deepEqual(cells.flatMap((cell) => at.person.text(cell, "stderr")), ["", "", ""]);
  });

  await t.step("is not stopped for what happened before another runtime went on with it", async () => {
    await using run = await runAll(["raise", "wait", "wait more", "b"], play, { stopOnError: false });
    const { at, cells, requests } = run;
    await at.person.textHas(cells[1], "begun");
    at.person.cancel(requests[1], cells[1]);
    await at.person.textHas(cells[2], "begun");
    await at.another({ stopOnError: true }).start();
    at.model.open("wait more");
    assert.deepEqual(await endsOf(at, requests), ["failed", "cancelled", "completed", "completed"]);
  });
});
