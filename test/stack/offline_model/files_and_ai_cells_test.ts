/**
 * A notebook with an uploaded file and AI cells, run with the offline model. Python reads the file, and AI cells are answered with the
 * note that there is no language model.
 *
 * @module
 */

import assert from "node:assert/strict";
import { startOfflineModel } from "../../../stack/offline_model/offline_model.ts";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { attach } from "../../support/attached.ts";
import { drawnAnswer } from "../../support/drawn_answer.ts";
import { fixQuestion } from "../../support/fix_question.ts";
import { uploadFile } from "../../support/uploaded_file.ts";

const READ = "import csv\nrows = list(csv.DictReader(open('eggs.csv')))\nsum(int(row['eggs']) for row in rows)";
const HONEST = /^There is no language model here: /;

Deno.test("a notebook with a file and AI cells runs with the offline model", async (t) => {
  await using server = await startSyncServer();
  await using model = await startOfflineModel({ forgetful: true });
  const { url: baseUrl, apiKey, name } = model;
  await using at = await attach(server, [], { baseUrl, apiKey, model: name });
  const { person, notebookId } = at;

  /** Runs a cell and returns its status and what it shows: a result, an error as it is stored, or an answer as it is drawn. */
  const run = async (source: string, cellType: "code" | "ai" = "code") => {
    const cell = person.addCell(source, cellType);
    const request = person.run(cell);
    await person.requestIs(request, "completed", "failed");
    const { status } = person.request(request);
    if (cellType === "ai") return [status, drawnAnswer(person, cell)];
    const shown = person.outputs(cell).map(({ representations, data }) => {
      const result = representations?.["text/plain"];
      return result?.type === "inline" ? result.data : data;
    });
    return [status, shown.join("\n")];
  };
  const upload = async (content: string) =>
    person.store.commit(await uploadFile({ ...server, notebookId, fileName: "eggs.csv", content }));

  await t.step("a code cell reads the uploaded file", async () => {
    await upload("day,eggs\nMon,3\nTue,4\n");
    assert.deepEqual(await run(READ), ["completed", "7"]);
  });

  await t.step("a question is answered with the note that there is no language model", async () => {
    const [status, shown] = await run("What is in eggs.csv?", "ai");
    assert.equal(status, "completed");
    assert.match(shown, HONEST);
  });

  await t.step("a fix question is answered with the same note, and later cells still run", async () => {
    const [status, shown] = await run("rows[0]['egs']");
    assert.equal(status, "failed");
    const error = JSON.parse(shown);
    assert.deepEqual([error.ename, error.evalue], ["KeyError", "'egs'"]);
    assert.match((await run(fixQuestion(error), "ai"))[1], HONEST);
    assert.deepEqual(await run("rows[0]['eggs']"), ["completed", "'3'"]);
  });

  await t.step("another agent has the file and the variables, and reads a new upload", async () => {
    await at.agent.shutdown();
    await at.another().start();
    const first = await run("len(rows), open('eggs.csv').readline()");
    assert.deepEqual(first, ["completed", String.raw`(2, 'day,eggs\n')`]);
    await upload("day,eggs\nWed,5\n");
    assert.deepEqual(await run(READ), ["completed", "5"]);
    assert.match((await run("And now?", "ai"))[1], HONEST);
  });
});
