/**
 * Finish reasons of different servers, missing finish reasons, and errors in answers.
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

/** Returns the kind of error that an answer ends with. */
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
  Deno.test(`the finish reason "${reason}" is reported as "${expected}"`, async () => {
    const events = await eventsOf([...text("a"), ...finish(reason), ...done()]);
    assert.deepEqual(events.at(-1), { type: "finish", reason: expected });
  });
}

for (const reason of ["error", "network_error", "abort", "insufficient_system_resource"]) {
  Deno.test(`the finish reason "${reason}" is a server error`, async () => {
    assert.equal(await kindOf([...text("a"), ...finish(reason), ...done()]), "server_error");
  });
}

for (
  const [what, script] of [
    ["the finish reason reports a malformed call", finish("function_call_filter: MALFORMED_FUNCTION_CALL")],
    [
      "the native finish reason reports a malformed call",
      choice({ delta: {}, finish_reason: "error", native_finish_reason: "MALFORMED_FUNCTION_CALL" }),
    ],
    ["calls are announced but not sent", finish("tool_calls")],
  ] as [string, Step[]][]
) {
  Deno.test(`an answer is invalid if ${what}`, async () => {
    assert.equal(await kindOf([...delta({ role: "assistant", content: "" }), ...script, ...done()]), "invalid_answer");
  });
}

for (const nothing of ["", "null", "None"]) {
  Deno.test(`the finish reason ${JSON.stringify(nothing)} counts as missing`, async () => {
    const [call] = message.tool_calls;
    const chunk = choice({ delta: { tool_calls: [call] }, finish_reason: nothing });
    assert.deepEqual(await eventsOf([...chunk, ...finish(), ...done()]), [...PRINTED, FINISHED]);
    assert.equal(await kindOf(chunk), "cut");
  });
}

Deno.test("a finish reason in every chunk does not end the answer before the stream ends", async () => {
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
  Deno.test(`the first finish reason is kept when a later chunk has the reason "${second}"`, async () => {
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

Deno.test("an answer without a finish reason is complete if its calls are and the server marks its end", async () => {
  for (const end of [done(), usage(), [...usage(), ...done()], raw("data: [DONE]")]) {
    const events = await eventsOf([...stdout("a"), ...end]);
    assert.deepEqual(events.slice(0, 3), [...PRINTED, FINISHED]);
  }
});

Deno.test("an answer without a finish reason is cut if a call is incomplete or the stream just ends", async () => {
  const open = callInPieces("stdout", ['{"text":"a']);
  for (const script of [[...open, ...done()], [...open, ...usage()], stdout("a"), [...stdout("a"), ...cut()]]) {
    assert.equal(await kindOf(script), "cut");
  }
  const costs: Step = { type: "chunk", chunk: chunkOf([{ delta: { content: "a" } }], { prompt_tokens: 1 }) };
  assert.equal(await kindOf([costs]), "cut");
});

Deno.test("a server that keeps the connection open after [DONE] is not waited for", async () => {
  await using server = await startScriptedModel([...stdout("a"), ...done(), ...gate("never")]);
  const clock = new HastyClock(100);
  assert.deepEqual(await collect(openAIModel(server, { clock })), [...PRINTED, FINISHED]);
  assert.equal(clock.delays.at(-1), 1_000);
});

Deno.test("an answer that continues after its finish reason and then breaks off is cut", async () => {
  const early = choice({ delta: { tool_calls: message.tool_calls }, finish_reason: "stop" });
  await using server = await startScriptedModel([...early, ...text("and"), ...cut()]);
  assert.equal((await failureOf(openAIModel(server))).error.kind, "cut");
});

for (
  const [what, error] of [
    [
      "a separate object",
      raw('data: {"object":"error","message":"CUDA error","type":"Internal","code":500}\n\n'),
    ],
    [
      "an error event",
      raw('event: error\ndata: {"type":"error","error":{"type":"api_error","message":"CUDA error"}}\n\n'),
    ],
    ["a line that begins with error:", raw('error: {"code":500,"message":"CUDA error","type":"server_error"}\n\n')],
  ] as [string, Step[]][]
) {
  Deno.test(`an error in the stream is reported and quoted: ${what}`, async () => {
    for (const begun of [[], stdout("a")]) {
      await using server = await startScriptedModel([...begun, ...error]);
      const failure = await failureOf(openAIModel(server, { clock: new HastyClock(20) }));
      assert.equal(failure.error.kind, "server_error");
      assert.match(failure.error.message, /"CUDA error"/);
    }
  });
}
