/**
 * Tests of the context of an AI cell: the turns that the model receives, and that code cells receive nothing from AI cells.
 *
 * @module
 */

import assert from "node:assert/strict";
import { inline } from "../../src/notebook/schema/media.ts";
import { events, tables } from "../../src/notebook/schema/mod.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { attach, type Attached } from "../support/attached.ts";
import { drawnAnswer } from "../support/drawn_answer.ts";
import { answer, error, result, stdout, text } from "../support/scripted_answer.ts";
import type { RecordedRequest, Script } from "../support/scripted_model_server.ts";

/** Answers an AI cell with the number of the request, and a code cell with a line of output. */
function play({ body, number }: RecordedRequest): Script {
  if (body.tools === undefined) return answer(text(`Answer ${number}`), text(", in words."));
  return answer(stdout(`line ${number}\n`));
}

const run = async ({ person }: Attached, cell: string) =>
  await person.requestIs(person.run(cell), "completed", "failed");

/** Returns the turns of a request after its system prompt, as `role: text`. */
const turnsOf = ({ model }: Attached, index: number): string[] =>
  model.requests.at(index)!.body.messages.slice(1).map(({ role, content }: Record<string, string>) =>
    `${role}: ${content}`
  );

Deno.test("the model receives the context of an AI cell", async (t) => {
  await using server = await startSyncServer();

  await t.step("the context is the current content of the notebook above the AI cell", async () => {
    await using at = await attach(server, play);
    const { person } = at;
    const code = person.addCell("x = 1\nx");
    person.addCell("# Eggs", "markdown");
    const question = person.addCell("What is x?", "ai");
    const below = person.addCell("below = 1");
    await run(at, code);
    await run(at, below);
    person.store.commit(events.cellSourceChanged({ id: code, source: "x = 2\nx", modifiedBy: "person" }));
    await run(at, question);
    assert.deepEqual(turnsOf(at, -1), [[
      "user: Code cell In [1]:\n```python\nx = 2\nx\n```",
      "Output:\n```\nline 0\n```",
      "Markdown cell:\n```markdown\n# Eggs\n```",
      "Question:\nWhat is x?",
    ].join("\n\n")]);
    assert.match(at.model.requests.at(-1)!.body.messages[0].content, /simulated by a language model/);
  });

  await t.step("the answers of earlier AI cells are complete turns of the assistant", async () => {
    await using at = await attach(server, play);
    for (const question of ["One?", "Two?", "Three?"]) await run(at, at.person.addCell(question, "ai"));
    assert.deepEqual(turnsOf(at, -1), [
      "user: Question:\nOne?",
      "assistant: Answer 0, in words.",
      "user: Question:\nTwo?",
      "assistant: Answer 1, in words.",
      "user: Question:\nThree?",
    ]);
  });

  await t.step("cells that are hidden from the AI are left out of the context", async () => {
    await using at = await attach(server, play);
    const cells = [at.person.addCell("secret = 1"), at.person.addCell("secret?", "ai"), at.person.addCell("shown = 1")];
    for (const cell of cells) await run(at, cell);
    for (const id of cells.slice(0, 2)) {
      at.person.store.commit(events.cellAiContextVisibilityToggled({ id, aiContextVisible: false }));
    }
    await run(at, at.person.addCell("What is there?", "ai"));
    assert.doesNotMatch(turnsOf(at, -1).join("\n"), /secret|line 0|Answer 1/);
    assert.match(turnsOf(at, -1).join("\n"), /shown = 1[^]*line 2/);
  });

  await t.step("the context includes the cell's system prompt and the names of uploaded files", async () => {
    await using at = await attach(server, play);
    const file = { artifactId: "n/1", mimeType: "text/csv", createdAt: new Date(), createdBy: "person" };
    at.person.store.commit(
      events.fileUploaded({ ...file, fileName: "eggs.csv" }),
      events.fileUploaded({ ...file, fileName: "old.csv" }),
      events.fileDeleted2({ fileName: "old.csv", deletedAt: new Date() }),
    );
    const cell = at.person.addCell("Why?", "ai");
    const settings = { temperature: 0.7, maxTokens: 1000, systemPrompt: "Answer in Latin." };
    at.person.store.commit(
      events.aiSettingsChanged({ cellId: cell, provider: "aipython", model: "gpt-4o-mini", settings }),
    );
    await run(at, cell);
    const [{ body }] = at.model.requests;
    assert.match(body.messages[0].content, /For this question:\nAnswer in Latin\.$/);
    assert.deepEqual(turnsOf(at, 0), ['user: Question:\nWhy?\n\nFiles of the notebook: "eggs.csv"']);
    assert.deepEqual([body.temperature, body.max_tokens], [0, undefined]);
    assert.equal(at.person.text(cell, "stderr"), "");
  });

  await t.step("the agent's model answers a cell that names another model, and a note reports this", async () => {
    await using at = await attach(server, play);
    const cell = at.person.addCell("Why?", "ai");
    at.person.store.commit(
      events.aiSettingsChanged({ cellId: cell, provider: "groq", model: "kimi\nk2", settings: {} }),
    );
    await run(at, cell);
    assert.equal(
      at.person.text(cell, "stderr"),
      '[AIPython] This cell names the model "kimi\\nk2", which this runtime does not have: gpt-4o-mini answers.\n',
    );
    assert.equal(drawnAnswer(at.person, cell), "Answer 0, in words.");
    await run(at, at.person.addCell("And then?", "ai"));
    assert.doesNotMatch(turnsOf(at, -1).join("\n"), /kimi/);
  });

  await t.step("an AI cell without text succeeds without a model request", async () => {
    await using at = await attach(server, play);
    const cell = at.person.addCell(" \n", "ai");
    const request = at.person.run(cell);
    await at.person.requestIs(request, "completed");
    assert.deepEqual([at.person.outputs(cell).length, at.model.requests.length], [0, 0]);
  });

  await t.step("the context is shortened when the model server refuses it as too long", async () => {
    const refused = { status: 400, body: { error: { message: "Too long.", code: "context_length_exceeded" } } };
    const script = (request: RecordedRequest) => {
      const size = JSON.stringify(request.body).length;
      return request.body.tools === undefined && size > 6_000 ? refused : play(request);
    };
    await using at = await attach(server, script);
    for (let number = 0; number < 4; number++) await run(at, at.person.addCell(`x = "${"egg ".repeat(1_000)}"`));
    const cell = at.person.addCell("Why?", "ai");
    await run(at, cell);
    assert.match(drawnAnswer(at.person, cell), /^Answer/);
    assert.match(turnsOf(at, -1).join("\n"), /left out/);
  });
});

Deno.test("Fix Code with AI sends the failing cell and asks for its corrected code", async () => {
  await using server = await startSyncServer();
  const script = ({ body }: RecordedRequest) =>
    body.tools === undefined
      ? answer(text("Bind `x`:\n\n```python\nx = 1\nx\n```"))
      : JSON.stringify(body.messages.at(-1)).includes("fine")
      ? answer(result("1"))
      : answer(error("NameError", "name 'x' is not defined"));
  await using at = await attach(server, script);
  const failing = at.person.addCell("x");
  await run(at, failing);
  await run(at, at.person.addCell("fine = 1; fine"));
  const { data } = at.person.outputs(failing).find(({ outputType }) => outputType === "error")!;
  const question = `Fix the error:\n \`\`\`json\n${JSON.stringify(JSON.parse(data!), null, 2)}\n\`\`\`\n`;
  const fix = at.person.addCell(question, "ai");
  await run(at, fix);
  const [turn] = turnsOf(at, -1);
  assert.match(turn, /Question:\nFix the error:[^]*It was raised by this cell, In \[1\]:\n```python\nx\n```\n/);
  assert.match(turn, /whole corrected code/);
  assert.match(drawnAnswer(at.person, fix), /```python\nx = 1\nx\n```$/);
});

Deno.test("AI cells do not affect the code cells around them", async (t) => {
  await using server = await startSyncServer();
  const codes = ["a = 1", "print(a)", "b = a + 1", "b"];

  /** Returns the requests of code cells, with or without questions run between them. */
  const requestsOf = async (questions: readonly string[]) => {
    let line = 0;
    const script = ({ body }: RecordedRequest) =>
      body.tools === undefined ? answer(text("Of course.")) : answer(stdout(`line ${line++}\n`));
    await using at = await attach(server, script);
    for (const [index, code] of codes.entries()) {
      if (questions[index] !== undefined) await run(at, at.person.addCell(questions[index], "ai"));
      await run(at, at.person.addCell(code));
    }
    const bodies = at.model.requests.map(({ body }) => body).filter(({ tools }) => tools !== undefined);
    return JSON.stringify(bodies).replaceAll(at.notebookId, "NOTEBOOK");
  };

  await t.step("AI cells change neither the history nor the execution numbers of code cells", async () => {
    const without = await requestsOf([]);
    assert.match(without, /In \[4\]/);
    assert.equal(await requestsOf(["What?", "Why?", "How?", "When?"]), without);
  });

  await t.step("an AI cell gets no execution number and keeps the count of its request", async () => {
    await using at = await attach(server, play);
    const question = at.person.addCell("Why?", "ai");
    await run(at, question);
    await run(at, question);
    const [cell] = at.person.store.query(tables.cells.where({ id: question }));
    assert.equal(cell.executionCount, 2);
    const executions = at.person.store.query(tables.executions.where({ cellId: question }));
    assert.deepEqual(executions.map(({ executionCount }) => executionCount), [null, null]);
  });

  await t.step("Run All runs AI cells and code cells in order", async () => {
    await using at = await attach(server, play);
    const cells = [at.person.addCell("a = 1"), at.person.addCell("What is a?", "ai"), at.person.addCell("a")];
    const requests = at.person.runAll(cells);
    await at.person.requestIs(requests[2], "completed");
    assert.deepEqual(at.model.requests.map(({ body }) => body.tools !== undefined), [true, false, true]);
    assert.match(turnsOf(at, 1)[0], /line 0[^]*What is a\?/);
  });

  await t.step("an answer is Markdown of an assistant, and later questions include it with its additions", async () => {
    await using at = await attach(server, play);
    const cell = at.person.addCell("Why?", "ai");
    await run(at, cell);
    assert.deepEqual(at.person.outputs(cell)[0].metadata, { anode: { role: "assistant" } });
    at.person.store.commit(
      events.markdownOutputAdded({ id: "more", cellId: cell, position: 7, content: inline(" And so on.") }),
    );
    await run(at, at.person.addCell("And?", "ai"));
    assert.ok(turnsOf(at, -1).includes("assistant: Answer 0, in words. And so on."));
  });
});
