/**
 * The event streams of the Responses interface that the strict server writes.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { ResponsesIdentity } from "../../../stack/strict_model/responses_answer.ts";
import { type AnswerPart, responsesEvents, toServerSentEvents } from "../../../stack/strict_model/responses_stream.ts";
import { ResponsesWriter } from "../../../stack/strict_model/responses_writer.ts";

const IDENTITY: ResponsesIdentity = { id: "resp_7", model: "gpt-6-luna", createdAt: 1_790_000_000 };
const USAGE = { input: 10, cachedInput: 4, output: 5, reasoning: 2 };

const write = (...parts: AnswerPart[]) => responsesEvents(parts, IDENTITY, USAGE);

/** Returns the type of each event and the index of its item. */
const named = (events: ReturnType<typeof write>) =>
  events.map((event) => `${event.type}${"output_index" in event ? ` ${event.output_index}` : ""}`);

Deno.test("responsesEvents() returns events in OpenAI's order, numbered from 0", () => {
  const events = write(
    { type: "reasoning" },
    { type: "text", pieces: ["a", "b"] },
    { type: "call", id: "call_1", name: "f", pieces: ["{", "}"] },
    { type: "call", id: "call_2", name: "g", pieces: ["{}"] },
  );
  assert.deepEqual(named(events), [
    "response.created",
    "response.in_progress",
    "response.output_item.added 0",
    "response.output_item.done 0",
    "response.output_item.added 1",
    "response.content_part.added 1",
    "response.output_text.delta 1",
    "response.output_text.delta 1",
    "response.output_text.done 1",
    "response.content_part.done 1",
    "response.output_item.done 1",
    "response.output_item.added 2",
    "response.function_call_arguments.delta 2",
    "response.function_call_arguments.delta 2",
    "response.function_call_arguments.done 2",
    "response.output_item.done 2",
    "response.output_item.added 3",
    "response.function_call_arguments.delta 3",
    "response.function_call_arguments.done 3",
    "response.output_item.done 3",
    "response.completed",
  ]);
  assert.deepEqual(events.map(({ sequence_number }) => sequence_number), [...events.keys()]);
});

Deno.test("responsesEvents() ends with an event that has the items and the usage", () => {
  const last = write({ type: "call", id: "call_1", name: "f", pieces: ['{"a":', "1}"] }).at(-1)!;
  assert.ok(last.type === "response.completed");
  const { id, object, status, model, created_at, output, usage } = last.response;
  assert.deepEqual({ id, object, status, model, created_at }, {
    id: "resp_7",
    object: "response",
    status: "completed",
    model: "gpt-6-luna",
    created_at: 1_790_000_000,
  });
  assert.deepEqual(output, [
    { type: "function_call", id: "fc_7_0", call_id: "call_1", name: "f", arguments: '{"a":1}', status: "completed" },
  ]);
  assert.deepEqual(usage, {
    input_tokens: 10,
    input_tokens_details: { cached_tokens: 4, cache_write_tokens: 0 },
    output_tokens: 5,
    output_tokens_details: { reasoning_tokens: 2 },
    total_tokens: 15,
  });
});

Deno.test("responsesEvents() adds each item empty and completes it later", () => {
  const items = write({ type: "refusal", pieces: ["no", "!"] }, {
    type: "call",
    id: "call_1",
    name: "f",
    pieces: ["{}"],
  })
    .flatMap((event) => "item" in event ? [event.item] : []);
  const message = { type: "message", id: "msg_7_0", role: "assistant", phase: "final_answer" };
  const call = { type: "function_call", id: "fc_7_1", call_id: "call_1", name: "f" };
  assert.deepEqual(items, [
    { ...message, status: "in_progress", content: [] },
    { ...message, status: "completed", content: [{ type: "refusal", refusal: "no!" }] },
    { ...call, status: "in_progress", arguments: "" },
    { ...call, status: "completed", arguments: "{}" },
  ]);
});

Deno.test("responsesEvents() marks the last item as incomplete when the answer is cut", () => {
  const call: AnswerPart = { type: "call", id: "call_1", name: "f", pieces: ["{"] };
  const events = responsesEvents([call], IDENTITY, USAGE, "max_output_tokens");
  assert.deepEqual(named(events).slice(-3), [
    "response.function_call_arguments.delta 0",
    "response.output_item.done 0",
    "response.incomplete",
  ]);
  const last = events.at(-1)!;
  assert.ok(last.type === "response.incomplete");
  assert.deepEqual(last.response.incomplete_details, { reason: "max_output_tokens" });
  assert.equal((last.response.output[0] as { status: string }).status, "incomplete");
});

Deno.test("ResponsesWriter completes interleaved calls at the end of the answer", () => {
  const writer = new ResponsesWriter(IDENTITY, { interleaved: true });
  const events = [
    ...writer.call("f", "call_1"),
    ...writer.call("g", "call_2"),
    ...writer.piece("{", 0),
    ...writer.piece("{}"),
    ...writer.piece("}", 0),
    ...writer.end(USAGE),
  ];
  assert.deepEqual(named(events), [
    "response.output_item.added 0",
    "response.output_item.added 1",
    "response.function_call_arguments.delta 0",
    "response.function_call_arguments.delta 1",
    "response.function_call_arguments.delta 0",
    "response.function_call_arguments.done 0",
    "response.output_item.done 0",
    "response.function_call_arguments.done 1",
    "response.output_item.done 1",
    "response.completed",
  ]);
});

Deno.test("ResponsesWriter reports a failure as response.failed or as an error event", () => {
  const writer = new ResponsesWriter(IDENTITY);
  const [failed] = writer.fail({ code: "server_error", message: "Sorry." });
  assert.ok(failed.type === "response.failed");
  assert.deepEqual([failed.response.status, failed.response.error], ["failed", {
    code: "server_error",
    message: "Sorry.",
  }]);
  assert.deepEqual(writer.error({ code: "server_error", message: "Sorry." }), [
    { type: "error", code: "server_error", message: "Sorry.", param: null, sequence_number: 1 },
  ]);
});

Deno.test("toServerSentEvents() writes the name of each event and its data as one line of JSON", () => {
  const writer = new ResponsesWriter(IDENTITY);
  assert.equal(
    toServerSentEvents(writer.error({ code: null, message: "a\nb" })),
    'event: error\ndata: {"type":"error","param":null,"code":null,"message":"a\\nb","sequence_number":0}\n\n',
  );
});
