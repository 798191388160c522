/**
 * Finish reasons, missing ones, and errors in answers.
 *
 * @module
 */

import assert from "node:assert/strict";
import { HastyClock } from "../support/hasty_clock.ts";
import { collect, failureOf, openAIModel } from "../support/model_requests.ts";
import {
  callInPieces,
  chunkOf,
  cut,
  delta,
  done,
  finish,
  gate,
  raw,
  stdout,
  type Step,
  text,
  usage,
} from "../support/scripted_answer.ts";
import { type Script, startScriptedModel } from "../support/scripted_model_server.ts";
import { choice, eventsOf, FINISHED, message, PRINTED, USAGE } from "./answer_events.ts";

/** The kind of error that an answer ends in. */
async function kindOf(script: Script) {
  await using server = await startScriptedModel(script);
  return (await failureOf(openAIModel(server, { clock: new HastyClock(20) }))).error.kind;
}

for (
  const [reason, expected] of [
    ["MAX_TOKENS", "length"],
    ["model_length", "length"],
    ["model_context_window_exceeded", "length"],
    ["SAFETY", "content_filter"],
    ["RECITATION", "content_filter"],
    ["sensitive", "content_filter"],
    ["refusal", "content_filter"],
    ["end_turn", "stop"],
    ["COMPLETE", "stop"],
    ["whatever", "stop"],
  ]
) {
  Deno.test(`the finish reason "${reason}" is taken for "${expected}"`, async () => {
    const events = await eventsOf([...text("a"), ...finish(reason), ...done()]);
    assert.deepEqual(events.at(-1), { type: "finish", reason: expected });
  });
}

for (const reason of ["error", "network_error", "abort", "insufficient_system_resource"]) {
  Deno.test(`the finish reason "${reason}" is an error of the server`, async () => {
    assert.equal(await kindOf([...text("a"), ...finish(reason), ...done()]), "server_error");
  });
}

for (
  const [what, script] of [
    ["says so", finish("function_call_filter: MALFORMED_FUNCTION_CALL")],
    [
      "says so in the provider's words",
      choice({ delta: {}, finish_reason: "error", native_finish_reason: "MALFORMED_FUNCTION_CALL" }),
    ],
    ["announces calls and sends none", finish("tool_calls")],
  ] as [string, Step[]][]
) {
  Deno.test(`a call that the server could not read is an invalid answer, where it ${what}`, async () => {
    assert.equal(await kindOf([...delta({ role: "assistant", content: "" }), ...script, ...done()]), "invalid_answer");
  });
}

for (const nothing of ["", "null", "None"]) {
  Deno.test(`the finish reason ${JSON.stringify(nothing)} in every chunk is ignored`, async () => {
    const [call] = message.tool_calls;
    const chunk = choice({ delta: { tool_calls: [call] }, finish_reason: nothing });
    assert.deepEqual(await eventsOf([...chunk, ...finish(), ...done()]), [...PRINTED, FINISHED]);
    assert.equal(await kindOf(chunk), "cut");
  });
}

Deno.test("a finish reason in every chunk ends nothing before the stream ends", async () => {
  const part = (args: string) =>
    choice({
      delta: { tool_calls: [{ index: 0, function: { name: "stdout", arguments: args } }] },
      finish_reason: "stop",
    });
  assert.deepEqual(await eventsOf([...part('{"text"'), ...part(':"a"}'), ...done()]), [
    PRINTED[0],
    { type: "tool_call_delta", index: 0, delta: '{"text"' },
    { type: "tool_call_delta", index: 0, delta: ':"a"}' },
    FINISHED,
  ]);
});

for (const second of ["stop", "tool_calls"]) {
  Deno.test(`a second chunk with the reason "${second}" changes nothing, nor is the first lost`, async () => {
    const events = await eventsOf([
      ...stdout("a"),
      ...finish("length"),
      ...delta({ content: "" }),
      ...finish(second),
      ...usage(),
      ...done(),
    ]);
    assert.deepEqual(events, [...PRINTED, { type: "finish", reason: "length" }, USAGE]);
  });
}

Deno.test("an answer without a finish reason is complete if all calls are and the server says that it was all", async () => {
  for (const end of [done(), usage(), [...usage(), ...done()], raw("data: [DONE]")]) {
    const events = await eventsOf([...stdout("a"), ...end]);
    assert.deepEqual(events.slice(0, 3), [...PRINTED, FINISHED]);
  }
});

Deno.test("an answer without a finish reason is cut if a call is not complete, or the stream just ends", async () => {
  const open = callInPieces("stdout", ['{"text":"a']);
  for (const script of [[...open, ...done()], [...open, ...usage()], stdout("a"), [...stdout("a"), ...cut()]]) {
    assert.equal(await kindOf(script), "cut");
  }
  const costs: Step = { type: "chunk", chunk: chunkOf([{ delta: { content: "a" } }], { prompt_tokens: 1 }) };
  assert.equal(await kindOf([costs]), "cut");
});

Deno.test("a server that says [DONE] without a finish reason and stays is not waited for", async () => {
  await using server = await startScriptedModel([...stdout("a"), ...done(), ...gate("never")]);
  const clock = new HastyClock(100);
  assert.deepEqual(await collect(openAIModel(server, { clock })), [...PRINTED, FINISHED]);
  assert.equal(clock.delays.at(-1), 1_000);
});

Deno.test("an answer that goes on behind its finish reason is not over before it ends", async () => {
  const early = choice({ delta: { tool_calls: message.tool_calls }, finish_reason: "stop" });
  await using server = await startScriptedModel([...early, ...text("and"), ...cut()]);
  assert.equal((await failureOf(openAIModel(server))).error.kind, "cut");
});

for (
  const [what, error] of [
    [
      "with an object of its own",
      raw('data: {"object":"error","message":"CUDA error","type":"Internal","code":500}\n\n'),
    ],
    [
      "as an event",
      raw('event: error\ndata: {"type":"error","error":{"type":"api_error","message":"CUDA error"}}\n\n'),
    ],
    ["as a field", raw('error: {"code":500,"message":"CUDA error","type":"server_error"}\n\n')],
  ] as [string, Step[]][]
) {
  Deno.test(`an error in the stream is no end of it, but quoted, ${what}`, async () => {
    for (const begun of [[], stdout("a")]) {
      await using server = await startScriptedModel([...begun, ...error]);
      const failure = await failureOf(openAIModel(server, { clock: new HastyClock(20) }));
      assert.equal(failure.error.kind, "server_error");
      assert.match(failure.error.message, /"CUDA error"/);
    }
  });
}
