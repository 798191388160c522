/**
 * A server that is loading its model is asked again until it is ready.
 *
 * @module
 */

import assert from "node:assert/strict";
import { isLoading } from "../../src/model/failure/loading.ts";
import { silentLogger } from "../../src/logger.ts";
import { HastyClock } from "../support/hasty_clock.ts";
import { collect, failureOf, modelRequest, openAIModel } from "../support/model_requests.ts";
import { answer, raw, text } from "../support/scripted_answer.ts";
import { inTurn, type PlainResponse, type Script, startScriptedModel } from "../support/scripted_model_server.ts";

const llamaCpp = { error: { code: 503, message: "Loading model", type: "unavailable_error" } };
const loading: PlainResponse = { status: 503, body: llamaCpp };

/** Answers of servers that will soon be ready. */
const passing: Record<string, Script> = {
  "llama.cpp": loading,
  FastAPI: { status: 503, body: { detail: "Model is still loading" } },
  "Hugging Face": { status: 503, body: { error: "Model org/name is currently loading", estimated_time: 20 } },
  Ollama: { status: 500, body: { error: { message: "llm server loading model", type: "api_error" } } },
  "a gateway in front of llama.cpp": {
    status: 500,
    body: { error: { message: "Error code: 503 - {'error': {'code': 503, 'message': 'Loading model'}}" } },
  },
  Bedrock: {
    status: 429,
    body: { message: "Model is not ready for inference. Wait and try again.", __type: "ModelNotReadyException" },
  },
  "plain text": { status: 503, body: "model not ready" },
  "a server that sends retry-after": { status: 503, headers: { "retry-after": "2" } },
  "a server that is starting up": { status: 502, body: "The server is starting up" },
  "a server that answers 425": { status: 425, body: { message: "The weights are being loaded" } },
  "an error in a stream": raw(`data: ${JSON.stringify(llamaCpp)}\n\n`),
  "an error with status 200": { body: { error: { message: "Loading model" } } },
};

for (const [server, script] of Object.entries(passing)) {
  Deno.test(`a server that is not ready is asked until it answers: ${server}`, async () => {
    const busy = Array.from({ length: 6 }, () => script);
    await using scripted = await startScriptedModel(inTurn(...busy, answer(text("a"))));
    const events = await collect(openAIModel(scripted, { clock: new HastyClock(300) }));
    assert.deepEqual(events.find(({ type }) => type !== "waiting"), { type: "text", delta: "a" });
    assert.equal(scripted.requests.length, 7);
  });
}

Deno.test("a server that is loading its model is asked every few seconds, and the wait is announced once", async () => {
  const clock = new HastyClock(100);
  const warnings: string[] = [];
  const logger = { ...silentLogger, warn: (message: string) => void warnings.push(message) };
  await using server = await startScriptedModel(inTurn(loading, loading, loading, loading, answer(text("a"))));
  const events = await collect(openAIModel(server, { clock, logger }));
  assert.deepEqual(events.filter(({ type }) => type === "waiting"), [{
    type: "waiting",
    reason:
      `${server.host} is loading its model (503): "Loading model". It is asked again every few seconds, for up to 5 minutes.`,
  }]);
  assert.equal(clock.delays.filter((delayMs) => delayMs === 3_000).length, 4);
  assert.equal(warnings.length, 1);
});

Deno.test("a request fails if the server is still loading its model after five minutes", async () => {
  const clock = new HastyClock(1_000);
  await using server = await startScriptedModel(loading);
  const { error } = await failureOf(openAIModel(server, { clock }));
  assert.equal(error.kind, "server_error");
  assert.equal(
    error.message,
    `${server.host} is loading its model (503): "Loading model". Run the cell again in a while.`,
  );
  assert.ok(server.requests.length > 5 && server.requests.length <= 101, `${server.requests.length} requests`);
});

Deno.test("a loading server whose retry-after exceeds the longest wait is not asked again", async () => {
  await using server = await startScriptedModel({ ...loading, headers: { "retry-after": "900" } });
  await failureOf(openAIModel(server, { clock: new HastyClock() }));
  assert.equal(server.requests.length, 1);
});

Deno.test("a loading server that sends retry-after 0 is asked again after a pause", async () => {
  const clock = new HastyClock(100);
  const soon = { status: 503, headers: { "retry-after": "0" } };
  await using server = await startScriptedModel(inTurn(soon, soon, answer(text("a"))));
  await collect(openAIModel(server, { clock }));
  assert.equal(clock.delays.filter((delayMs) => delayMs === 500).length, 2);
});

Deno.test("an interrupt ends the wait for a server that is loading its model", async () => {
  await using server = await startScriptedModel(loading);
  const abort = new AbortController();
  const events = openAIModel(server).stream(modelRequest({ signal: abort.signal }));
  assert.equal((await events.next()).value?.type, "waiting");
  const next = events.next();
  abort.abort("interrupted");
  await assert.rejects(next, (reason) => reason === "interrupted");
  assert.equal(server.requests.length, 1);
});

Deno.test("the usual retries are still available after a server has loaded its model", async () => {
  const failing = { status: 500 };
  await using server = await startScriptedModel(
    inTurn(failing, loading, loading, loading, failing, answer(text("a"))),
  );
  const events = await collect(openAIModel(server, { clock: new HastyClock(300) }));
  assert.ok(events.some(({ type }) => type === "text"));
});

/** Answers of servers that are not loading, or will not become ready. */
const others: [number, unknown][] = [
  [500, { message: "failed to load model" }],
  [500, { message: "unable to load the model: out of memory" }],
  [500, { message: "error loading model: unknown architecture" }],
  [500, { message: "llama runner process has terminated" }],
  [503, { message: "The model is overloaded. Please try again later.", status: "UNAVAILABLE" }],
  [503, { message: "server busy, please try again. maximum pending requests exceeded" }],
  [503, { message: "no slot available", type: "unavailable_error" }],
  [529, { message: "Overloaded" }],
  [503, "Service Unavailable"],
  [500, { message: "Model download failed" }],
  [404, { message: "The model is not loaded" }],
  [400, { message: "Model is still loading" }],
  [401, { message: "loading model needs a key" }],
];

for (const [status, said] of others) {
  Deno.test(`isLoading() returns false for ${status} with ${JSON.stringify(said)}`, () => {
    assert.equal(isLoading(status, said), false);
  });
}
