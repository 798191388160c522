/**
 * The forms in which a model may call the tool `input`, and the errors when the tool is not available.
 *
 * @module
 */

import assert from "node:assert/strict";
import { runCell, stdoutOutput } from "../support/cell_run.ts";
import { answer, call, stdout, type Step, text } from "../support/scripted_answer.ts";
import { inTurn } from "../support/scripted_model_server.ts";
import { answersIn, ask, runAsking } from "./asking_cell.ts";

for (
  const [what, written, prompt = "name? "] of [
    ["Python", 'input(prompt="name? ")'],
    ["a <tool_call> tag", '<tool_call>{"name": "input", "arguments": {"prompt": "name? "}}</tool_call>'],
    ["<function> tags", "<function=input><parameter=prompt>name? </parameter></function>"],
    [
      "<function> tags with a list as the prompt",
      "<function=input><parameter=prompt>[1, 2]</parameter></function>",
      "[1, 2]",
    ],
    ["JSON", '{"name": "input", "parameters": {"prompt": "name? "}}'],
  ]
) {
  Deno.test(`a call of input() in the text, written as ${what}, is read only if the tool is available`, async () => {
    const { context, outputs } = await runAsking(inTurn(answer(text(written)), answer(stdout("Ada\n"))), ["Ada"]);
    assert.deepEqual(context.asked.map(({ prompt }) => prompt), [prompt]);
    assert.deepEqual(outputs, [stdoutOutput("Ada\n")]);
    const { conversations } = await runCell(inTurn(answer(text(written)), answer(stdout("a\n"))));
    assert.doesNotMatch(JSON.stringify(answersIn(conversations[1])), /typed/);
  });
}

Deno.test("a call of input() is refused like any unknown tool when the tool is not available", async () => {
  const { conversations, outputs } = await runCell(inTurn(answer(ask("? ")), answer(stdout("a\n"))));
  assert.match(
    answersIn(conversations[1])[0]!,
    /^There is no tool "input"; there are stdout, stderr, execute_result, display, error\./,
  );
  assert.deepEqual(outputs, [stdoutOutput("a\n")]);
});

Deno.test("the error about an unknown tool lists input when the tool is available", async () => {
  const { conversations } = await runAsking(inTurn(answer(call("raw_input", {})), answer(stdout("a\n"))), []);
  assert.match(answersIn(conversations[1])[0]!, /there are stdout, stderr, execute_result, display, error, input\./);
});

for (
  const [written, prompt, isPassword] of [
    ['{"prompt": "a"}', "a", false],
    ['{"prompt": "a", "password": true}', "a", true],
    ['{"prompt": "a", "password": "True"}', "a", true],
    ['{"prompt": "a", "password": "false"}', "a", false],
    ['{"prompt": "a", "password": null}', "a", false],
    ['{"text": "a"}', "a", false],
    ['"a"', "a", false],
    ['{"prompt": 5}', "5", false],
    ['{"prompt": null}', "", false],
    ["{}", "", false],
    ['{"arguments": {"prompt": "a"}}', "a", false],
    ['{"input": {"prompt": "a"}}', "a", false],
    ["{'prompt': 'a', 'password': True}", "a", true],
  ] as const
) {
  Deno.test(`input() reads the arguments ${JSON.stringify(written)} as ${JSON.stringify({ prompt, isPassword })}`, async () => {
    const question: Step[] = [{ type: "call", name: "input" }, { type: "piece", text: written }];
    const { context } = await runAsking(inTurn(answer(question), answer(stdout("b\n"))), ["x"]);
    assert.deepEqual(context.asked.map(({ prompt, isPassword }) => ({ prompt, isPassword })), [{ prompt, isPassword }]);
  });
}

Deno.test("a prompt that is not text is reported to the model, which may ask again", async () => {
  const { context, conversations } = await runAsking(
    inTurn(answer(call("input", { prompt: ["a", "b"] })), answer(ask("a")), answer(stdout("b\n"))),
    ["x"],
  );
  assert.match(answersIn(conversations[1])[0]!, /input\(\) was called with .* for its argument prompt/);
  assert.equal(context.asked.length, 1);
});
