/**
 * Replies that go back to the Responses interface in later requests.
 *
 * @module
 */

import assert from "node:assert/strict";
import { answerOf, call, readAll, turnOf } from "./reply.ts";
import { again, bodyOf, cell, ok } from "./request_body.ts";

Deno.test("a reply's reasoning, message and calls are sent back unchanged, with the reply's own call ids", () => {
  const reply = turnOf(readAll(answerOf([
    { type: "reasoning" },
    { type: "text", pieces: ["I ", "see"] },
    call("call_A", ['{"text":', '"a"}']),
    { type: "reasoning" },
    call("call_B", ['{"text":"b"}'], "stderr"),
  ])));
  const { input } = bodyOf({ messages: [cell, reply, ok("own_0"), ok("own_1", "No."), again] });
  assert.deepEqual(input, [
    cell,
    { type: "reasoning", id: "rs_1_0", encrypted_content: "gAAAAcnNfMV8w", summary: [] },
    { role: "assistant", content: "I see", phase: "final_answer" },
    { type: "function_call", call_id: "call_A", name: "stdout", arguments: '{"text":"a"}' },
    { type: "reasoning", id: "rs_1_3", encrypted_content: "gAAAAcnNfMV8z", summary: [] },
    { type: "function_call", call_id: "call_B", name: "stderr", arguments: '{"text":"b"}' },
    { type: "function_call_output", call_id: "call_A", output: "ok" },
    { type: "function_call_output", call_id: "call_B", output: "No." },
    again,
  ]);
});

Deno.test("a reply that was cut is sent back as far as it was shown, without trailing reasoning", () => {
  const reply = turnOf(readAll(answerOf([
    { type: "reasoning" },
    call("call_A", ['{"text":"aaa']),
    { type: "reasoning" },
    call("call_B", ["{"], "display"),
  ], "max_output_tokens")));
  const shown = { id: "own_0", name: "stdout", arguments: '{"text":"aa"}' };
  const { input } = bodyOf({ messages: [cell, { ...reply, toolCalls: [shown] }, ok("own_0", "go on")] });
  assert.deepEqual(input, [
    cell,
    { type: "reasoning", id: "rs_1_0", encrypted_content: "gAAAAcnNfMV8w", summary: [] },
    { type: "function_call", call_id: "call_A", name: "stdout", arguments: '{"text":"aa"}' },
    { type: "function_call_output", call_id: "call_A", output: "go on" },
  ]);
});

Deno.test("a call that broke off before its item was done is sent back with the conversation's own id", () => {
  const events = answerOf([{ type: "reasoning" }, call("call_A", ['{"text":"a"}'])]) as { type: string }[];
  const end = events.findIndex(({ type }) => type === "response.function_call_arguments.done");
  const reply = turnOf(readAll(events.slice(0, end)));
  const { input } = bodyOf({ messages: [cell, reply, ok("own_0")] });
  assert.deepEqual(input, [
    cell,
    { type: "reasoning", id: "rs_1_0", encrypted_content: "gAAAAcnNfMV8w", summary: [] },
    { type: "function_call", call_id: "own_0", name: "stdout", arguments: '{"text":"a"}' },
    { type: "function_call_output", call_id: "own_0", output: "ok" },
  ]);
});

Deno.test("a reply of only text is sent back with its reasoning", () => {
  const reply = turnOf(readAll(answerOf([{ type: "reasoning" }, { type: "text", pieces: ["It is 3."] }])));
  assert.deepEqual(bodyOf({ messages: [cell, { ...reply, toolCalls: undefined }, again] }).input, [
    cell,
    { type: "reasoning", id: "rs_1_0", encrypted_content: "gAAAAcnNfMV8w", summary: [] },
    { role: "assistant", content: "It is 3.", phase: "final_answer" },
    again,
  ]);
});

Deno.test("a refusal is sent back as a message of the assistant", () => {
  const reply = turnOf(readAll(answerOf([{ type: "refusal", pieces: ["I can't."] }])));
  assert.deepEqual(bodyOf({ messages: [cell, { ...reply, toolCalls: undefined }, again] }).input, [
    cell,
    { role: "assistant", content: "I can't.", phase: "final_answer" },
    again,
  ]);
});

Deno.test("reasoning is sent back before its call even if its item ended later", () => {
  const reply = turnOf(readAll(answerOf([{ type: "reasoning" }, call("call_A", ["{}"])])));
  reply.providerData!.reverse();
  const { input } = bodyOf({ messages: [cell, reply, ok("own_0")] });
  assert.deepEqual(input, [
    cell,
    { type: "reasoning", id: "rs_1_0", encrypted_content: "gAAAAcnNfMV8w", summary: [] },
    { type: "function_call", call_id: "call_A", name: "stdout", arguments: "{}" },
    { type: "function_call_output", call_id: "call_A", output: "ok" },
  ]);
});

Deno.test("reasoning is not sent back if encrypted reasoning was refused", () => {
  const reply = turnOf(readAll(answerOf([{ type: "reasoning" }, call("call_A", ["{}"])])));
  const { input } = bodyOf({ messages: [cell, reply, ok("own_0")] }, "gpt-6-luna", ["include"]);
  assert.deepEqual(input, [
    cell,
    { type: "function_call", call_id: "call_A", name: "stdout", arguments: "{}" },
    { type: "function_call_output", call_id: "call_A", output: "ok" },
  ]);
});

Deno.test("provider data of another interface is not sent back", () => {
  const toolCalls = [{ id: "own_0", name: "stdout", arguments: "{}" }];
  const providerData = [
    { interface: "chat", item: { type: "reasoning", id: "rs_1", encrypted_content: "x" } },
    7,
    null,
  ];
  const { input } = bodyOf({ messages: [cell, { role: "assistant", toolCalls, providerData }, ok("own_0")] });
  assert.deepEqual(input, [
    cell,
    { type: "function_call", call_id: "own_0", name: "stdout", arguments: "{}" },
    { type: "function_call_output", call_id: "own_0", output: "ok" },
  ]);
});
