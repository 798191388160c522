/**
 * Errors that a server reports, and the retries after them.
 *
 * @module
 */

import assert from "node:assert/strict";
import { type LogFields, silentLogger } from "../../src/logger.ts";
import { HastyClock } from "../support/hasty_clock.ts";
import { collect, failureOf, openAIModel, TEST_KEY } from "../support/model_requests.ts";
import { answer, cut, done, finish, raw, streamedError, text } from "../support/scripted_answer.ts";
import { inTurn, type ScriptSource, startScriptedModel } from "../support/scripted_model_server.ts";
import { failing, half } from "./failing_request.ts";

for (
  const [what, script, message] of [
    [
      "a web page",
      { headers: { "content-type": "text/html" }, body: "<!doctype html>\n<title>Sign in</title><p>Hello" },
      'HOST answered with a web page: "Sign in". Check the address of the model server (--base-url, OPENAI_BASE_URL): most end in /v1.',
    ],
    [
      "plain JSON",
      { body: { object: "list", data: [{ id: "gpt-test" }] } },
      "HOST answered with plain JSON instead of a stream. Use a server that can stream answers.",
    ],
    [
      "an error as plain JSON",
      { body: { error: { message: "Not today" } } },
      'HOST gave an error instead of an answer: "Not today".',
    ],
    [
      "empty",
      {},
      "HOST gave an empty answer (200). Check the address of the model server (--base-url, OPENAI_BASE_URL): most end in /v1.",
    ],
    [
      "empty with status 204",
      { status: 204 },
      "HOST gave an empty answer (204). Check the address of the model server (--base-url, OPENAI_BASE_URL): most end in /v1.",
    ],
    [
      "only [DONE]",
      done(),
      'HOST answered with something that is not a model\'s answer: "data: [DONE]". ' +
      "Check the address of the model server (--base-url, OPENAI_BASE_URL): most end in /v1.",
    ],
    [
      "a stream of malformed JSON",
      raw("data: {oops}\n\ndata: {}\n\n"),
      'HOST sent a stream that is not a model\'s answer: it holds malformed JSON: "{oops}". ' +
      "Check the address of the model server (--base-url, OPENAI_BASE_URL): most end in /v1.",
    ],
  ] as [string, ScriptSource, string][]
) {
  Deno.test(`a successful response is not a completion if it is ${what}`, async () => {
    const failure = await failing(script);
    assert.equal(failure.error.kind, "not_a_completion");
    assert.equal(failure.message, message);
    assert.equal(failure.requests, 1);
  });
}

Deno.test("an error in the middle of the stream is quoted without the API key", async () => {
  const { error, events, message } = await failing([
    ...half,
    ...streamedError({ message: `Overloaded; key ${TEST_KEY}`, type: "server_error" }),
  ]);
  assert.equal(error.kind, "server_error");
  assert.equal(message, 'HOST broke off its answer: "Overloaded; key [API key]". Run the cell again.');
  assert.equal(error.requestId, "req_0");
  assert.equal(events.length, 2);
});

Deno.test("an error in place of the stream is retried only if it is temporary", async () => {
  const passing = await failing(streamedError({ message: "Overloaded", code: 503 }));
  assert.deepEqual([passing.error.kind, passing.error.status, passing.requests], ["server_error", 503, 3]);
  const lasting = await failing(streamedError({ message: "Bad tools", type: "invalid_request_error" }));
  assert.deepEqual([lasting.error.kind, lasting.requests], ["bad_request", 1]);
});

Deno.test("an answer with the finish reason error fails as a server error", async () => {
  assert.equal((await failing([...half, ...finish("error")])).error.kind, "server_error");
});

const apiError = (message: string, code: string | null = null) => ({ error: { message, type: "some_error", code } });

for (
  const [status, body, kind, requests, message] of [
    [
      401,
      apiError(`Incorrect API key provided: sk-test-*********cdef.`, "invalid_api_key"),
      "refused",
      1,
      'HOST refused the API key (401): "Incorrect API key provided: [API key]". Set OPENAI_API_KEY to a key that is valid there.',
    ],
    [
      400,
      { error: { message: "No connected db.", type: "no_db_connection", param: null, code: "400" } },
      "refused",
      1,
      'HOST refused the API key (400): "No connected db". Set OPENAI_API_KEY to a key that is valid there.',
    ],
    [
      403,
      apiError("Key sk-test-****cdef has no access"),
      "refused",
      1,
      'HOST does not allow this API key to use the model "gpt-test" (403): "Key [API key] has no access". Use another key or model.',
    ],
    [
      404,
      apiError("The model does not exist", "model_not_found"),
      "bad_request",
      1,
      'HOST has no model "gpt-test" (404): "The model does not exist". Choose another one with --model (AIPYTHON_MODEL).',
    ],
    [
      404,
      "not found",
      "bad_request",
      2,
      'There is nothing at http://HOST/v1/chat/completions (404): "not found". ' +
      "Check the address of the model server (--base-url, OPENAI_BASE_URL): most end in /v1.",
    ],
    [
      400,
      apiError("Unknown parameter: 'x'."),
      "bad_request",
      5,
      'HOST rejected the request for the model "gpt-test" (400): "Unknown parameter: \'x\'".',
    ],
    [
      400,
      apiError("Too many tokens", "context_length_exceeded"),
      "too_long",
      1,
      'The request is too long for the model "gpt-test" at HOST (400): "Too many tokens". Split the cell, give the model a larger ' +
      "context, or use one that has it.",
    ],
    [
      429,
      apiError("Slow down", "rate_limit_exceeded"),
      "rate_limited",
      3,
      'HOST gets too many requests (429): "Slow down". Run the cell again in a while.',
    ],
    [
      429,
      apiError("You exceeded your current quota", "insufficient_quota"),
      "rate_limited",
      1,
      'The quota of this API key at HOST is used up (429): "You exceeded your current quota". ' +
      "Add credit there, or use another key.",
    ],
    [
      502,
      "<html><title>502 Bad Gateway</title></html>",
      "server_error",
      3,
      'HOST failed (502): "502 Bad Gateway". Run the cell again in a while.',
    ],
    [500, "", "server_error", 3, "HOST failed (500). Run the cell again in a while."],
  ] as [number, unknown, string, number, string][]
) {
  Deno.test(`status ${status} with ${JSON.stringify(body)} fails as ${kind} after ${requests} requests`, async () => {
    const failure = await failing({ status, headers: { "x-request-id": "req_x" }, body });
    assert.deepEqual([failure.error.kind, failure.error.status, failure.requests], [kind, status, requests]);
    assert.equal(failure.message, message);
    assert.equal(failure.error.requestId, "req_x");
  });
}

Deno.test("a request that fails twice is answered on the third attempt", async () => {
  const delays: unknown[] = [];
  const logger = { ...silentLogger, warn: (_: string, fields?: LogFields) => void delays.push(fields?.delayMs) };
  await using server = await startScriptedModel(inTurn({ status: 503 }, cut(), answer(text("a"))));
  const events = await collect(openAIModel(server, { clock: new HastyClock(20), random: () => 0, logger }));
  assert.deepEqual(events[0], { type: "text", delta: "a" });
  assert.deepEqual(delays, [500, 1_000]);
});

for (
  const [what, headers, delayMs] of [
    ["retry-after in seconds", { "retry-after": "7" }, 7_000],
    ["retry-after-ms", { "retry-after-ms": "70", "retry-after": "7" }, 70],
    ["retry-after as a date", {
      "retry-after": "Wed, 21 Oct 2026 07:28:09 GMT",
      "date": "Wed, 21 Oct 2026 07:28:00 GMT",
    }, 9_000],
  ] as [string, Record<string, string>, number][]
) {
  Deno.test(`a retry waits as long as ${what} requires`, async () => {
    const clock = new HastyClock();
    await using server = await startScriptedModel(inTurn({ status: 429, headers }, answer(text("a"))));
    await collect(openAIModel(server, { clock }));
    assert.ok(clock.delays.includes(delayMs), `waited for ${clock.delays}`);
  });
}

Deno.test("a server that sends a long retry-after is not asked again", async () => {
  const { message, requests } = await failing({ status: 429, headers: { "retry-after": "90" } });
  assert.equal(message, "HOST gets too many requests (429). Run the cell again in 90 s.");
  assert.equal(requests, 1);
});

Deno.test("a server that forbids retries is not asked again", async () => {
  assert.equal((await failing({ status: 500, headers: { "x-should-retry": "false" } })).requests, 1);
});

Deno.test("a server that refuses connections is unreachable", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const host = `127.0.0.1:${listener.addr.port}`;
  listener.close();
  const clock = new HastyClock();
  const { error } = await failureOf(openAIModel({ baseUrl: `http://${host}/v1` }, { clock }));
  assert.equal(error.kind, "unreachable");
  assert.equal(
    error.message,
    `The model server ${host} cannot be reached: it refuses connections. ` +
      "Check the network and the base URL, then run the cell again.",
  );
});

Deno.test("a server whose host name is unknown is unreachable", async () => {
  const clock = new HastyClock();
  const { error } = await failureOf(openAIModel({ baseUrl: "http://model.invalid/v1" }, { clock }));
  assert.equal(error.kind, "unreachable");
  assert.match(error.message, /^The model server model\.invalid cannot be reached: its name cannot be resolved\./);
});

Deno.test("a server that closes the connection without an answer is unreachable", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const hangingUp = (async () => {
    for await (const connection of listener) {
      await connection.read(new Uint8Array(1));
      connection.close();
    }
  })();
  const host = `127.0.0.1:${listener.addr.port}`;
  const { error } = await failureOf(openAIModel({ baseUrl: `http://${host}/v1` }, { clock: new HastyClock() }));
  listener.close();
  await hangingUp;
  assert.equal(error.kind, "unreachable");
});
