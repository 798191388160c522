/**
 * A notebook with AI cells, as the web notebook saves them: `aipython run` does not change the questions and answers.
 *
 * @module
 */

import assert from "node:assert/strict";
import { validNotebook } from "../../nbformat/valid_notebook.ts";
import { answer, result } from "../../support/scripted_answer.ts";
import { openRunWorkspace } from "./run_process.ts";

const asked = [
  {
    cell_type: "markdown",
    id: "asked",
    metadata: { aipython: { ai: "question", model: "gpt-5" }, tags: ["keep"] },
    source: ["Why is that\n", "\n", "so much?"],
  },
  {
    cell_type: "markdown",
    id: "asked-answer-1",
    metadata: { aipython: { ai: "answer", question: "asked" } },
    source: ["Because of **rounding**.  \n"],
  },
];

const code = (id: string, source: string) => ({
  cell_type: "code",
  id,
  metadata: {},
  execution_count: null,
  outputs: [],
  source: [source],
});

Deno.test("aipython run does not send AI cells to the model and writes them unchanged", async () => {
  await using workspace = await openRunWorkspace(answer(result("3")));
  const notebook = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: [code("a", "1 + 2"), ...asked, code("b", "_")],
  };
  await workspace.write("a.ipynb", JSON.stringify(notebook));
  const { code: status, stderr } = await workspace.run(["a.ipynb", "--output", "out.ipynb"]);
  assert.equal(status, 0, stderr);
  assert.equal(workspace.server.requests.length, 2);
  for (const { body } of workspace.server.requests) assert.doesNotMatch(JSON.stringify(body), /so much|rounding/);
  const written = await workspace.read("out.ipynb");
  assert.deepEqual(validNotebook(written).cells.slice(1, 3), asked);
  const indented = JSON.stringify(asked, null, 1).slice(4, -2).replaceAll("\n", "\n ");
  assert.ok(written.includes(indented.trim()), written);
});
