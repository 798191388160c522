/**
 * Repeated replies that start again at the beginning of the cell. Output that they repeat is not shown again.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { CellOutput } from "../../../src/execution/cell_output.ts";
import { NO_OUTPUT } from "../../../src/execution/prompt/system_prompt.ts";
import { resultOutput, runCell, startCell, stdoutOutput } from "../../support/cell_run.ts";
import { openAIModel } from "../../support/model_requests.ts";
import { RecordingContext } from "../../support/recording_context.ts";
import {
  answer,
  call,
  callInPieces,
  display,
  done,
  finish,
  gate,
  result,
  stderr,
  stdout,
  type Step,
  streamedError,
  text,
} from "../../support/scripted_answer.ts";
import { inTurn, startScriptedModel } from "../../support/scripted_model_server.ts";

const invalid = call("python", {});
const figure = { "text/plain": "<Figure>", "text/html": "<b>1</b>" };
const figureOutput: CellOutput = { type: "display_data", data: figure };

/** Builds a reply that reaches its length limit after these steps. */
const cutAfter = (...steps: Step[][]): Step[] => [...steps.flat(), ...finish("length"), ...done()];

const begun = [stdout("a\n"), stderr("w\n"), display(figure)];
const begunOutputs: CellOutput[] = [
  stdoutOutput("a\n"),
  { type: "stream", name: "stderr", text: "w\n" },
  figureOutput,
];

for (
  const [what, replies, outputs] of [
    ["an invalid call", [answer(...begun, invalid), answer(...begun, stdout("b\n"))], [
      ...begunOutputs,
      stdoutOutput("b\n"),
    ]],
    ["a cut at the length limit", [cutAfter(...begun), answer(...begun, result("1"))], [
      ...begunOutputs,
      resultOutput("1"),
    ]],
    ["a server error", [
      [...begun.flat(), ...streamedError({ message: "oops", type: "server_error" })],
      answer(...begun, result("1")),
    ], [
      ...begunOutputs,
      resultOutput("1"),
    ]],
    ["two invalid calls", [
      answer(stdout("a\n"), invalid),
      answer(stdout("a\n"), stdout("b\n"), invalid),
      answer(stdout("a\n"), stdout("b\n"), stdout("c\n")),
    ], [stdoutOutput("a\nb\nc\n")]],
    ["two invalid calls when the second reply does not start again", [
      answer(stdout("a\n"), invalid),
      answer(stdout("b\n"), invalid),
      answer(stdout("a\n"), stdout("b\n"), stdout("c\n")),
    ], [stdoutOutput("a\nb\nc\n")]],
    ["an invalid call when nothing is new", [answer(...begun, invalid), answer(...begun)], begunOutputs],
    ["an invalid call when it has fewer calls", [answer(...begun, invalid), answer(stdout("a\n"))], begunOutputs],
    ["an invalid call when a new call comes between", [
      answer(stdout("a\n"), stdout("b\n"), invalid),
      answer(stdout("a\n"), stdout("c\n"), stdout("b\n")),
    ], [stdoutOutput("a\nb\nc\nb\n")]],
    ["an invalid call when the order differs", [
      answer(stdout("a\n"), stdout("b\n"), invalid),
      answer(stdout("b\n"), stdout("a\n")),
    ], [stdoutOutput("a\nb\nb\na\n")]],
    ["an invalid call when the stream differs", [answer(stdout("a\n"), invalid), answer(stderr("a\n"))], [
      stdoutOutput("a\n"),
      { type: "stream", name: "stderr", text: "a\n" },
    ]],
    ["an invalid call when it repeats a value", [answer(result("1"), invalid), answer(result("1"), stdout("a\n"))], [
      stdoutOutput("a\n"),
      resultOutput("1"),
    ]],
  ] as [string, Step[][], CellOutput[]][]
) {
  Deno.test(`a repeated reply shows only new output after ${what}`, async () => {
    const run = await runCell(inTurn(...replies));
    assert.deepEqual(run.outputs, outputs);
    assert.equal(run.requests.length, replies.length);
    assert.equal(run.ended.status, "success");
  });
}

for (
  const [what, again] of [
    ["in the text", text(`<tool_call>{"name": "stdout", "arguments": {"text": "a\\n"}}</tool_call>`)],
    ["with Python's quotes", callInPieces("functions.stdout", ["{'text': 'a", "\\n'}"])],
  ] as [string, Step[]][]
) {
  Deno.test(`a call that is repeated ${what} is not shown again`, async () => {
    const { outputs } = await runCell(inTurn(answer(stdout("a\n"), invalid), answer(again)));
    assert.deepEqual(outputs, [stdoutOutput("a\n")]);
  });
}

Deno.test("a display that is repeated with its keys in another order is not shown again", async () => {
  const { outputs } = await runCell(inTurn(
    answer(display(figure), invalid),
    answer(display(Object.fromEntries(Object.entries(figure).reverse()))),
  ));
  assert.deepEqual(outputs, [figureOutput]);
});

Deno.test("repeated calls whose pieces are interleaved are compared in the order of the calls", async () => {
  const interleaved: Step[] = [
    { type: "call", name: "stdout" },
    { type: "call", name: "stdout" },
    { type: "piece", text: '{"text":"b', index: 1 },
    { type: "piece", text: '{"text":"a', index: 0 },
    { type: "piece", text: '\\n"}', index: 1 },
    { type: "piece", text: '\\n"}', index: 0 },
  ];
  const { outputs } = await runCell(inTurn(
    answer(stdout("a\n"), stdout("b\n"), invalid),
    answer(interleaved, stdout("c\n")),
  ));
  assert.deepEqual(outputs, [stdoutOutput("a\nb\nc\n")]);
});

for (
  const [next, shown] of [
    ["a\nb\nc\n", "a\nb\nc\n"],
    ["a\nb", "a\nb"],
    ["c\n", "a\nbc\n"],
    ["\nc\n", "a\nb\nc\n"],
    ["a\nc\n", "a\nba\nc\n"],
    ["a\n", "a\nba\n"],
  ]
) {
  Deno.test(`a text that was cut at "a\\nb" and continues with ${JSON.stringify(next)} is shown as ${JSON.stringify(shown)}`, async () => {
    const pieces = Array.from(JSON.stringify({ text: next }));
    const { outputs, requests } = await runCell(inTurn(
      cutAfter(callInPieces("stdout", ['{"text":"a\\nb'])),
      answer(callInPieces("stdout", pieces)),
    ));
    assert.deepEqual(outputs, [stdoutOutput(shown)]);
    assert.equal(requests.length, 2);
  });
}

Deno.test("a text that was cut twice and restarts each time is shown once", async () => {
  const { outputs, conversations } = await runCell(inTurn(
    cutAfter(stderr("w\n"), callInPieces("stdout", ['{"text":"1\\n2'])),
    cutAfter(stderr("w\n"), callInPieces("stdout", ['{"text":"1\\n2', "\\n3"])),
    answer(stderr("w\n"), stdout("1\n2\n3\n4\n"), result("5")),
  ));
  assert.deepEqual(outputs, [
    { type: "stream", name: "stderr", text: "w\n" },
    stdoutOutput("1\n2\n3\n4\n"),
    resultOutput("5"),
  ]);
  const sent = conversations[2].filter(({ role }) => role === "assistant").at(-1)!.tool_calls!;
  assert.deepEqual(JSON.parse(sent.at(-1)!.function.arguments), { text: "1\n2\n3" });
});

Deno.test("a text that only starts like an earlier complete call is shown in full", async () => {
  const { outputs } = await runCell(inTurn(answer(stdout("a\n"), invalid), answer(stdout("a\nb\n"))));
  assert.deepEqual(outputs, [stdoutOutput("a\na\nb\n")]);
});

Deno.test("a text that is cut while it still repeats earlier output is not shown", async () => {
  const { outputs } = await runCell(inTurn(
    answer(stdout("one\n"), invalid),
    cutAfter(callInPieces("stdout", ['{"text":"on'])),
    answer(stdout("one\n"), stdout("two\n")),
  ));
  assert.deepEqual(outputs, [stdoutOutput("one\ntwo\n")]);
});

Deno.test("text is shown piece by piece as soon as it differs from the earlier output", async () => {
  await using server = await startScriptedModel(inTurn(
    answer(stdout("one\n"), stdout("two\n"), invalid),
    [...stdout("one\n"), ...callInPieces("stdout", ['{"text":"tw', "el"]), ...gate("more"), ...answer()],
  ));
  const context = new RecordingContext();
  const shown = context.when(([output]) => output?.type === "stream" && output.text === "one\ntwo\ntwel");
  const ended = startCell(openAIModel(server), context, { signal: AbortSignal.timeout(10_000) });
  await Promise.race([shown, ended]);
  assert.deepEqual(context.outputs, [stdoutOutput("one\ntwo\ntwel")]);
  server.open("more");
  await ended.catch(() => {});
});

Deno.test("a call that is repeated after an invalid one does not end a cell in sequential mode", async () => {
  const { outputs } = await runCell(
    inTurn(
      answer(stdout("a\n")),
      answer(stdout("b\n")),
      answer(invalid),
      answer(stdout("b\n")),
      answer(stdout("c\n")),
      answer(text(NO_OUTPUT)),
    ),
    { toolMode: "sequential" },
  );
  assert.deepEqual(outputs, [stdoutOutput("a\nb\nc\n")]);
});
