/**
 * Tests the share of requests for code cells and AI cells that repeats the request before, in a realistic notebook.
 *
 * @module
 */

import assert from "node:assert/strict";
import { notebookSession } from "../../bench/prompt/notebook_session.ts";
import { overallShare, repeatedShare, sharesOf } from "../../bench/prompt/prefix_share.ts";
import { contentOf } from "../../bench/prompt/session_files.ts";
import { answerOf } from "../../src/assistant/notebook_cell.ts";
import type { CellOutput } from "../../src/execution/cell_output.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { attach } from "../support/attached.ts";
import { answer, call, display, error, result, type Step, text } from "../support/scripted_answer.ts";
import { uploadFile } from "../support/uploaded_file.ts";

function callOf(output: CellOutput): Step[] {
  switch (output.type) {
    case "stream":
      return call(output.name, { text: output.text });
    case "error":
      return error(output.ename, output.evalue, output.traceback);
    case "execute_result":
      return result(output.data);
    case "display_data":
      return display(output.data);
  }
}

for (const api of ["chat", "responses"] as const) {
  Deno.test(`requests for code cells and AI cells share at least 90 % of their text with the request before (${api} API)`, async () => {
    await using server = await startSyncServer();
    const cells = notebookSession(60);
    let next = 0;
    const play = () => {
      const { cellType, outputs } = cells[next];
      return cellType === "ai" ? answer(text(answerOf(cells[next]))) : answer(...outputs.map(callOf));
    };
    await using at = await attach(server, play, { api });
    const { person, notebookId } = at;
    const uploaded = new Set<string>();
    for (; next < cells.length; next++) {
      const { source, cellType, files: [file] = [] } = cells[next];
      if (file !== undefined && !uploaded.has(file.version)) {
        uploaded.add(file.version);
        const content = contentOf(file.version);
        person.store.commit(await uploadFile({ ...server, notebookId, fileName: file.name, content }));
      }
      const cell = person.addCell(source, cellType as "code" | "ai");
      await person.requestIs(person.run(cell), "completed", "failed");
    }

    assert.equal(at.model.requests.length, cells.length);
    const byKey = Map.groupBy(at.model.requests, ({ body }) => body.prompt_cache_key);
    assert.deepEqual([...byKey.keys()], [notebookId, `${notebookId}-ai`]);
    const [code, questions] = [...byKey.values()].map((requests) =>
      sharesOf(requests.map(({ body }) => JSON.stringify([body.tools, body.messages ?? body.input])))
    );
    assert.equal(questions.length, 15);
    assert.ok(overallShare(code) >= 0.9, `${overallShare(code)} of a cell's request`);
    assert.ok(
      repeatedShare(questions) >= 0.97,
      `${repeatedShare(questions)} of the repeatable part of a question's request`,
    );
    const all = overallShare([...code, ...questions.slice(1)]);
    assert.ok(all >= 0.9, `${all} of all`);
  });
}
