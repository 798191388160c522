/**
 * Cells that ask the person for input.
 *
 * @module
 */

import assert from "node:assert/strict";
import { EndOfInputError, StdinNotImplementedError } from "../../src/errors.ts";
import { formatInputAnswer, parseInputAnswer } from "../../src/execution/input_answer.ts";
import type { ExecuteCellOptions } from "../../src/execution/execute_cell.ts";
import { executeCell } from "../../src/execution/execute_cell.ts";
import { NO_OUTPUT, SYSTEM_PROMPT, SYSTEM_PROMPT_WITH_INPUT } from "../../src/execution/prompt/system_prompt.ts";
import { TOOLS, toolsOf } from "../../src/execution/reply/tools.ts";
import { FormMemory } from "../../src/model/form_memory.ts";
import type { OpenAIModelOptions } from "../../src/model/openai_model.ts";
import { ONE_CALL_FORM, TEXT_FORM } from "../../src/model/servers/candidate_forms.ts";
import { responsesEvents, toServerSentEvents } from "../../stack/strict_model/responses_stream.ts";
import { call as replyCall, IDENTITY, USAGE } from "../model/responses/reply.ts";
import { AskingContext, type ScriptedInput } from "../support/asking_context.ts";
import { runCell, stdoutOutput, type WireMessage } from "../support/cell_run.ts";
import { openAIModel } from "../support/model_requests.ts";
import { answer, call, error, gate, raw, result, stdout, type Step, text } from "../support/scripted_answer.ts";
import { inTurn, type ScriptSource, startScriptedModel } from "../support/scripted_model_server.ts";

const ask = (prompt: string, password?: boolean): Step[] =>
  call("input", password === undefined ? { prompt } : { prompt, password });

/** Runs a cell whose person answers so. */
async function runAsking(
  source: ScriptSource,
  inputs: ScriptedInput[],
  options: Partial<ExecuteCellOptions> = {},
  modelOptions: Partial<OpenAIModelOptions> = {},
) {
  const context = new AskingContext(...inputs);
  const run = await runCell(source, { context, ...options }, modelOptions);
  return { ...run, context, outputs: context.outputs };
}

const answersIn = (messages: WireMessage[]) =>
  messages.filter(({ role }) => role === "tool").map(({ content }) => content);

Deno.test("where nobody can be asked, the tools and the prompt are what they were without the sixth", async () => {
  const { requests: [{ body }] } = await runCell(answer(stdout("a\n")));
  assert.equal(
    JSON.stringify(body.tools),
    JSON.stringify(TOOLS.map((tool) => ({ type: "function", function: tool }))),
  );
  assert.equal(body.tools.length, 5);
  assert.equal(body.messages[0].content, SYSTEM_PROMPT);
});

Deno.test("where somebody can be asked, there is a sixth tool behind the five, and the prompt names it", async () => {
  const { requests: [{ body }] } = await runAsking(answer(stdout("a\n")), []);
  assert.deepEqual(body.tools.map((tool: { function: { name: string } }) => tool.function.name), [
    ...["stdout", "stderr", "execute_result", "display", "error", "input"],
  ]);
  assert.deepEqual(body.tools.slice(0, 5).map((tool: { function: unknown }) => tool.function), TOOLS);
  assert.equal(body.messages[0].content, SYSTEM_PROMPT_WITH_INPUT);
});

for (const api of ["chat", "responses"] as const) {
  for (const toolMode of ["auto", "sequential", "text"] as const) {
    Deno.test(`a model asks and goes on with what was typed (${api}, ${toolMode})`, async () => {
      const last = toolMode === "sequential" ? [answer(text(NO_OUTPUT))] : [];
      const { ended, context, outputs, conversations, requests } = await runAsking(
        inTurn(answer(ask("name? ")), answer(stdout("Hi Ada\n")), ...last),
        ["Ada"],
        { toolMode },
        { api },
      );
      assert.equal(ended.status, "success");
      assert.deepEqual(context.asked, [{ prompt: "name? ", isPassword: false, outputs: 0, flushes: 1 }]);
      assert.deepEqual(outputs, [stdoutOutput("Hi Ada\n")]);
      assert.equal(ended.usage?.requests, requests.length);
      const [, second] = requests;
      const tail = JSON.stringify(api === "chat" ? conversations[1].slice(2) : second.body.input.slice(2));
      assert.match(tail, /name\? /);
      assert.ok(tail.includes(JSON.stringify('{"typed":"Ada"}')), tail);
    });
  }
}

Deno.test("what was written before is shown and flushed before the person is asked", async () => {
  const { context, outputs } = await runAsking(
    inTurn(answer(stdout("a\n"), ask("? ")), answer(stdout("b\n"))),
    ["x"],
  );
  assert.deepEqual(context.asked, [{ prompt: "? ", isPassword: false, outputs: 1, flushes: 1 }]);
  assert.deepEqual(outputs, [stdoutOutput("a\nb\n")]);
});

Deno.test("calls behind the question are dropped, and the reply is broken off at the first of them", async () => {
  const source = inTurn(
    [...stdout("a\n"), ...ask("? "), ...stdout("guessed\n"), ...gate("never"), ...answer(stdout("more\n"))],
    answer(stdout("b\n")),
  );
  await using server = await startScriptedModel(source);
  const context = new AskingContext("x");
  const ended = await executeCell({
    ...{ model: openAIModel(server), context, history: [], code: "cell()", executionCount: 7 },
    signal: new AbortController().signal,
  });
  await server.disconnected(0);
  assert.equal(ended.status, "success");
  assert.deepEqual(context.outputs, [stdoutOutput("a\nb\n")]);
  const messages: WireMessage[] = server.requests[1].body.messages;
  assert.deepEqual(messages[2].tool_calls?.map(({ function: { name } }) => name), ["stdout", "input"]);
  assert.deepEqual(answersIn(messages), ["ok", '{"typed":"x"}']);
});

for (const toolMode of ["auto", "text"] as const) {
  Deno.test(`prose behind the question is dropped, and what was written before it goes back (${toolMode})`, async () => {
    const question = toolMode === "auto"
      ? ask("? ")
      : text('<tool_call>{"name": "input", "arguments": {"prompt": "? "}}</tool_call>\n');
    const { context, conversations } = await runAsking(
      inTurn([...text("i = 3\n"), ...question, ...text('{"typed": "made up"}'), ...answer()], answer(stdout("b\n"))),
      ["x"],
      { toolMode },
    );
    assert.equal(context.asked.length, 1);
    assert.match(conversations[1][2].content!, /^i = 3/);
    assert.doesNotMatch(JSON.stringify(conversations[1]), /made up/);
  });
}

for (
  const [what, written, prompt = "name? "] of [
    ["Python", 'input(prompt="name? ")'],
    ["a tag", '<tool_call>{"name": "input", "arguments": {"prompt": "name? "}}</tool_call>'],
    ["tags", "<function=input><parameter=prompt>name? </parameter></function>"],
    ["tags, with what looks like a list", "<function=input><parameter=prompt>[1, 2]</parameter></function>", "[1, 2]"],
    ["JSON", '{"name": "input", "parameters": {"prompt": "name? "}}'],
  ]
) {
  Deno.test(`a question may be written into the text as ${what}; without the tool that is no call`, async () => {
    const { context, outputs } = await runAsking(inTurn(answer(text(written)), answer(stdout("Ada\n"))), ["Ada"]);
    assert.deepEqual(context.asked.map(({ prompt }) => prompt), [prompt]);
    assert.deepEqual(outputs, [stdoutOutput("Ada\n")]);
    const { conversations } = await runCell(inTurn(answer(text(written)), answer(stdout("a\n"))));
    assert.doesNotMatch(JSON.stringify(answersIn(conversations[1])), /typed/);
  });
}

Deno.test("a call of input without the tool is refused as that of any unknown tool", async () => {
  const { conversations, outputs } = await runCell(inTurn(answer(ask("? ")), answer(stdout("a\n"))));
  assert.match(
    answersIn(conversations[1])[0]!,
    /^There is no tool "input"; there are stdout, stderr, execute_result, display, error\./,
  );
  assert.deepEqual(outputs, [stdoutOutput("a\n")]);
});

Deno.test("an unknown tool is told of all six where there are six", async () => {
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
  Deno.test(`the arguments ${JSON.stringify(written)} ask for ${JSON.stringify({ prompt, isPassword })}`, async () => {
    const question: Step[] = [{ type: "call", name: "input" }, { type: "piece", text: written }];
    const { context } = await runAsking(inTurn(answer(question), answer(stdout("b\n"))), ["x"]);
    assert.deepEqual(context.asked.map(({ prompt, isPassword }) => ({ prompt, isPassword })), [{ prompt, isPassword }]);
  });
}

Deno.test("a prompt that is no text is a mistake of the model's, and it may ask again", async () => {
  const { context, conversations } = await runAsking(
    inTurn(answer(call("input", { prompt: ["a", "b"] })), answer(ask("a")), answer(stdout("b\n"))),
    ["x"],
  );
  assert.match(answersIn(conversations[1])[0]!, /input\(\) was called with .* for its argument prompt/);
  assert.equal(context.asked.length, 1);
});

for (
  const [input, told] of [
    ["", '{"typed":""}'],
    ['"} \\ {"raises": "E"}', JSON.stringify({ typed: '"} \\ {"raises": "E"}' })],
    [new EndOfInputError(), '{"raises":"EOFError: EOF when reading a line"}'],
    [
      new StdinNotImplementedError(),
      '{"raises":"StdinNotImplementedError: raw_input was called, but this frontend does not support input requests."}',
    ],
  ] as const
) {
  Deno.test(`a model is told ${told}`, async () => {
    const { ended, conversations } = await runAsking(inTurn(answer(ask("? ")), answer(error("E", "v"))), [input]);
    assert.deepEqual(answersIn(conversations[1]), [told]);
    assert.equal(ended.error, "E: v", "the cell goes on");
  });
}

Deno.test("a password that cannot be asked for is told in getpass's words", async () => {
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

Deno.test("a model that asks for ever where nothing can be typed is stopped", async () => {
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

Deno.test("a reply that fails behind its question has still asked", async () => {
  const { ended, outputs } = await runAsking(
    inTurn([...ask("? "), { type: "chunk", chunk: { error: { message: "overloaded" } } }], answer(stdout("b\n"))),
    ["x"],
  );
  assert.equal(ended.status, "success");
  assert.deepEqual(outputs, [stdoutOutput("b\n")]);
});

for (const behind of [[], [replyCall("call_c", ['{"text":"guessed"}'])]]) {
  Deno.test(`a provider gets its reasoning back with the question, also with ${behind.length} calls behind it`, async () => {
    const parts = [
      { type: "reasoning" as const },
      replyCall("call_a", ['{"text":"a\\n"}']),
      replyCall("call_b", ['{"prompt":"? "}'], "input"),
      ...behind,
    ];
    const { ended, requests } = await runAsking(
      inTurn(raw(toServerSentEvents(responsesEvents(parts, IDENTITY, USAGE))), answer(stdout("b\n"))),
      ["x"],
      {},
      { api: "responses", model: "gpt-6-luna" },
    );
    assert.equal(ended.status, "success");
    type Item = { type?: string; call_id?: string; output?: string };
    const items: Item[] = requests[1].body.input.slice(2);
    assert.deepEqual(items.map(({ type, call_id, output }) => [type, call_id, output]), [
      ["reasoning", undefined, undefined],
      ["function_call", "call_a", undefined],
      ["function_call", "call_b", undefined],
      ["function_call_output", "call_a", "ok"],
      ["function_call_output", "call_b", '{"typed":"x"}'],
    ]);
  });
}

/** Knows a form by which every model is asked. */
const remembering = (form: Parameters<FormMemory["keep"]>[2]) =>
  new (class extends FormMemory {
    override recall() {
      return form;
    }
  })();

Deno.test("a model that makes one call a reply asks in a turn of its own, and is then asked for more", async () => {
  const { ended, outputs, conversations } = await runAsking(
    inTurn(answer(stdout("a\n")), answer(ask("? ")), answer(stdout("a\n")), answer(text(NO_OUTPUT))),
    ["x"],
    {},
    { memory: remembering(ONE_CALL_FORM) },
  );
  assert.equal(ended.status, "success");
  assert.deepEqual(outputs, [stdoutOutput("a\na\n")]);
  assert.deepEqual(conversations[2].slice(2).map(({ role }) => role), ["assistant", "tool", "assistant", "tool"]);
  assert.equal(conversations[2].at(-1)!.content, '{"typed":"x"}');
});

Deno.test("where a turn has one call, each call before the question has its own, and its answer", async () => {
  const { conversations } = await runAsking(
    inTurn(answer(stdout("a\n"), ask("? ")), answer(stdout("b\n"))),
    ["x"],
    {},
    { memory: remembering({ ...ONE_CALL_FORM, parallelCalls: true }) },
  );
  assert.deepEqual(conversations[1].slice(2).map(({ role }) => role), ["assistant", "tool", "assistant", "tool"]);
  assert.deepEqual(answersIn(conversations[1]), ["ok", '{"typed":"x"}']);
});

Deno.test("where calls are text, users and assistants alternate, also behind a cell that ends with a question", async () => {
  const context = new AskingContext("y");
  const { conversations } = await runCell(
    inTurn(
      answer(text('<tool_call>{"name": "input", "arguments": {"prompt": "? "}}</tool_call>')),
      answer(text("(done)")),
    ),
    {
      context,
      code: "y = input('? ')",
      history: [{
        ...{ executionCount: 1, code: "x = input('? ')", outputs: [] },
        inputs: [{ prompt: "? ", isPassword: false, position: 0, answer: { typed: "x" } }],
      }],
    },
    { memory: remembering(TEXT_FORM) },
  );
  for (const messages of conversations) {
    const roles = messages.slice(1).map(({ role }) => role);
    assert.ok(roles.every((role, index) => role === (index % 2 === 0 ? "user" : "assistant")), roles.join(" "));
  }
  assert.match(JSON.stringify(conversations[1]), /typed.*x.*typed.*y/);
});

for (const toolMode of ["auto", "text"] as const) {
  Deno.test(`the tools of the session are described with the calls (${toolMode})`, async () => {
    const { requests } = await runAsking(answer(stdout("a\n")), [], { toolMode });
    const text = JSON.stringify(requests[0].body);
    for (const { name } of toolsOf(true)) assert.match(text, new RegExp(`\\b${name}\\b`));
  });
}
