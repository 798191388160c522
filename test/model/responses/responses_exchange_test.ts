/**
 * Requests through the openai package to a server that is as strict as OpenAI's, with our own parts of the Responses interface.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { Message, ModelRequest } from "../../../src/execution/model.ts";
import { TOOLS } from "../../../src/execution/reply/tools.ts";
import { describeFailure } from "../../../src/model/failure/describe_failure.ts";
import { readEventStream } from "../../../src/model/event_stream.ts";
import { loadOpenAI } from "../../../src/model/openai_package.ts";
import { readRefusal } from "../../../src/model/refusal.ts";
import { type RefusableParameter, refusedParameters } from "../../../src/model/refused_parameters.ts";
import { DEFAULT_FORM } from "../../../src/model/request_form.ts";
import { toResponsesFailure } from "../../../src/model/responses/responses_failure.ts";
import { type ReplyEvent, ResponsesReader } from "../../../src/model/responses/responses_reader.ts";
import { toResponsesRequest } from "../../../src/model/responses/responses_request.ts";
import { refuseResponsesRequest } from "../../../stack/strict_model/responses_rules.ts";
import { type AnswerPart, responsesEvents, toServerSentEvents } from "../../../stack/strict_model/responses_stream.ts";
import { type ResponsesEvent, ResponsesWriter } from "../../../stack/strict_model/responses_writer.ts";
import { modelRequest, TEST_KEY } from "../../support/model_requests.ts";
import { cut, gate, raw, type Step } from "../../support/scripted_answer.ts";
import {
  type RecordedRequest,
  type ScriptedModelOptions,
  type ScriptedModelServer,
  startScriptedModel,
} from "../../support/scripted_model_server.ts";
import { answerOf, call, IDENTITY, readAll, turnOf, USAGE } from "./reply.ts";

/** Starts a server that refuses what OpenAI's would, and answers other requests with these steps. */
function startStrict(answer: (request: RecordedRequest) => Step[], options?: ScriptedModelOptions) {
  return startScriptedModel((request) => refuseResponsesRequest(request.body) ?? answer(request), options);
}

const sse = (events: ResponsesEvent[]): Step[] => raw(toServerSentEvents(events));

const whole = (parts: AnswerPart[]): Step[] => sse(responsesEvents(parts, IDENTITY, USAGE));

/** Sends a request and reads its answer, as a model does. */
async function* exchange(
  server: ScriptedModelServer,
  request: Partial<ModelRequest> = {},
  { model = "gpt-6-luna", reader = new ResponsesReader() } = {},
  refused: ReadonlySet<RefusableParameter> = new Set(),
): AsyncGenerator<ReplyEvent> {
  const { client } = await loadOpenAI({ apiKey: TEST_KEY, baseUrl: server.baseUrl });
  const body = toResponsesRequest(model, modelRequest({ tools: [...TOOLS], ...request }), {
    ...DEFAULT_FORM,
    api: "responses",
    without: refused,
  });
  const controller = new AbortController();
  try {
    const response = await client.responses.create(body, { signal: controller.signal }).asResponse();
    const bytes = response.body!.getReader();
    const events = readEventStream(async () => (await bytes.read()).value);
    for await (const event of events) yield* reader.read(event);
  } catch (error) {
    const refusal = reader.begun ? undefined : readRefusal(error);
    const blamed = refusal === undefined ? [] : refusedParameters(refusal, body);
    if (blamed.length === 0) throw toResponsesFailure(error);
    yield* exchange(server, request, { model, reader }, new Set([...refused, ...blamed]));
  } finally {
    controller.abort();
  }
}

const PARTS: AnswerPart[] = [
  { type: "reasoning" },
  { type: "text", pieces: ["é漢😀"] },
  call("call_A", ['{"text":', '"naïve 😀\\r\\n"}']),
  call("call_B", ['{"text":"b"}'], "stderr"),
];

Deno.test("an answer that passes through the openai package is read unchanged", async () => {
  await using server = await startStrict(() => whole(PARTS));
  const events = await Array.fromAsync(exchange(server, { cacheKey: "n", effort: "least" }));
  assert.deepEqual(events, readAll(answerOf(PARTS)));
  const [{ method, path, headers, body }] = server.requests;
  assert.equal(`${method} ${path}`, "POST /v1/responses");
  assert.equal(headers["authorization"], `Bearer ${TEST_KEY}`);
  assert.deepEqual([body.stream, body.store, body.reasoning], [true, false, { effort: "none" }]);
});

for (const bytesPerWrite of [1, 7, 64]) {
  Deno.test(`an answer that arrives ${bytesPerWrite} bytes at a time is read unchanged`, async () => {
    await using server = await startStrict(() => whole(PARTS), { bytesPerWrite });
    assert.deepEqual(await Array.fromAsync(exchange(server)), readAll(answerOf(PARTS)));
  });
}

Deno.test("arguments are yielded while the rest of their call is still being written", async () => {
  const writer = new ResponsesWriter(IDENTITY);
  await using server = await startStrict(() => [
    ...sse([...writer.begin(), ...writer.call("stdout", "call_A"), ...writer.piece('{"text":"a')]),
    ...gate("half"),
    ...sse([...writer.piece('b"}'), ...writer.end(USAGE)]),
  ]);
  const events = exchange(server);
  await events.next();
  assert.deepEqual((await events.next()).value, { type: "tool_call_delta", index: 0, delta: '{"text":"a' });
  server.open("half");
  assert.deepEqual((await events.next()).value, { type: "tool_call_delta", index: 0, delta: 'b"}' });
  await Array.fromAsync(events);
});

Deno.test("the next request sends the reply's own items back, and the strict server accepts them", async () => {
  await using server = await startStrict(({ number }) => whole(number === 0 ? PARTS : [call("call_C", ["{}"])]));
  const first = turnOf(await Array.fromAsync(exchange(server)));
  const answers = first.toolCalls!.map(({ id }): Message => ({ role: "tool", toolCallId: id, content: "ok" }));
  const messages = [...modelRequest().messages, first, ...answers];
  const second = await Array.fromAsync(exchange(server, { messages }));
  assert.deepEqual(second.at(-1), { type: "finish", reason: "tool_calls" });
  const types = server.requests[1].body.input.map((item: { type?: string; role?: string }) => item.type ?? item.role);
  const reply = ["reasoning", "assistant", "function_call", "function_call"];
  assert.deepEqual(types, ["user", ...reply, "function_call_output", "function_call_output"]);
});

Deno.test("a request is repeated without a refused effort and without refused encrypted reasoning", async () => {
  await using server = await startScriptedModel((request) => {
    const refusal = refuseResponsesRequest({ ...request.body, model: "gpt-4.1" });
    return refusal ?? whole([{ type: "text", pieces: ["ok"] }]);
  });
  const events = await Array.fromAsync(exchange(server, { effort: "low" }));
  assert.equal(events[0].type, "text");
  const [first, second, third] = server.requests.map(({ body }) => body);
  assert.equal(server.requests.length, 3);
  assert.deepEqual([first.reasoning, second.reasoning], [{ effort: "low" }, undefined]);
  assert.deepEqual([second.include, third.include], [["reasoning.encrypted_content"], undefined]);
});

for (
  const [what, end] of [
    [
      "response.failed",
      (writer: ResponsesWriter) => writer.fail({ code: "rate_limit_exceeded", message: "Slow down." }),
    ],
    ["error", (writer: ResponsesWriter) => writer.error({ code: "rate_limit_exceeded", message: "Slow down." })],
  ] as const
) {
  Deno.test(`the event ${what} becomes a ModelError that quotes the provider`, async () => {
    const writer = new ResponsesWriter(IDENTITY);
    await using server = await startStrict(() => sse([...writer.begin(), ...end(writer)]));
    const reader = new ResponsesReader();
    const thrown = await Array.fromAsync(exchange(server, {}, { reader })).catch((error) => error);
    const attempt = {
      host: "HOST",
      address: "http://HOST/v1/responses",
      model: "m",
      secrets: [TEST_KEY],
      isAuthorized: true,
      opened: reader.opened,
      begun: reader.begun,
    };
    const { error, retryable } = describeFailure(thrown, attempt);
    assert.equal(error.kind, "rate_limited");
    assert.equal(error.message, 'HOST gave an error instead of an answer: "Slow down". Run the cell again.');
    assert.equal(retryable, true);
  });
}

Deno.test("a refusal that names no refusable parameter is thrown unchanged", async () => {
  await using server = await startStrict(() => whole([]), { rules: "none" });
  const messages: Message[] = [{ role: "tool", toolCallId: "call_X", content: "ok" }];
  await assert.rejects(Array.fromAsync(exchange(server, { messages })), {
    status: 400,
    message: "400 No tool call found for function call output with call_id call_X.",
  });
  assert.equal(server.requests.length, 1);
});

for (const bytes of [0, 1, 500, 1_500, 2_500, 3_500]) {
  Deno.test(`a connection that breaks after ${bytes} bytes leaves the answer unfinished`, async () => {
    const text = toServerSentEvents(responsesEvents(PARTS, IDENTITY, USAGE));
    await using server = await startStrict(() => [...raw(text.slice(0, bytes)), ...cut()]);
    const reader = new ResponsesReader();
    const read: ReplyEvent[] = [];
    await assert.rejects(async () => {
      for await (const event of exchange(server, {}, { reader })) read.push(event);
    });
    assert.deepEqual(read, readAll(answerOf(PARTS)).slice(0, read.length));
    assert.equal(reader.finished, false);
    assert.equal(reader.begun, bytes >= 1_500);
  });
}

Deno.test("an answer without its last event is not finished", async () => {
  await using server = await startStrict(() => sse(responsesEvents(PARTS, IDENTITY, USAGE).slice(0, -1)));
  const reader = new ResponsesReader();
  const events = await Array.fromAsync(exchange(server, {}, { reader }));
  assert.deepEqual(events, readAll(answerOf(PARTS)).slice(0, -1));
  assert.deepEqual([reader.opened, reader.begun, reader.finished], [true, true, false]);
});
