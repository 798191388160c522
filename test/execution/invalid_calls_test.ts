/**
 * Repeated requests after an invalid call, or after prose instead of calls.
 *
 * @module
 */

import assert from "node:assert/strict";
import { NO_OUTPUT } from "../../src/execution/prompt/system_prompt.ts";
import { resultOutput, runCell, startCell, stdoutOutput } from "../support/cell_run.ts";
import {
  answer,
  call,
  callInPieces,
  display,
  error,
  gate,
  result,
  stdout,
  type Step,
  text,
} from "../support/scripted_answer.ts";
import { openAIModel } from "../support/model_requests.ts";
import { RecordingContext } from "../support/recording_context.ts";
import { inTurn, startScriptedModel } from "../support/scripted_model_server.ts";
import { addedTurns, cutAfter } from "./asked_again.ts";

for (
  const [what, invalid, told, problem] of [
    [
      "an unknown tool",
      call("python", { code: "1" }),
      ["python", {}],
      /^There is no tool "python"; there are stdout, /,
    ],
    ["a name that no server accepts", call("a b!", {}), ["a_b_", {}], /^There is no tool "a b!"/],
    [
      "an argument of the wrong type",
      call("stdout", { text: { a: 1 } }),
      ["stdout", { text: { a: 1 } }],
      /^stdout\(\) was called with \{"a":1\} for its argument text; expected was a string\. Nothing of this call is shown/,
    ],
    [
      "an empty bundle",
      call("display", { data: {} }),
      ["display", { data: {} }],
      /^display\(\) was called with \{\} for its argument data/,
    ],
    [
      "arguments that are not JSON",
      callInPieces("error", ["ename: E"]),
      ["error", {}],
      /^error\(\) was called with arguments that are not valid JSON/,
    ],
    [
      "incomplete arguments",
      callInPieces("display", ['{"data":']),
      ["display", {}],
      /^The call of display\(\) breaks off/,
    ],
  ] as [string, Step[], unknown, RegExp][]
) {
  Deno.test(`a call with ${what} is reported to the model, and later calls are not shown`, async () => {
    const { ended, outputs, conversations, requests } = await runCell(inTurn(
      answer(stdout("a\n"), invalid, stdout("b\n")),
      answer(result("6")),
    ));
    assert.equal(ended.status, "success");
    assert.equal(requests.length, 2);
    assert.deepEqual(outputs, [stdoutOutput("a\n"), resultOutput("6")]);
    const [assistant, first, second, ...rest] = addedTurns(conversations) as string[][];
    assert.deepEqual(assistant, ["assistant", ["stdout", { text: "a\n" }], told]);
    assert.deepEqual(first, ["tool", "ok"]);
    assert.match(second[1], problem);
    assert.deepEqual(rest, []);
  });
}

Deno.test("calls are sent back with the tools' names and valid JSON arguments", async () => {
  const { outputs, conversations } = await runCell(inTurn(
    answer(
      callInPieces("functions.stdout", ["{'text': 'a", "\n'}"]),
      callInPieces("stdout ", ['{"arguments": {"text": "b\\n"}}']),
      callInPieces("Stderr", ['{"text": ["w"]}</tool_call>']),
      callInPieces("display<|channel|>commentary", ['{"text/plain": "d"}']),
      callInPieces("stdout", ['{"text": "c" "d"}']),
    ),
    answer(result("6")),
  ));
  assert.deepEqual(outputs, [
    stdoutOutput("a\nb\n"),
    { type: "stream", name: "stderr", text: "w\n" },
    { type: "display_data", data: { "text/plain": "d" } },
    stdoutOutput("c"),
    resultOutput("6"),
  ]);
  assert.deepEqual(addedTurns(conversations)[0], [
    "assistant",
    ["stdout", { text: "a\n" }],
    ["stdout", { text: "b\n" }],
    ["stderr", { text: "w\n" }],
    ["display", { data: { "text/plain": "d" } }],
    ["stdout", { text: "c" }],
  ]);
});

Deno.test("a call that can only be read at its end delays later calls, but not earlier ones", async () => {
  await using server = await startScriptedModel([
    ...stdout("a\n"),
    ...callInPieces("stdout", ['{"text": "say "hi""}']),
    ...stdout("!\n"),
    ...gate("end"),
    ...answer(),
  ]);
  const context = new RecordingContext();
  const shown = context.when(([output]) => output?.type === "stream" && output.text === "a\nsay ");
  const ended = startCell(openAIModel(server), context);
  await shown;
  server.open("end");
  assert.equal((await ended).status, "success");
  assert.deepEqual(context.outputs, [stdoutOutput('a\nsay "hi"!\n')]);
  assert.equal(server.requests.length, 1);
});

Deno.test("text that is already shown remains when its call turns out to be invalid", async () => {
  const { outputs, conversations } = await runCell(inTurn(
    answer(callInPieces("stdout", ['{"text":"a', '" "b"}'])),
    answer(stdout("b\n")),
  ));
  assert.deepEqual(outputs, [stdoutOutput("ab\n")]);
  const [assistant, told] = addedTurns(conversations) as string[][];
  assert.deepEqual(assistant, ["assistant", ["stdout", { text: "a" }]]);
  assert.match(told[1], /not valid JSON.*The text up to here is shown.*go on right after it/);
});

Deno.test("the rest of a reply is ignored after an invalid call", async () => {
  const { outputs } = await runCell(({ number }) =>
    number === 0 ? [...call("python", {}), ...stdout("b\n"), ...gate("never")] : answer(result("6"))
  );
  assert.deepEqual(outputs, [resultOutput("6")]);
});

Deno.test("a cell ends with a note that names the problem when every reply has an invalid call", async () => {
  const { ended, outputs, requests } = await runCell(answer(call("python", {})));
  assert.equal(requests.length, 3);
  assert.equal(ended.status, "error");
  const [note] = outputs;
  assert.ok(note.type === "stream" && note.name === "stderr");
  assert.match(note.text, /There is no tool "python"/);
});

Deno.test("prose instead of calls is not shown, and the model is asked for calls", async () => {
  const { ended, outputs, conversations } = await runCell(inTurn(
    answer(text('Sure! It prints "6".')),
    answer(stdout("6\n")),
  ));
  assert.equal(ended.status, "success");
  assert.deepEqual(outputs, [stdoutOutput("6\n")]);
  const [assistant, user] = addedTurns(conversations) as string[][];
  assert.deepEqual(assistant, ["assistant", 'Sure! It prints "6".']);
  assert.match(user[1], /^That was prose, and nothing of it is shown/);
});

Deno.test("a cell ends with a note that quotes the prose when every reply is prose", async () => {
  const { ended, outputs, requests } = await runCell(answer(text("As an AI, I cannot run code.")));
  assert.equal(requests.length, 3);
  assert.equal(ended.status, "error");
  const [note] = outputs;
  assert.ok(note.type === "stream");
  assert.match(note.text, /answered in prose .*"As an AI, I cannot run code\."/);
});

Deno.test("a model that is asked again may answer that there is no more output", async () => {
  const { ended, outputs } = await runCell(inTurn(cutAfter(stdout("a\n")), answer(text(NO_OUTPUT))));
  assert.equal(ended.status, "success");
  assert.deepEqual(outputs, [stdoutOutput("a\n")]);
});

Deno.test("problems of different kinds count towards the same limit of requests", async () => {
  const { ended, requests } = await runCell(inTurn(
    answer(text("prose")),
    answer(call("python", {})),
    cutAfter(stdout("a")),
    answer(stdout("never asked for")),
  ));
  assert.equal(ended.status, "error");
  assert.equal(requests.length, 3);
});

Deno.test("a Python exception ends the cell despite earlier prose and a later invalid call", async () => {
  const { ended, requests } = await runCell(inTurn(answer(text("prose")), answer(error("E", "v"), call("python", {}))));
  assert.deepEqual([ended.status, ended.error, requests.length], ["error", "E: v", 2]);
});

Deno.test("a dropped MIME type is reported in a repeated request but does not cause one", async () => {
  const lossy = display({ "text/plain": "p", "image/png": "no png" });
  assert.equal((await runCell(answer(lossy))).requests.length, 1);
  const { conversations } = await runCell(inTurn(answer(lossy, call("python", {})), answer(result("6"))));
  const [, first] = addedTurns(conversations) as string[][];
  assert.match(first[1], /^ok, but image\/png was dropped/);
});
