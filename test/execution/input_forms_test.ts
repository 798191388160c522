/**
 * Input requests in the request forms that different servers need.
 *
 * @module
 */

import assert from "node:assert/strict";
import { NO_OUTPUT } from "../../src/execution/prompt/system_prompt.ts";
import { FormMemory } from "../../src/model/form_memory.ts";
import { ONE_CALL_FORM, TEXT_FORM } from "../../src/model/servers/candidate_forms.ts";
import { responsesEvents, toServerSentEvents } from "../../stack/strict_model/responses_stream.ts";
import { call as replyCall, IDENTITY, USAGE } from "../model/responses/reply.ts";
import { AskingContext } from "../support/asking_context.ts";
import { runCell, stdoutOutput } from "../support/cell_run.ts";
import { answer, raw, stdout, text } from "../support/scripted_answer.ts";
import { inTurn } from "../support/scripted_model_server.ts";
import { answersIn, ask, runAsking } from "./asking_cell.ts";

for (const behind of [[], [replyCall("call_c", ['{"text":"guessed"}'])]]) {
  Deno.test(`the reasoning is sent back to the provider when ${behind.length} calls follow the input request`, async () => {
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

/** Returns a memory that recalls this request form for every model. */
const remembering = (form: Parameters<FormMemory["keep"]>[2]) =>
  new (class extends FormMemory {
    override recall() {
      return form;
    }
  })();

Deno.test("a model that makes one call per reply asks for input in a separate turn", async () => {
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

Deno.test("each call and its result get their own turns when a turn may have only one call", async () => {
  const { conversations } = await runAsking(
    inTurn(answer(stdout("a\n"), ask("? ")), answer(stdout("b\n"))),
    ["x"],
    {},
    { memory: remembering({ ...ONE_CALL_FORM, parallelCalls: true }) },
  );
  assert.deepEqual(conversations[1].slice(2).map(({ role }) => role), ["assistant", "tool", "assistant", "tool"]);
  assert.deepEqual(answersIn(conversations[1]), ["ok", '{"typed":"x"}']);
});

Deno.test("user and assistant turns alternate when calls are text and cells ask for input", async () => {
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
