/**
 * The person's answers to input requests, and cells that send many input requests.
 *
 * @module
 */

import assert from "node:assert/strict";
import { EndOfInputError, StdinNotImplementedError } from "../../src/errors.ts";
import { formatInputAnswer, parseInputAnswer } from "../../src/execution/input_answer.ts";
import { AskingContext } from "../support/asking_context.ts";
import { runCell, startCell, stdoutOutput } from "../support/cell_run.ts";
import { openAIModel } from "../support/model_requests.ts";
import { answer, call, error, result, stdout } from "../support/scripted_answer.ts";
import { inTurn, startScriptedModel } from "../support/scripted_model_server.ts";
import { answersIn, ask, runAsking } from "./asking_cell.ts";

for (
  const [input, answered] of [
    ["", '{"typed":""}'],
    ['"} \\ {"raises": "E"}', JSON.stringify({ typed: '"} \\ {"raises": "E"}' })],
    [new EndOfInputError(), '{"raises":"EOFError: EOF when reading a line"}'],
    [
      new StdinNotImplementedError(),
      '{"raises":"StdinNotImplementedError: raw_input was called, but this frontend does not support input requests."}',
    ],
  ] as const
) {
  Deno.test(`the model receives ${answered} as the result of an input request`, async () => {
    const { ended, conversations } = await runAsking(inTurn(answer(ask("? ")), answer(error("E", "v"))), [input]);
    assert.deepEqual(answersIn(conversations[1]), [answered]);
    assert.equal(ended.error, "E: v", "the cell continues");
  });
}

Deno.test("the model receives getpass's exceptions when a password request fails", async () => {
  const { conversations } = await runAsking(
    inTurn(answer(ask("Password: ", true)), answer(ask("Password: ", true)), answer(error("E", "v"))),
    [new StdinNotImplementedError(), new EndOfInputError()],
  );
  assert.deepEqual(answersIn(conversations[2]), [
    '{"raises":"StdinNotImplementedError: getpass was called, but this frontend does not support input requests."}',
    '{"raises":"EOFError"}',
  ]);
});

Deno.test("parseInputAnswer() reads what formatInputAnswer() writes and rejects other texts", () => {
  for (const answer of [{ typed: "" }, { typed: 'a"\n' }, { raises: "EOFError" }]) {
    assert.deepEqual(parseInputAnswer(formatInputAnswer(answer)), answer);
  }
  for (const text of ["ok", '"Ada"', '{"typed":1}', '{"typed":"a"', '{"typed":"a"} b', "In [1]:\n{}"]) {
    assert.equal(parseInputAnswer(text), undefined, text);
  }
});

Deno.test("a loop that prints and asks the same thing again shows every round", async () => {
  const round = answer(stdout("Guess!\n"), ask("? "));
  const { outputs, context, ended } = await runAsking(
    inTurn(round, round, round, answer(stdout("Guess!\n"), stdout("Right\n"))),
    ["1", "1", "2"],
  );
  assert.equal(ended.status, "success");
  assert.equal(context.asked.length, 3);
  assert.deepEqual(outputs, [stdoutOutput("Guess!\nGuess!\nGuess!\nGuess!\nRight\n")]);
});

Deno.test("an answered input request resets the count of invalid replies", async () => {
  const bad = answer(call("nothing", {}));
  const { ended, context } = await runAsking(
    inTurn(bad, bad, answer(ask("a")), bad, bad, answer(ask("b")), answer(stdout("b\n"))),
    ["1", "2"],
  );
  assert.equal(ended.status, "success");
  assert.equal(context.asked.length, 2);
});

Deno.test("a cell fails after 20 input requests in a row that cannot be answered", async () => {
  const context = new AskingContext(...Array.from({ length: 100 }, () => new StdinNotImplementedError()));
  const { ended, requests } = await runCell(answer(ask("? ")), { context });
  assert.equal(requests.length, 20);
  assert.equal(ended.failure, "invalid_answer");
  assert.match(ended.error!, /asked for input 20 times in a row, and nothing could be typed/);
});

Deno.test("a cell may send 60 input requests if each one is answered", async () => {
  const inputs = Array.from({ length: 60 }, (_, index) => String(index));
  const { ended, context } = await runAsking(
    ({ number }) => number < 60 ? answer(ask("? ")) : answer(result("1")),
    inputs,
    { code: "f()" },
  );
  assert.equal(ended.status, "success");
  assert.equal(context.asked.length, 60);
});

Deno.test("an interrupt during an input request ends the cell", async () => {
  await using server = await startScriptedModel(answer(stdout("a\n"), ask("? ")));
  const context = new AskingContext();
  const interruption = new AbortController();
  const ended = startCell(openAIModel(server), context, { signal: interruption.signal });
  await context.whenAsked();
  const reason = new Error("interrupted");
  interruption.abort(reason);
  await assert.rejects(ended, reason);
  assert.deepEqual(context.outputs, [stdoutOutput("a\n")]);
});

Deno.test("executeCell() rejects when the front end fails with an unexpected error", async () => {
  const failure = new Error("the terminal has burnt");
  await assert.rejects(runAsking(answer(ask("? ")), [failure]), failure);
});
