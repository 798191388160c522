/**
 * Replies that the server could not read, aborted, or sent empty. The model is asked again, and complete calls are kept.
 *
 * @module
 */

import assert from "node:assert/strict";
import { isModelFailure } from "../../src/execution/model_failure.ts";
import { DONE, NO_OUTPUT } from "../../src/execution/prompt/system_prompt.ts";
import { resultOutput, runCell, stdoutOutput } from "../support/cell_run.ts";
import {
  answer,
  callInPieces,
  cut,
  delta,
  done,
  finish,
  raw,
  result,
  stdout,
  type Step,
  streamedError,
  text,
} from "../support/scripted_answer.ts";
import { inTurn } from "../support/scripted_model_server.ts";

const refusal = { message: "Failed to call a function.", type: "invalid_request_error", code: "tool_use_failed" };
const mismatch = { code: 500, message: "The model produced output that does not match the expected peg-native format" };
const overload = { message: "Overloaded", type: "server_error" };

Deno.test("a request is sent again with the problem when the server refuses the model's output", async () => {
  const { ended, outputs, conversations } = await runCell(
    inTurn({ status: 400, body: { error: refusal } }, answer(stdout("a\n"), result("5"))),
  );
  assert.equal(ended.status, "success");
  assert.deepEqual(outputs, [stdoutOutput("a\n"), resultOutput("5")]);
  assert.deepEqual(conversations[1].slice(0, -1), conversations[0]);
  const last = conversations[1].at(-1)!;
  assert.equal(last.role, "user");
  assert.match(last.content!, /^Your reply could not be read, and nothing of it is shown/);
});

Deno.test("a cell ends with a note when the server refuses the model's output every time", async () => {
  const { ended, outputs, requests } = await runCell({ status: 400, body: { error: refusal } });
  assert.equal(requests.length, 3);
  assert.equal(ended.status, "error");
  const [note] = outputs;
  assert.ok(note.type === "stream" && note.name === "stderr" && isModelFailure(note));
  assert.match(note.text, /could not read what the model .* wrote \(400\): "Failed to call a function"/);
});

for (
  const [what, end] of [
    ["Groq's error", raw(`event: error\ndata: ${JSON.stringify({ error: refusal })}\n\n`)],
    ["llama.cpp's error", streamedError(mismatch)],
    ["an older llama.cpp's error", raw(`error: ${JSON.stringify(mismatch)}\n\n`)],
    ["Gemini's malformed call", [...finish("function_call_filter: MALFORMED_FUNCTION_CALL"), ...done()]],
    ["a server error", streamedError(overload)],
    ["the finish reason error", finish("error")],
  ] as [string, Step[]][]
) {
  Deno.test(`output before ${what} is kept, and the model continues right after it`, async () => {
    const { ended, outputs, conversations } = await runCell(inTurn(
      [...stdout("a\n"), ...callInPieces("stdout", ['{"text":"b']), ...end],
      answer(stdout("c\n"), result("5")),
    ));
    assert.equal(ended.status, "success");
    assert.deepEqual(outputs, [stdoutOutput("a\nbc\n"), resultOutput("5")]);
    const [assistant, first, second, ...rest] = conversations[1].slice(conversations[0].length);
    assert.deepEqual(assistant.tool_calls?.map((call) => call.function), [
      { name: "stdout", arguments: '{"text":"a\\n"}' },
      { name: "stdout", arguments: '{"text":"b"}' },
    ]);
    assert.equal(first.content, "ok");
    assert.match(second.content!, /^ok; what followed in the reply could not be read.*go on right after it/);
    assert.deepEqual(rest, []);
  });
}

Deno.test("a model that is asked to continue may answer that there is no more output", async () => {
  for (const nothing of [NO_OUTPUT, ""]) {
    const { ended, outputs, requests } = await runCell(
      inTurn([...stdout("a\n"), ...streamedError(mismatch)], answer(text(nothing))),
      { code: "print('a')" },
    );
    assert.equal(ended.status, "success");
    assert.deepEqual(outputs, [stdoutOutput("a\n")]);
    assert.equal(requests.length, 2);
  }
});

Deno.test("a cell ends with the server's message when every reply fails in the middle", async () => {
  const { ended, outputs, requests } = await runCell(() => [...stdout("a\n"), ...streamedError(overload)]);
  assert.equal(requests.length, 3);
  assert.match(ended.error!, /^ModelError: .*"Overloaded"/);
  assert.equal(outputs.at(-1)?.type, "error");
});

for (
  const [what, end] of [["a server error", streamedError(overload)], ["a broken connection", cut()]] as [
    string,
    Step[],
  ][]
) {
  Deno.test(`the request is not repeated when ${what} leaves no complete call`, async () => {
    const { ended, requests } = await runCell([...callInPieces("stdout", ['{"text":"a']), ...end]);
    assert.equal(requests.length, 1);
    assert.equal(ended.status, "error");
  });
}

const empty: { [what: string]: Step[] } = {
  "nothing": answer(),
  "an empty text": answer(text("")),
  "reasoning only": answer(delta({ content: "", reasoning_content: "It prints a." })),
  "blanks": answer(text(" \n")),
  "(no output)": answer(text(NO_OUTPUT)),
  "(done)": answer(text(DONE)),
};

for (const [what, reply] of Object.entries(empty)) {
  Deno.test(`the model is asked again after a reply of ${what} when the cell must output something`, async () => {
    const { ended, outputs, conversations } = await runCell(inTurn(reply, answer(stdout("a\n"))), {
      code: "print('a')",
    });
    assert.equal(ended.status, "success");
    assert.deepEqual(outputs, [stdoutOutput("a\n")]);
    assert.match(conversations[1].at(-1)!.content!, /^Your reply outputs nothing, but this cell outputs something/);
  });

  Deno.test(`a cell that must output something ends with a note when every reply consists of ${what}`, async () => {
    const { ended, outputs, requests } = await runCell(reply, { code: "1 + 1" });
    assert.equal(requests.length, 3);
    assert.equal(ended.status, "error");
    const [note] = outputs;
    assert.ok(note.type === "stream" && note.name === "stderr" && isModelFailure(note));
    assert.match(note.text, /gave no usable answer: Its answer was empty/);
  });

  Deno.test(`a cell that may output nothing succeeds after a reply of ${what}`, async () => {
    const { ended, outputs, requests } = await runCell(reply, { code: "x = 1" });
    assert.deepEqual([ended.status, outputs, requests.length], ["success", [], 1]);
  });
}

Deno.test("a reply that finishes with tool_calls but has no call is requested again", async () => {
  const { outputs, requests } = await runCell(
    inTurn([...finish("tool_calls"), ...done()], answer(stdout("a\n"))),
    { code: "f()" },
  );
  assert.deepEqual(outputs, [stdoutOutput("a\n")]);
  assert.equal(requests.length, 2);
});

Deno.test("arguments after the end of a call are reported to the model, and earlier output is kept", async () => {
  const { outputs, conversations } = await runCell(inTurn(
    [...callInPieces("stdout", ['{"text":"a\\n"}', '{"text":"b\\n"}']), ...finish(), ...done()],
    answer(stdout("b\n")),
  ));
  assert.deepEqual(outputs, [stdoutOutput("a\nb\n")]);
  assert.match(conversations[1].at(-1)!.content!, /^A call came without the name of its tool; there are stdout, /);
});

Deno.test("long prose is shortened before it is sent back to the model", async () => {
  const { conversations } = await runCell(
    inTurn([...text("The same again.\n".repeat(1_000)), ...finish("length"), ...done()], answer(stdout("a\n"))),
  );
  const [prose, question] = conversations[1].slice(conversations[0].length);
  assert.equal(prose.role, "assistant");
  assert.match(prose.content!, /^The same again\.\n.*\[\.\.\. \d+ characters left out \.\.\.\]/s);
  assert.ok(prose.content!.length < 2_100);
  assert.match(question.content!, /^Your reply was cut off by the length limit/);
});
