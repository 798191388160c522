/**
 * A ResponsesReader turns the events of an answer into model events.
 *
 * @module
 */

import assert from "node:assert/strict";
import { ResponsesReader } from "../../../src/model/responses/responses_reader.ts";
import { answerOf, call, readAll, readModelEvents } from "./reply.ts";
import { events, type Loose, MODEL_EVENTS } from "./responses_answers.ts";

Deno.test("ResponsesReader yields text, tool calls in pieces and the finish reason", () => {
  assert.deepEqual(readModelEvents(events()), MODEL_EVENTS);
});

Deno.test("ResponsesReader yields the provider data of an item as soon as the item is done", () => {
  const types = readAll(events()).map((event) =>
    event.type === "provider_data" ? JSON.stringify(event.data) : event.type
  );
  const piece = (position: number, item: object) => JSON.stringify({ interface: "responses", position, item });
  assert.deepEqual(types, [
    piece(0, { type: "reasoning", id: "rs_1_0", encrypted_content: "gAAAAcnNfMV8w", summary: [] }),
    "text",
    "text",
    piece(1, { type: "message", content: "hm", phase: "final_answer" }),
    "tool_call",
    "tool_call_delta",
    "tool_call_delta",
    piece(2, { type: "function_call", call: 0, call_id: "call_A" }),
    "tool_call",
    "tool_call_delta",
    piece(3, { type: "function_call", call: 1, call_id: "call_B" }),
    "finish",
  ]);
});

Deno.test("ResponsesReader has the token usage once the answer is finished", () => {
  const reader = new ResponsesReader();
  const all = events();
  readAll(all.slice(0, -1), reader);
  assert.deepEqual([reader.finished, reader.usage], [false, undefined]);
  readAll(all.slice(-1), reader);
  assert.deepEqual([reader.finished, reader.usage], [true, {
    input: 2_000,
    cachedInput: 1_920,
    output: 70,
    reasoning: 30,
  }]);
});

Deno.test("ResponsesReader accepts a usage without details and a missing usage", () => {
  for (const [usage, expected] of [[{ input_tokens: 5 }, { input: 5, cachedInput: 0, output: 0 }], [null, undefined]]) {
    const reader = new ResponsesReader();
    readAll([{ type: "response.completed", response: { usage } }], reader);
    assert.deepEqual([reader.finished, reader.usage], [true, expected]);
  }
});

Deno.test("ResponsesReader is opened by the first event and begun by the first event of the answer", () => {
  const reader = new ResponsesReader();
  const states = answerOf([{ type: "reasoning" }]).slice(0, 3).map((event) => {
    readAll([event], reader);
    return [reader.opened, reader.begun];
  });
  assert.deepEqual(states, [[true, false], [true, false], [true, true]]);
});

for (
  const [reason, finish] of [["max_output_tokens", "length"], ["content_filter", "content_filter"], [
    "max_messages",
    "length",
  ]] as const
) {
  Deno.test(`ResponsesReader reports an answer that is incomplete by "${reason}" as "${finish}"`, () => {
    const cut = answerOf([call("call_A", ['{"text":"a'])], "max_output_tokens") as Loose[];
    cut.at(-1).response.incomplete_details.reason = reason;
    assert.deepEqual(readModelEvents(cut), [
      { type: "tool_call", index: 0, id: "call_A", name: "stdout" },
      { type: "tool_call_delta", index: 0, delta: '{"text":"a' },
      { type: "finish", reason: finish },
    ]);
  });
}

Deno.test("ResponsesReader recognizes an incomplete answer by its status", () => {
  const response = { status: "incomplete", incomplete_details: { reason: "max_output_tokens" }, output: [] };
  assert.deepEqual(readAll([{ type: "response.completed", response }]), [{ type: "finish", reason: "length" }]);
});

Deno.test("ResponsesReader yields a refusal as text", () => {
  assert.deepEqual(readModelEvents(answerOf([{ type: "refusal", pieces: ["I ", "can't."] }])), [
    { type: "text", delta: "I " },
    { type: "text", delta: "can't." },
    { type: "finish", reason: "stop" },
  ]);
});

Deno.test("ResponsesReader reads an answer without any output", () => {
  assert.deepEqual(readAll(answerOf([])), [{ type: "finish", reason: "stop" }]);
});
