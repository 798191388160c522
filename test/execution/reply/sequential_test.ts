/**
 * Cells of models that make one call per reply.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { Model } from "../../../src/execution/model.ts";
import { FormMemory } from "../../../src/model/form_memory.ts";
import { DEFAULT_FORM, type RequestForm } from "../../../src/model/request_form.ts";
import { NO_OUTPUT } from "../../../src/execution/prompt/system_prompt.ts";
import { resultOutput, runCell, startCell, stdoutOutput } from "../../support/cell_run.ts";
import { openAIModel } from "../../support/model_requests.ts";
import { RecordingContext } from "../../support/recording_context.ts";
import {
  answer,
  callInPieces,
  display,
  error,
  result,
  stderr,
  stdout,
  type Step,
  text,
} from "../../support/scripted_answer.ts";
import { inTurn, startScriptedModel } from "../../support/scripted_model_server.ts";

for (const last of [NO_OUTPUT, "", "Done."]) {
  Deno.test(`a cell in sequential mode ends when the model replies ${JSON.stringify(last)} instead of a call`, async () => {
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

Deno.test("a Python exception ends a cell in sequential mode", async () => {
  const { requests, ended } = await runCell(answer(error("E", "v")), { toolMode: "sequential" });
  assert.equal(requests.length, 1);
  assert.equal(ended.error, "E: v");
});

Deno.test("a cell in sequential mode may write a warning after SystemExit, and ends when SystemExit is repeated", async () => {
  const exit = answer(error("SystemExit", "3"));
  const warned = await runCell(inTurn(exit, answer(stderr("w\n")), answer(text("(done)"))), { toolMode: "sequential" });
  assert.deepEqual(warned.outputs.map(({ type }) => type), ["error", "stream"]);
  assert.deepEqual([warned.requests.length, warned.ended.error], [3, "SystemExit: 3"]);
  const repeated = await runCell(exit, { toolMode: "sequential" });
  assert.deepEqual(repeated.outputs.map(({ type }) => type), ["error"]);
  assert.deepEqual([repeated.requests.length, repeated.ended.error], [2, "SystemExit: 3"]);
});

Deno.test("an invalid call after SystemExit ends a cell in sequential mode", async () => {
  const { outputs, requests } = await runCell(answer(error("SystemExit", "3"), callInPieces("stderr", ["{"])), {
    toolMode: "sequential",
  });
  assert.deepEqual(outputs.map(({ type }) => type), ["error"]);
  assert.equal(requests.length, 1);
});

Deno.test("prose in the first reply causes another request in sequential mode", async () => {
  const { outputs } = await runCell(inTurn(answer(text("Sure!")), answer(stdout("a\n")), answer(text(""))), {
    toolMode: "sequential",
  });
  assert.deepEqual(outputs, [stdoutOutput("a\n")]);
});

Deno.test("a cell in sequential mode fails after 50 replies", async () => {
  const { ended, requests } = await runCell(({ number }) => answer(stdout(`${number}\n`)), { toolMode: "sequential" });
  assert.equal(requests.length, 50);
  assert.equal(ended.status, "error");
  assert.match(ended.error!, /50 replies/);
});

Deno.test("sequential mode is used without a setting when the server rejects parallel_tool_calls for the model", async () => {
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
  assert.equal(requests.length, 3, "nothing follows the value, so the model is not asked for more");
  assert.equal(requests[1].body.parallel_tool_calls, undefined);
});

/** A memory that recalls one call per reply for every model. */
const oneCallMemory = new (class extends FormMemory {
  override recall(): RequestForm {
    return { ...DEFAULT_FORM, parallelCalls: false };
  }
})();

const unknownParameter = {
  status: 400,
  body: { error: { message: "Unrecognized request argument supplied: parallel_tool_calls" } },
};

Deno.test("a model that makes one call per reply is asked for the figure after the value of a plot", async () => {
  const { requests, outputs } = await runCell(
    inTurn(answer(result("[line]")), answer(display({ "text/plain": "<Figure>" })), answer(text(NO_OUTPUT))),
    { code: "plt.plot([1, 2])" },
    { memory: oneCallMemory },
  );
  assert.equal(requests.length, 3);
  assert.deepEqual(outputs.map(({ type }) => type), ["execute_result", "display_data"]);
});

Deno.test("a reply with two calls shows that the model makes parallel calls when the server does not know parallel_tool_calls", async () => {
  await using server = await startScriptedModel(inTurn(unknownParameter, answer(stdout("a\n"), result("1"))));
  const model = openAIModel(server);
  const run = async () => {
    const context = new RecordingContext();
    const ended = await startCell(model, context);
    assert.equal(ended.status, "success");
    assert.deepEqual(context.outputs, [stdoutOutput("a\n"), resultOutput("1")]);
  };
  await run();
  assert.equal(server.requests.length, 2);
  assert.equal(model.oneCallAReply, false);
  await run();
  assert.equal(server.requests.length, 3);
});

Deno.test("a model with oneCallAReply that makes two calls in a reply is not asked for more", async () => {
  const model: Model = {
    name: "modest",
    oneCallAReply: true,
    async *stream() {
      for (const index of [0, 1]) {
        yield { type: "tool_call", index, id: `call_${index}`, name: "stdout" };
        yield { type: "tool_call_delta", index, delta: '{"text":"a\\n"}' };
      }
      yield { type: "finish", reason: "tool_calls" };
    },
  };
  const { ended, outputs } = await runCell(answer(), { model });
  assert.equal(ended.usage?.requests, 1);
  assert.deepEqual(outputs, [stdoutOutput("a\na\n")]);
});

for (
  const [what, once] of [
    ["text", stdout("a\n")],
    ["a value", result("5")],
    ["a display", display({ "text/plain": "d" })],
  ] as [string, Step[]][]
) {
  Deno.test(`a repeated call with ${what} ends a cell in sequential mode`, async () => {
    const { ended, outputs, requests } = await runCell(answer(once), { toolMode: "sequential" });
    assert.equal(ended.status, "success");
    assert.equal(outputs.length, 1);
    assert.deepEqual(outputs, (await runCell(answer(once))).outputs);
    assert.equal(requests.length, 2);
  });
}

for (
  const [what, again] of [
    ["under another name", callInPieces("functions.stdout", ['{"text":', '"a\\n"}'])],
    ["with Python's quotes", callInPieces("stdout", ["{'text': 'a", "\\n'}"])],
    ["as a list of lines", callInPieces("stdout", ['{"text": ["a"]}'])],
    ["in the text", text("<tool_call>{'name': 'stdout', 'arguments': {'text': 'a\\n'}}</tool_call>")],
  ] as [string, Step[]][]
) {
  Deno.test(`a call that is repeated ${what} ends a cell in sequential mode`, async () => {
    const { outputs, requests } = await runCell(inTurn(answer(stdout("a\n")), answer(again)), {
      toolMode: "sequential",
    });
    assert.deepEqual(outputs, [stdoutOutput("a\n")]);
    assert.equal(requests.length, 2);
  });
}

for (const next of ["ab\n", "a\n\n", "a", "b\n"]) {
  Deno.test(`the text ${JSON.stringify(next)} after "a\\n" is not a repeated call in sequential mode`, async () => {
    const { outputs, requests } = await runCell(
      inTurn(answer(stdout("a\n")), answer(callInPieces("stdout", cutInTwo(next))), answer(text(NO_OUTPUT))),
      { toolMode: "sequential" },
    );
    assert.deepEqual(outputs, [stdoutOutput(`a\n${next}`)]);
    assert.equal(requests.length, 3);
  });
}

Deno.test("a call after a repeated call is shown in sequential mode", async () => {
  const { outputs } = await runCell(
    inTurn(answer(stdout("a\n")), answer(stdout("a\n"), stdout("b\n")), answer(text(NO_OUTPUT))),
    { toolMode: "sequential" },
  );
  assert.deepEqual(outputs, [stdoutOutput("a\nb\n")]);
});

Deno.test("two identical calls in one reply are both shown", async () => {
  const { outputs } = await runCell(answer(stdout("a\n"), stdout("a\n")));
  assert.deepEqual(outputs, [stdoutOutput("a\na\n")]);
});

function cutInTwo(text: string): string[] {
  const json = JSON.stringify({ text });
  return [json.slice(0, 10), json.slice(10)];
}
