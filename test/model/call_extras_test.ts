import assert from "node:assert/strict";
import { runCell, stdoutOutput } from "../support/cell_run.ts";
import { answer, raw, stdout } from "../support/scripted_answer.ts";
import { inTurn } from "../support/scripted_model_server.ts";

const chunk = (delta: object, finish: string | null = null) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;

const extra_content = { google: { thought_signature: "signed" } };

/** A reply with a valid call and an invalid call, the first of which has a signature in the form of Gemini. */
const signed = [
  chunk({
    tool_calls: [{
      index: 0,
      id: "a",
      type: "function",
      extra_content,
      function: { name: "stdout", arguments: '{"text":"a\\n"}' },
    }],
  }),
  chunk({
    tool_calls: [{ index: 1, id: "b", type: "function", function: { name: "stdout", arguments: '{"txt":1}' } }],
  }),
  chunk({}, "stop"),
  "data: [DONE]\n\n",
];

/** The same reply, with the signature in a separate chunk after the call. */
const signedLate = [
  chunk({ tool_calls: [{ index: 0, id: "a", function: { name: "stdout", arguments: '{"text":"a\\n"}' } }] }),
  chunk({ tool_calls: [{ index: 0, id: "a", extra_content }] }),
  chunk({ tool_calls: [{ index: 1, id: "b", function: { name: "stdout", arguments: '{"txt":1}' } }] }),
  chunk({}, "stop"),
];

for (const [where, reply] of [["with its call", signed], ["after its call", signedLate]] as const) {
  Deno.test(`a signature that arrives ${where} is sent back when the model is asked again`, async () => {
    const { conversations, outputs } = await runCell(inTurn(raw(reply.join("")), answer(stdout("b\n"))), {}, {}, {
      rules: "none",
    });
    const [first, second] = conversations[1].find(({ tool_calls }) => tool_calls !== undefined)!.tool_calls!;
    assert.deepEqual((first as { extra_content?: unknown }).extra_content, extra_content);
    assert.ok(!("extra_content" in second));
    assert.deepEqual(outputs, [stdoutOutput("a\nb\n")]);
  });
}
