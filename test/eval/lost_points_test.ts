import assert from "node:assert/strict";
import { goldenSet } from "../../eval/golden/golden_set.ts";
import type { EvalCell } from "../../eval/eval_set.ts";
import { answer, display, error, gate, raw, result, stderr, stdout, text } from "../support/scripted_answer.ts";
import { ManualClock } from "../support/manual_clock.ts";
import { inTurn, type Script, startScriptedModel } from "../support/scripted_model_server.ts";
import { evaluate, goldenModel, losses } from "./evaluate.ts";

const { cells } = goldenSet();

function named(...names: string[]): EvalCell[] {
  return names.map((name) => cells.find((cell) => cell.name === name)!);
}

Deno.test("a model that answers as ipykernel did loses no points", async () => {
  await using server = await startScriptedModel(goldenModel());
  const scores = await evaluate(server, cells, { concurrency: 2 });
  assert.deepEqual(losses(scores), {});
  assert.equal(scores.length, cells.length);
});

Deno.test("a model loses points for exactly the cells that it answers wrongly", async () => {
  await using server = await startScriptedModel(goldenModel({
    expr: answer(result("7")),
    print: answer(stdout("hello, world")),
    zerodiv: answer(error("ZeroDivisionError", "division by zero!")),
    assign: answer(stdout("10\n")),
    mpl_show: answer(result("'no picture'")),
  }));
  assert.deepEqual(losses(await evaluate(server, cells, { concurrency: 2 })), {
    expr: { match: "wrong", parts: { result: "wrong" } },
    print: { match: "normalised", parts: { stdout: "normalised" } },
    zerodiv: { match: "wrong", parts: { error: "wrong" } },
    assign: { match: "wrong", parts: { stdout: "wrong" } },
    mpl_show: { match: "wrong", parts: { displays: "wrong" } },
  });
});

Deno.test("an output in the wrong place makes both the expected and the actual part wrong", async () => {
  const inWrongStream: [string, Script, object][] = [
    ["print", answer(stderr("hello, world\n")), { stdout: "wrong", stderr: "wrong" }],
    ["logging", answer(stdout("WARNING:root:w\nERROR:root:e\n")), { stdout: "wrong", stderr: "wrong" }],
    ["expr", answer(stdout("6\n")), { stdout: "wrong", result: "wrong" }],
    ["print_then_result", answer(stdout("a\nb\n42\n")), { stdout: "wrong", result: "wrong" }],
    ["html", answer(stdout("<b>x</b>")), { stdout: "wrong", displays: "wrong" }],
  ];
  for (const [name, script, parts] of inWrongStream) {
    await using server = await startScriptedModel(goldenModel({ [name]: script }));
    const scores = await evaluate(server, named("two_exprs", name, "float"));
    assert.deepEqual(losses(scores), { [name]: { match: "wrong", parts } });
  }
});

Deno.test("a display in the wrong place among the text makes the order wrong", async () => {
  const [name, golden] = ["display_between_prints", "print('a')\ndisplay(HTML('<b>x</b>'))\nprint('b')"];
  const html = display({ "text/html": "<b>x</b>", "text/plain": "<IPython.core.display.HTML object>" });
  const right = answer(stdout("a\n"), html, stdout("b\n"));
  const cell = { ...named("expr")[0], name, code: golden };
  await using recorder = await startScriptedModel(right);
  const [{ actual }] = await evaluate(recorder, [cell]);
  for (
    const [script, match] of [
      [right, undefined],
      [answer(html, stdout("a\nb\n")), "wrong"],
      [answer(stdout("a\nb\n"), html), "wrong"],
    ] as const
  ) {
    await using server = await startScriptedModel(script);
    const [score] = await evaluate(server, [{ ...cell, accepted: [actual] }]);
    assert.deepEqual([score.match, score.parts.order], [match ?? "exact", match ?? "exact"]);
  }
});

Deno.test("a cell that exceeds its time limit is interrupted and wrong, and the next cell runs", async () => {
  await using server = await startScriptedModel(
    goldenModel({ print_then_result: [...stdout("a\nb\n"), ...gate("never")] }),
  );
  const clock = new ManualClock();
  const evaluated = evaluate(server, named("expr", "print_then_result", "float"), { clock, cellTimeoutMs: 90_000 });
  await server.reached("never");
  clock.advance(90_000);
  await server.disconnected(1);
  const scores = await evaluated;
  assert.deepEqual(losses(scores), {
    print_then_result: { match: "wrong", parts: { stdout: "wrong", result: "wrong" } },
  });
  assert.equal(scores[1].failure, "no complete answer within 90 s");
});

Deno.test("a cell whose model fails is wrong, even when no output is expected", async () => {
  await using server = await startScriptedModel(
    goldenModel({
      assign: { status: 400, body: { error: { message: "no such model" } } },
      zerodiv: { status: 400, body: { error: { message: "no such model" } } },
      float: [...stdout("x"), ...raw("data: {broken\n\n")],
    }),
  );
  const scores = await evaluate(server, named("assign", "zerodiv", "expr", "float"));
  assert.deepEqual(losses(scores), {
    assign: { match: "wrong", parts: {} },
    zerodiv: { match: "wrong", parts: { error: "wrong" } },
    float: { match: "wrong", parts: { stdout: "wrong", result: "wrong" } },
  });
  assert.match(scores[0].failure ?? "", /no such model/);
  assert.equal(scores[0].actual.error, undefined);
});

Deno.test("an answer in prose is wrong when an output is expected", async () => {
  await using server = await startScriptedModel(goldenModel({ expr: answer(text("The result is 6.")) }));
  const [score] = await evaluate(server, named("expr"));
  assert.deepEqual([score.match, score.parts], ["wrong", { result: "wrong" }]);
  assert.match(score.failure ?? "", /no usable answer/);
  assert.equal(score.usage.requests, server.requests.length);
});

Deno.test("a request contains the recorded outputs of earlier cells, not the model's answers", async () => {
  await using server = await startScriptedModel(goldenModel({ expr: answer(result("7")) }));
  await evaluate(server, named("expr", "print"));
  const [, turn, told] = server.requests[1].body.messages;
  assert.match(turn.content, /^In \[1\]/);
  assert.equal(told.tool_calls[0].function.arguments, '{"data":{"text/plain":"6"}}');
});

Deno.test("a run has a cache key for each lane and session and stops at its token limit", async () => {
  await using server = await startScriptedModel(inTurn(answer(result("6"))));
  const spent = evaluate(server, named("expr", "print", "float"), { limits: { maxTokensPerSession: 20 } });
  await assert.rejects(spent, { name: "ModelError", kind: "session_limit" });
  assert.equal(server.requests.length, 2);
  assert.equal(server.requests[0].body.prompt_cache_key, "test-0-session");
});
