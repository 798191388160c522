/**
 * Cells that ask the person for input: the tool, the input request, and the rest of the reply.
 *
 * @module
 */

import assert from "node:assert/strict";
import { NO_OUTPUT, SYSTEM_PROMPT, SYSTEM_PROMPT_WITH_INPUT } from "../../src/execution/prompt/system_prompt.ts";
import { TOOLS, toolsOf } from "../../src/execution/reply/tools.ts";
import { AskingContext } from "../support/asking_context.ts";
import { runCell, startCell, stdoutOutput, type WireMessage } from "../support/cell_run.ts";
import { openAIModel } from "../support/model_requests.ts";
import { answer, gate, stdout, text } from "../support/scripted_answer.ts";
import { inTurn, startScriptedModel } from "../support/scripted_model_server.ts";
import { answersIn, ask, runAsking } from "./asking_cell.ts";

Deno.test("a session without input sends five tools and the prompt without input", async () => {
  const { requests: [{ body }] } = await runCell(answer(stdout("a\n")));
  assert.equal(
    JSON.stringify(body.tools),
    JSON.stringify(TOOLS.map((tool) => ({ type: "function", function: tool }))),
  );
  assert.equal(body.tools.length, 5);
  assert.equal(body.messages[0].content, SYSTEM_PROMPT);
});

Deno.test("a session with input sends a sixth tool and a prompt that names it", async () => {
  const { requests: [{ body }] } = await runAsking(answer(stdout("a\n")), []);
  assert.deepEqual(body.tools.map((tool: { function: { name: string } }) => tool.function.name), [
    ...["stdout", "stderr", "execute_result", "display", "error", "input"],
  ]);
  assert.deepEqual(body.tools.slice(0, 5).map((tool: { function: unknown }) => tool.function), TOOLS);
  assert.equal(body.messages[0].content, SYSTEM_PROMPT_WITH_INPUT);
});

for (const toolMode of ["auto", "text"] as const) {
  Deno.test(`the request names all six tools in tool mode ${toolMode}`, async () => {
    const { requests } = await runAsking(answer(stdout("a\n")), [], { toolMode });
    const text = JSON.stringify(requests[0].body);
    for (const { name } of toolsOf(true)) assert.match(text, new RegExp(`\\b${name}\\b`));
  });
}

for (const api of ["chat", "responses"] as const) {
  for (const toolMode of ["auto", "sequential", "text"] as const) {
    Deno.test(`the model asks for input and continues with the typed text (${api}, ${toolMode})`, async () => {
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

Deno.test("earlier output is shown and flushed before the person is asked", async () => {
  const { context, outputs } = await runAsking(
    inTurn(answer(stdout("a\n"), ask("? ")), answer(stdout("b\n"))),
    ["x"],
  );
  assert.deepEqual(context.asked, [{ prompt: "? ", isPassword: false, outputs: 1, flushes: 1 }]);
  assert.deepEqual(outputs, [stdoutOutput("a\nb\n")]);
});

Deno.test("calls after an input request are dropped, and the reply is aborted", async () => {
  const source = inTurn(
    [...stdout("a\n"), ...ask("? "), ...stdout("guessed\n"), ...gate("never"), ...answer(stdout("more\n"))],
    answer(stdout("b\n")),
  );
  await using server = await startScriptedModel(source);
  const context = new AskingContext("x");
  const ended = await startCell(openAIModel(server), context);
  await server.disconnected(0);
  assert.equal(ended.status, "success");
  assert.deepEqual(context.outputs, [stdoutOutput("a\nb\n")]);
  const messages: WireMessage[] = server.requests[1].body.messages;
  assert.deepEqual(messages[2].tool_calls?.map(({ function: { name } }) => name), ["stdout", "input"]);
  assert.deepEqual(answersIn(messages), ["ok", '{"typed":"x"}']);
});

for (const toolMode of ["auto", "text"] as const) {
  Deno.test(`prose after an input request is dropped, and prose before it is sent back (${toolMode})`, async () => {
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

Deno.test("an input request is answered even if the reply fails after it", async () => {
  const { ended, outputs } = await runAsking(
    inTurn([...ask("? "), { type: "chunk", chunk: { error: { message: "overloaded" } } }], answer(stdout("b\n"))),
    ["x"],
  );
  assert.equal(ended.status, "success");
  assert.deepEqual(outputs, [stdoutOutput("b\n")]);
});
