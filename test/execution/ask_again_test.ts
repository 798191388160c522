/**
 * Repeated requests to a model for one cell: when they are sent, what they contain, and that no output is shown twice.
 *
 * @module
 */

import assert from "node:assert/strict";
import { isModelFailure } from "../../src/execution/model_failure.ts";
import { resultOutput, runCell, stdoutOutput } from "../support/cell_run.ts";
import { answer, callInPieces, display, result, stderr, stdout, text } from "../support/scripted_answer.ts";
import { inTurn } from "../support/scripted_model_server.ts";
import { addedTurns, cutAfter } from "./asked_again.ts";

Deno.test("a cell sends one request when the first reply is valid", async () => {
  const { requests } = await runCell(answer(stdout("a\n"), display({ "text/plain": "d" }), result("1")));
  assert.equal(requests.length, 1);
});

Deno.test("the second reply continues a text that the length limit cut off", async () => {
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

Deno.test("half an emoji at the end of a cut text is neither shown nor sent back", async () => {
  const { conversations, outputs } = await runCell(inTurn(
    cutAfter(callInPieces("stdout", ['{"text":"a\\ud83d'])),
    answer(stdout("b")),
  ));
  assert.deepEqual(outputs, [stdoutOutput("ab")]);
  assert.deepEqual((addedTurns(conversations)[0] as unknown[])[1], ["stdout", { text: "a" }]);
});

for (const cut of ["\\", "\\u", "\\u00", "\\u00e"]) {
  Deno.test(`the escape sequence at the end of a text that is cut after ${cut} is neither shown nor sent back`, async () => {
    const { conversations, outputs } = await runCell(inTurn(
      cutAfter(callInPieces("stdout", [`{"text":"caf${cut}`])),
      answer(stdout("é\n")),
    ));
    assert.deepEqual(outputs, [stdoutOutput("café\n")]);
    assert.deepEqual((addedTurns(conversations)[0] as unknown[])[1], ["stdout", { text: "caf" }]);
  });
}

Deno.test("a cut text with unescaped quotes is sent back up to the part that was shown", async () => {
  const { outputs, conversations } = await runCell(inTurn(
    cutAfter(callInPieces("stdout", ['{"text":"say "hi""}'])),
    answer(stdout('"hi"')),
  ));
  assert.deepEqual(outputs, [stdoutOutput('say "hi"')]);
  assert.deepEqual((addedTurns(conversations)[0] as unknown[])[1], ["stdout", { text: "say " }]);
});

Deno.test("a display that the length limit cut off is dropped and requested again", async () => {
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

for (const args of ['{"data":{"text/plain":"4', '{"data":{"text/plain":"42"', '{"data":{"text/plain":"42"}']) {
  Deno.test(`a value that the length limit cut off is dropped and requested again: ${args}`, async () => {
    const { outputs, conversations } = await runCell(inTurn(
      cutAfter(stdout("a\n"), callInPieces("execute_result", [args])),
      answer(result("42")),
    ));
    assert.deepEqual(outputs, [stdoutOutput("a\n"), resultOutput("42")]);
    assert.deepEqual((addedTurns(conversations) as string[][])[0], ["assistant", ["stdout", { text: "a\n" }]]);
  });
}

Deno.test("cut scratch work is sent back with a request to make the calls", async () => {
  const { ended, outputs, conversations } = await runCell(inTurn(cutAfter(text("1, 2, 3")), answer(result("6"))));
  assert.equal(ended.status, "success");
  assert.deepEqual(outputs, [resultOutput("6")]);
  const [assistant, user] = addedTurns(conversations) as string[][];
  assert.deepEqual(assistant, ["assistant", "1, 2, 3"]);
  assert.equal(user[0], "user");
  assert.match(user[1], /cut off.*Make the tool calls now/);
});

Deno.test("a cell ends with a note on stderr when every reply reaches the length limit", async () => {
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

Deno.test("the note about a failed cell starts on a new line", async () => {
  const { outputs } = await runCell(() => cutAfter(stderr("no newline")));
  const [output] = outputs;
  assert.ok(output.type === "stream" && isModelFailure(output));
  assert.match(output.text, /^no newline\n\[AIPython\] /);
});
