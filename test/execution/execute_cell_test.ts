/**
 * Runs single cells with a scripted model server, from the code to the outputs.
 *
 * @module
 */

import assert from "node:assert/strict";
import { failureNote } from "../../src/execution/model_failure.ts";
import { openAIModel } from "../support/model_requests.ts";
import { RecordingContext } from "../support/recording_context.ts";
import {
  answer,
  callInPieces,
  display,
  done,
  finish,
  gate,
  result,
  stderr,
  stdout,
  type Step,
  text,
} from "../support/scripted_answer.ts";
import { startScriptedModel } from "../support/scripted_model_server.ts";
import { execute, run, USAGE } from "./execute_cell_run.ts";

Deno.test("executeCell() shows the outputs in the model's order and returns the token usage", async () => {
  const { ended, outputs, flushes } = await execute(answer(
    stdout("a\n"),
    stderr("b\n"),
    display({ "text/plain": "d" }, { "text/plain": {} }),
    stdout("c\n"),
    result("6"),
  ));
  assert.deepEqual(ended, { status: "success", usage: USAGE });
  assert.deepEqual(outputs, [
    { type: "stream", name: "stdout", text: "a\n" },
    { type: "stream", name: "stderr", text: "b\n" },
    { type: "display_data", data: { "text/plain": "d" }, metadata: { "text/plain": {} } },
    { type: "stream", name: "stdout", text: "c\n" },
    { type: "execute_result", data: { "text/plain": "6" } },
  ]);
  assert.equal(flushes, 1);
});

Deno.test("executeCell() sends the conversation, the five tools and the cache key", async () => {
  const { requests } = await execute(answer(), {
    history: [{ executionCount: 1, code: "x = 1", outputs: [] }],
    code: "x",
    executionCount: 2,
    cacheKey: "notebook-1",
  });
  const { body } = requests[0];
  assert.deepEqual(body.messages.map((message: { role: string }) => message.role), [
    "system",
    "user",
    "assistant",
    "user",
  ]);
  assert.equal(body.messages.at(-1).content, "In [2]: Out[2] unless None\nx");
  assert.equal(body.tools.length, 5);
  assert.equal(body.prompt_cache_key, "notebook-1");
});

Deno.test("executeCell() does not send earlier cells in which the model failed or that were refused", async () => {
  const error = (ename: string) => ({ type: "error" as const, ename, evalue: "", traceback: [] });
  const { requests } = await execute(answer(), {
    history: [
      { executionCount: 1, code: "kept = 1", outputs: [error("ValueError")] },
      { executionCount: 2, code: "failed", outputs: [error("ModelError")] },
      { executionCount: 3, code: "refused", outputs: [error("RefusedByAIPython")] },
      {
        executionCount: 4,
        code: "gave_up",
        outputs: [{ type: "stream", name: "stderr", text: failureNote("Prose.") }],
      },
    ],
    code: "x",
    executionCount: 5,
  });
  const sent = JSON.stringify(requests[0].body.messages.slice(1));
  assert.match(sent, /kept = 1/);
  assert.doesNotMatch(sent, /failed|refused|gave_up/);
});

Deno.test("executeCell() shows text while its call is still arriving", async () => {
  await using server = await startScriptedModel([
    ...callInPieces("stdout", ['{"text":"first\\n']),
    ...gate("written"),
    ...[{ type: "piece", text: 'second\\n"}' } as Step],
    ...finish("tool_calls"),
    ...done(),
  ]);
  const context = new RecordingContext();
  const running = run(openAIModel(server), context);
  await context.firstOutput();
  assert.deepEqual(context.outputs, [{ type: "stream", name: "stdout", text: "first\n" }]);
  server.open("written");
  await running;
  assert.deepEqual(context.calls.map((output) => output.type === "stream" && output.text), ["first\n", "second\n"]);
});

Deno.test("executeCell() restores the order of calls whose pieces arrive interleaved", async () => {
  const piece = (index: number, text: string): Step => ({ type: "piece", index, text });
  const { ended, outputs } = await execute([
    { type: "call", name: "stdout" },
    piece(0, '{"text":"a'),
    { type: "call", name: "display" },
    piece(1, '{"data":{"text/plain":"6"}}'),
    { type: "call", name: "stderr" },
    piece(2, '{"text":"e'),
    piece(0, 'b\\n"}'),
    piece(2, '!"}'),
    ...finish(),
    ...done(),
  ]);
  assert.equal(ended.status, "success");
  assert.deepEqual(outputs, [
    { type: "stream", name: "stdout", text: "ab\n" },
    { type: "display_data", data: { "text/plain": "6" } },
    { type: "stream", name: "stderr", text: "e!" },
  ]);
});

for (const code of ["", "  \n\t\n", "# nothing"]) {
  Deno.test(`executeCell() succeeds with the code ${JSON.stringify(code)} without a request to the model`, async () => {
    const { ended, outputs, requests } = await execute(answer(stdout("no")), { code });
    assert.deepEqual(ended, { status: "success" });
    assert.deepEqual(outputs, []);
    assert.deepEqual(requests, []);
  });
}

for (const said of ["", "(no output)", " (no output)\n", "x becomes 5, so there is nothing to show.\n\n(no output)"]) {
  Deno.test(`executeCell() shows no output when the answer is ${JSON.stringify(said)}`, async () => {
    const { ended, outputs, flushes } = await execute(answer(text(said)));
    assert.deepEqual(ended, { status: "success", usage: USAGE });
    assert.deepEqual(outputs, []);
    assert.equal(flushes, 1);
  });
}

Deno.test("executeCell() does not show text before, between or after calls", async () => {
  const { outputs } = await execute(
    answer(text("Let me think"), stdout("a\n"), text("and"), result("6"), text("done")),
  );
  assert.deepEqual(outputs.map((output) => output.type), ["stream", "execute_result"]);
});
