/**
 * Cells of models that make one call a reply.
 *
 * @module
 */

import assert from "node:assert/strict";
import { NO_OUTPUT } from "../../../src/execution/prompt/system_prompt.ts";
import { resultOutput, runCell, stdoutOutput } from "../../support/cell_run.ts";
import { answer, error, result, stdout, text } from "../../support/scripted_answer.ts";
import { inTurn } from "../../support/scripted_model_server.ts";

for (const last of [NO_OUTPUT, "", "Done."]) {
  Deno.test(`in sequential mode a model is asked until it makes no more calls, but says ${JSON.stringify(last)}`, async () => {
    const { ended, outputs, requests, conversations } = await runCell(
      inTurn(answer(stdout("a\n")), answer(stdout("b\n")), answer(result("3")), answer(text(last))),
      { toolMode: "sequential" },
    );
    assert.equal(ended.status, "success");
    assert.deepEqual(outputs, [stdoutOutput("a\nb\n"), resultOutput("3")]);
    assert.equal(requests.length, 4);
    assert.equal(ended.usage?.requests, 4);
    assert.deepEqual(conversations[3].map(({ role }) => role).slice(2), [
      ...["assistant", "tool", "assistant", "tool", "assistant", "tool"],
    ]);
    assert.match(conversations[1].at(-1)!.content!, /^ok; make the call for the next output/);
  });
}

Deno.test("in sequential mode a Python exception is the end", async () => {
  const { requests, ended } = await runCell(answer(error("E", "v")), { toolMode: "sequential" });
  assert.equal(requests.length, 1);
  assert.equal(ended.error, "E: v");
});

Deno.test("in sequential mode prose in the first reply is still a mistake", async () => {
  const { outputs } = await runCell(inTurn(answer(text("Sure!")), answer(stdout("a\n")), answer(text(""))), {
    toolMode: "sequential",
  });
  assert.deepEqual(outputs, [stdoutOutput("a\n")]);
});

Deno.test("in sequential mode a model that never ends is stopped", async () => {
  const { ended, requests } = await runCell(answer(stdout("a")), { toolMode: "sequential" });
  assert.equal(requests.length, 50);
  assert.equal(ended.status, "error");
  assert.match(ended.error!, /50 replies/);
});

Deno.test("a model that refuses to make several calls a reply is asked sequentially without being told to be", async () => {
  const refusal = {
    status: 400,
    body: {
      error: {
        message: "Unsupported parameter: 'parallel_tool_calls' is not supported with this model.",
        param: "parallel_tool_calls",
        code: "unsupported_parameter",
      },
    },
  };
  const { ended, outputs, requests } = await runCell(
    inTurn(refusal, answer(stdout("a\n")), answer(result("1")), answer(text(NO_OUTPUT))),
    {},
    { model: "o4-mini" },
  );
  assert.equal(ended.status, "success");
  assert.deepEqual(outputs, [stdoutOutput("a\n"), resultOutput("1")]);
  assert.equal(requests.length, 4);
  assert.equal(requests[1].body.parallel_tool_calls, undefined);
});
