/**
 * A model is asked again for a cell: when, with which text, and without showing anything twice.
 *
 * @module
 */

import assert from "node:assert/strict";
import { executeCell } from "../../src/execution/execute_cell.ts";
import { isModelFailure } from "../../src/execution/model_failure.ts";
import { NO_OUTPUT } from "../../src/execution/prompt/system_prompt.ts";
import { resultOutput, runCell, stdoutOutput, type WireMessage } from "../support/cell_run.ts";
import {
  answer,
  call,
  callInPieces,
  display,
  done,
  error,
  finish,
  gate,
  result,
  stderr,
  stdout,
  type Step,
  text,
  usage,
} from "../support/scripted_answer.ts";
import { openAIModel } from "../support/model_requests.ts";
import { RecordingContext } from "../support/recording_context.ts";
import { inTurn, startScriptedModel } from "../support/scripted_model_server.ts";

/** A reply that reaches its length limit after these steps. */
const cutAfter = (...steps: Step[][]): Step[] => [...steps.flat(), ...finish("length"), ...usage(), ...done()];

/** The turns that a repeated request adds to the one before: calls by name and arguments, and the answers to them. */
function addedTurns(conversations: WireMessage[][], request = 1): unknown[] {
  const [before, after] = [conversations[request - 1], conversations[request]];
  assert.deepEqual(after.slice(0, before.length), before);
  const added = after.slice(before.length);
  const ids = added.flatMap((turn) => turn.tool_calls?.map(({ id }) => id) ?? []);
  assert.deepEqual(added.flatMap((turn) => turn.tool_call_id ?? []), ids);
  assert.equal(new Set(ids).size, ids.length);
  return added.map((turn) =>
    turn.tool_calls === undefined
      ? [turn.role, turn.content]
      : [turn.role, ...turn.tool_calls.map((call) => [call.function.name, JSON.parse(call.function.arguments)])]
  );
}

Deno.test("a good reply is the only request of a cell", async () => {
  const { requests } = await runCell(answer(stdout("a\n"), display({ "text/plain": "d" }), result("1")));
  assert.equal(requests.length, 1);
});

Deno.test("text that a length limit cuts off goes on where it was cut", async () => {
  const { ended, outputs, conversations } = await runCell(inTurn(
    cutAfter(stderr("w\n"), callInPieces("stdout", ['{"text":"one\\ntw'])),
    answer(stdout("o\nthree\n"), result("3")),
  ));
  assert.equal(ended.status, "success");
  assert.deepEqual(outputs, [
    { type: "stream", name: "stderr", text: "w\n" },
    stdoutOutput("one\ntwo\nthree\n"),
    resultOutput("3"),
  ]);
  const [assistant, first, second] = addedTurns(conversations) as string[][];
  assert.deepEqual(assistant, ["assistant", ["stderr", { text: "w\n" }], ["stdout", { text: "one\ntw" }]]);
  assert.deepEqual(first, ["tool", "ok"]);
  assert.match(second[1], /cut off here by the length limit.*go on right after it/);
});

Deno.test("a cut escape and half an emoji are not shown, and the model is sent the text without them", async () => {
  const { conversations, outputs } = await runCell(inTurn(
    cutAfter(callInPieces("stdout", ['{"text":"a\\ud83d'])),
    answer(stdout("b")),
  ));
  assert.deepEqual(outputs, [stdoutOutput("ab")]);
  assert.deepEqual((addedTurns(conversations)[0] as unknown[])[1], ["stdout", { text: "a" }]);
});

Deno.test("if a cut reply's text could not be read to its end, the model is sent the part that was shown", async () => {
  const { outputs, conversations } = await runCell(inTurn(
    cutAfter(callInPieces("stdout", ['{"text":"say "hi""}'])),
    answer(stdout('"hi"')),
  ));
  assert.deepEqual(outputs, [stdoutOutput('say "hi"')]);
  assert.deepEqual((addedTurns(conversations)[0] as unknown[])[1], ["stdout", { text: "say " }]);
});

Deno.test("a value or display that a length limit cuts off is made again, and what came before is not", async () => {
  const { outputs, conversations } = await runCell(inTurn(
    cutAfter(text("thinking"), stdout("a\n"), callInPieces("display", ['{"data":{"text/pl'])),
    answer(display({ "text/plain": "d" })),
  ));
  assert.deepEqual(outputs, [stdoutOutput("a\n"), { type: "display_data", data: { "text/plain": "d" } }]);
  const [assistant, last, ...rest] = addedTurns(conversations) as string[][];
  assert.deepEqual(assistant, ["assistant", ["stdout", { text: "a\n" }]]);
  assert.match(last[1], /^ok; the reply was cut off here/);
  assert.deepEqual(rest, []);
});

Deno.test("scratch work that a length limit cuts off is kept, and the calls are asked for", async () => {
  const { ended, outputs, conversations } = await runCell(inTurn(cutAfter(text("1, 2, 3")), answer(result("6"))));
  assert.equal(ended.status, "success");
  assert.deepEqual(outputs, [resultOutput("6")]);
  const [assistant, user] = addedTurns(conversations) as string[][];
  assert.deepEqual(assistant, ["assistant", "1, 2, 3"]);
  assert.equal(user[0], "user");
  assert.match(user[1], /cut off.*Make the tool calls now/);
});

Deno.test("an answer that is too long every time ends the cell with a note on stderr", async () => {
  const { ended, outputs, requests } = await runCell(({ number }) => cutAfter(stdout(`${number}\n`)), {
    code: "print()",
  });
  assert.equal(requests.length, 3);
  assert.equal(ended.status, "error");
  assert.match(ended.error!, /^ModelError: .*length limit/);
  assert.equal(ended.usage?.requests, 3);
  const [shown, note] = outputs;
  assert.deepEqual(shown, stdoutOutput("0\n1\n2\n"));
  assert.ok(note.type === "stream" && note.name === "stderr" && isModelFailure(note));
  assert.match(note.text, /^\[AIPython\] The model gave no usable answer: .*length limit.*Run the cell again.*\n$/);
});

Deno.test("the note begins a new line", async () => {
  const { outputs } = await runCell(() => cutAfter(stderr("no newline")));
  const [output] = outputs;
  assert.ok(output.type === "stream" && isModelFailure(output));
  assert.match(output.text, /^no newline\n\[AIPython\] /);
});

for (
  const [what, invalid, told, problem] of [
    [
      "an unknown tool",
      call("python", { code: "1" }),
      ["python", {}],
      /^There is no tool "python"; there are stdout, /,
    ],
    ["a name that no server takes", call("a b!", {}), ["a_b_", {}], /^There is no tool "a b!"/],
    [
      "the wrong type",
      call("stdout", { text: { a: 1 } }),
      ["stdout", { text: { a: 1 } }],
      /^stdout\(\) was called with \{"a":1\} for its argument text; expected was a string\. Nothing of this call is shown/,
    ],
    [
      "a bundle of nothing",
      call("display", { data: {} }),
      ["display", { data: {} }],
      /^display\(\) was called with \{\} for its argument data/,
    ],
    [
      "what is not JSON",
      callInPieces("error", ["ename: E"]),
      ["error", {}],
      /^error\(\) was called with arguments that are not valid JSON/,
    ],
    ["what breaks off", callInPieces("display", ['{"data":']), ["display", {}], /^The call of display\(\) breaks off/],
  ] as [string, Step[], unknown, RegExp][]
) {
  Deno.test(`a call with ${what} is answered with what is wrong, and what follows it is not shown`, async () => {
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

Deno.test("calls go back to the model by the tools' names, with arguments that are JSON", async () => {
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

Deno.test("a call that cannot be read while it arrives does not keep the calls before it waiting, and those after it wait", async () => {
  await using server = await startScriptedModel([
    ...stdout("a\n"),
    ...callInPieces("stdout", ['{"text": "say "hi""}']),
    ...stdout("!\n"),
    ...gate("end"),
    ...answer(),
  ]);
  const context = new RecordingContext();
  const shown = context.when(([output]) => output?.type === "stream" && output.text === "a\nsay ");
  const signal = new AbortController().signal;
  const ended = executeCell({
    model: openAIModel(server),
    context,
    history: [],
    code: "cell()",
    executionCount: 1,
    signal,
  });
  await shown;
  server.open("end");
  assert.equal((await ended).status, "success");
  assert.deepEqual(context.outputs, [stdoutOutput('a\nsay "hi"!\n')]);
  assert.equal(server.requests.length, 1);
});

Deno.test("text that was shown before its call turned out to be invalid remains, and the model is informed of it", async () => {
  const { outputs, conversations } = await runCell(inTurn(
    answer(callInPieces("stdout", ['{"text":"a', '" "b"}'])),
    answer(stdout("b\n")),
  ));
  assert.deepEqual(outputs, [stdoutOutput("ab\n")]);
  const [assistant, told] = addedTurns(conversations) as string[][];
  assert.deepEqual(assistant, ["assistant", ["stdout", { text: "a" }]]);
  assert.match(told[1], /not valid JSON.*The text up to here is shown.*go on right after it/);
});

Deno.test("the rest of a reply is not waited for once a call was invalid", async () => {
  const { outputs } = await runCell(({ number }) =>
    number === 0 ? [...call("python", {}), ...stdout("b\n"), ...gate("never")] : answer(result("6"))
  );
  assert.deepEqual(outputs, [resultOutput("6")]);
});

Deno.test("a cell whose calls are invalid every time ends with a note that says what was wrong", async () => {
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

Deno.test("prose every time ends the cell with a note that quotes it", async () => {
  const { ended, outputs, requests } = await runCell(answer(text("As an AI, I cannot run code.")));
  assert.equal(requests.length, 3);
  assert.equal(ended.status, "error");
  const [note] = outputs;
  assert.ok(note.type === "stream");
  assert.match(note.text, /answered in prose .*"As an AI, I cannot run code\."/);
});

Deno.test("a model that has been asked again may say that there is no more output", async () => {
  const { ended, outputs } = await runCell(inTurn(cutAfter(stdout("a\n")), answer(text(NO_OUTPUT))));
  assert.equal(ended.status, "success");
  assert.deepEqual(outputs, [stdoutOutput("a\n")]);
});

Deno.test("mistakes of different kinds count together", async () => {
  const { ended, requests } = await runCell(inTurn(
    answer(text("prose")),
    answer(call("python", {})),
    cutAfter(stdout("a")),
    answer(stdout("never asked for")),
  ));
  assert.equal(ended.status, "error");
  assert.equal(requests.length, 3);
});

Deno.test("a Python exception ends the cell, whatever was wrong before it", async () => {
  const { ended, requests } = await runCell(inTurn(answer(text("prose")), answer(error("E", "v"), call("python", {}))));
  assert.deepEqual([ended.status, ended.error, requests.length], ["error", "E: v", 2]);
});

Deno.test("the losses of a bundle are sent to the model if it is asked anyway, but are no reason to ask", async () => {
  const lossy = display({ "text/plain": "p", "image/png": "no png" });
  assert.equal((await runCell(answer(lossy))).requests.length, 1);
  const { conversations } = await runCell(inTurn(answer(lossy, call("python", {})), answer(result("6"))));
  const [, first] = addedTurns(conversations) as string[][];
  assert.match(first[1], /^ok, but image\/png was dropped/);
});
