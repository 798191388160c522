/**
 * The person's answers to a cell, and a cell that asks again and again.
 *
 * @module
 */

import assert from "node:assert/strict";
import { EndOfInputError, StdinNotImplementedError } from "../../src/errors.ts";
import { formatInputAnswer, parseInputAnswer } from "../../src/execution/input_answer.ts";
import { executeCell } from "../../src/execution/execute_cell.ts";
import { AskingContext } from "../support/asking_context.ts";
import { runCell, stdoutOutput } from "../support/cell_run.ts";
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
  Deno.test(`a model receives ${answered}`, async () => {
    const { ended, conversations } = await runAsking(inTurn(answer(ask("? ")), answer(error("E", "v"))), [input]);
    assert.deepEqual(answersIn(conversations[1]), [answered]);
    assert.equal(ended.error, "E: v", "the cell goes on");
  });
}

Deno.test("a password that cannot be asked for gets getpass's message", async () => {
  const { conversations } = await runAsking(
    inTurn(answer(ask("Password: ", true)), answer(ask("Password: ", true)), answer(error("E", "v"))),
    [new StdinNotImplementedError(), new EndOfInputError()],
  );
  assert.deepEqual(answersIn(conversations[2]), [
    '{"raises":"StdinNotImplementedError: getpass was called, but this frontend does not support input requests."}',
    '{"raises":"EOFError"}',
  ]);
});

Deno.test("an answer is read back as it was written, and nothing else is", () => {
  for (const answer of [{ typed: "" }, { typed: 'a"\n' }, { raises: "EOFError" }]) {
    assert.deepEqual(parseInputAnswer(formatInputAnswer(answer)), answer);
  }
  for (const text of ["ok", '"Ada"', '{"typed":1}', '{"typed":"a"', '{"typed":"a"} b', "In [1]:\n{}"]) {
    assert.equal(parseInputAnswer(text), undefined, text);
  }
});

Deno.test("a loop that prints and asks the same again and again repeats nothing", async () => {
  const round = answer(stdout("Guess!\n"), ask("? "));
  const { outputs, context, ended } = await runAsking(
    inTurn(round, round, round, answer(stdout("Guess!\n"), stdout("Right\n"))),
    ["1", "1", "2"],
  );
  assert.equal(ended.status, "success");
  assert.equal(context.asked.length, 3);
  assert.deepEqual(outputs, [stdoutOutput("Guess!\nGuess!\nGuess!\nGuess!\nRight\n")]);
});

Deno.test("an answered question is no repetition: a model may still be asked again as often as before", async () => {
  const bad = answer(call("nothing", {}));
  const { ended, context } = await runAsking(
    inTurn(bad, bad, answer(ask("a")), bad, bad, answer(ask("b")), answer(stdout("b\n"))),
    ["1", "2"],
  );
  assert.equal(ended.status, "success");
  assert.equal(context.asked.length, 2);
});

Deno.test("a model that asks endlessly although nothing can be typed is stopped", async () => {
  const context = new AskingContext(...Array.from({ length: 100 }, () => new StdinNotImplementedError()));
  const { ended, requests } = await runCell(answer(ask("? ")), { context });
  assert.equal(requests.length, 20);
  assert.equal(ended.failure, "invalid_answer");
  assert.match(ended.error!, /asked for input 20 times in a row, and nothing could be typed/);
});

Deno.test("a person may answer as often as a cell asks", async () => {
  const inputs = Array.from({ length: 60 }, (_, index) => String(index));
  const { ended, context } = await runAsking(
    ({ number }) => number < 60 ? answer(ask("? ")) : answer(result("1")),
    inputs,
    { code: "f()" },
  );
  assert.equal(ended.status, "success");
  assert.equal(context.asked.length, 60);
});

Deno.test("an interruption while the person is asked ends the cell at once", async () => {
  await using server = await startScriptedModel(answer(stdout("a\n"), ask("? ")));
  const context = new AskingContext();
  const interruption = new AbortController();
  const ended = executeCell({
    ...{ model: openAIModel(server), context, history: [], code: "cell()", executionCount: 7 },
    signal: interruption.signal,
  });
  await context.whenAsked();
  const reason = new Error("interrupted");
  interruption.abort(reason);
  await assert.rejects(ended, reason);
  assert.deepEqual(context.outputs, [stdoutOutput("a\n")]);
});

Deno.test("what else a front end fails with is no answer", async () => {
  const failure = new Error("the terminal has burnt");
  await assert.rejects(runAsking(answer(ask("? ")), [failure]), failure);
});
