/**
 * Failures of a model server become a ModelError that describes them.
 *
 * @module
 */

import assert from "node:assert/strict";
import { silentLogger } from "../../src/logger.ts";
import { HastyClock } from "../support/hasty_clock.ts";
import { collect, failureOf, modelRequest, openAIModel } from "../support/model_requests.ts";
import { answer, cut, done, finish, gate, raw, text } from "../support/scripted_answer.ts";
import { startScriptedModel } from "../support/scripted_model_server.ts";
import { failing, half } from "./failing_request.ts";

/** A timeout that is short enough for a test, in milliseconds. */
const SHORT_MS = 40;

Deno.test("an abort throws the signal's reason and closes the connection while headers are awaited", async () => {
  const never = Promise.withResolvers<never>();
  never.promise.catch(() => {});
  await using server = await startScriptedModel(() => never.promise);
  const abort = new AbortController();
  const answered = collect(openAIModel(server), modelRequest({ signal: abort.signal }));
  await server.request(0);
  abort.abort("interrupted");
  await assert.rejects(answered, (reason) => reason === "interrupted");
  await server.disconnected(0);
});

Deno.test("an abort throws the signal's reason and closes the connection in the middle of an answer", async () => {
  await using server = await startScriptedModel([...half, ...gate("half")]);
  const abort = new AbortController();
  const events = openAIModel(server).stream(modelRequest({ signal: abort.signal }));
  await events.next();
  await events.next();
  const next = events.next();
  await server.reached("half");
  const reason = new Error("interrupted");
  abort.abort(reason);
  await assert.rejects(next, (thrown) => thrown === reason);
  await server.disconnected(0);
});

Deno.test("a request whose signal is already aborted is not sent", async () => {
  await using server = await startScriptedModel(answer());
  await assert.rejects(collect(openAIModel(server), modelRequest({ signal: AbortSignal.abort("no") })), (thrown) => {
    return thrown === "no";
  });
  assert.equal(server.requests.length, 0);
});

Deno.test("an abort ends the wait before a retry", async () => {
  await using server = await startScriptedModel({ status: 503, headers: { "retry-after": "15" } });
  const abort = new AbortController();
  const waiting = Promise.withResolvers<void>();
  const logger = { ...silentLogger, warn: () => waiting.resolve() };
  const answered = collect(openAIModel(server, { logger }), modelRequest({ signal: abort.signal }));
  answered.catch(() => {});
  await waiting.promise;
  abort.abort("interrupted");
  await assert.rejects(answered, (reason) => reason === "interrupted");
});

Deno.test("a consumer that stops early closes the connection", async () => {
  await using server = await startScriptedModel([...half, ...gate("half")]);
  for await (const _event of openAIModel(server).stream(modelRequest())) break;
  await server.disconnected(0);
});

Deno.test("a stream that ends without a finish reason is reported as cut", async () => {
  const { error, events, message } = await failing(half);
  assert.equal(error.kind, "cut");
  assert.equal(message, "The answer of HOST was cut off in the middle. Run the cell again.");
  assert.equal(error.requestId, "req_0");
  assert.equal(error.status, 200);
  assert.equal(events.length, 2);
});

Deno.test("a stream that ends with [DONE] in the middle of a call is reported as cut", async () => {
  assert.equal((await failing([...half, ...done()])).error.kind, "cut");
});

Deno.test("a connection that breaks in the middle of the answer is reported as cut and not retried", async () => {
  const { error, events, requests } = await failing([...half, ...cut()]);
  assert.equal(error.kind, "cut");
  assert.equal(events.length, 2);
  assert.equal(requests, 1);
});

Deno.test("a stream that ends in the middle of a data line is reported as cut", async () => {
  assert.equal((await failing([...half, ...raw('data: {"choices":[{"del')])).error.kind, "cut");
});

Deno.test("a connection that breaks before the first chunk is retried, then reported as unreachable", async () => {
  const { error, message, requests } = await failing(cut());
  assert.equal(error.kind, "unreachable");
  assert.equal(message, "The connection to HOST broke before the answer began. Run the cell again.");
  assert.equal(requests, 3);
});

Deno.test("a connection that breaks after the finish reason does not spoil the answer", async () => {
  await using server = await startScriptedModel([...text("a"), ...finish(), ...cut()]);
  assert.deepEqual((await collect(openAIModel(server))).at(-1), { type: "finish", reason: "stop" });
});

Deno.test("a server that sends nothing after the finish reason is not waited for", async () => {
  await using server = await startScriptedModel([...text("a"), ...finish(), ...gate("never")]);
  const model = openAIModel(server, { clock: new HastyClock(100), stallTimeoutMs: 3_600_000 });
  assert.deepEqual((await collect(model)).at(-1), { type: "finish", reason: "stop" });
  await server.disconnected(0);
});

Deno.test("a server that never sends headers is reported as stalled", async () => {
  const never = Promise.withResolvers<never>();
  never.promise.catch(() => {});
  await using server = await startScriptedModel(() => never.promise);
  const { error } = await failureOf(openAIModel(server, { firstByteTimeoutMs: SHORT_MS }));
  assert.equal(error.kind, "stalled");
  assert.equal(
    error.message,
    `${server.host} sent nothing for 0.04 s. It may be overloaded, or still be reading a long prompt: run the cell again, or ` +
      "wait longer with --first-byte-timeout (AIPYTHON_FIRST_BYTE_TIMEOUT).",
  );
  assert.equal(server.requests.length, 1);
  await server.disconnected(0);
});

Deno.test("a server that sends headers but no body is reported as stalled", async () => {
  await using server = await startScriptedModel(gate("never"));
  const { error } = await failureOf(openAIModel(server, { firstByteTimeoutMs: SHORT_MS }));
  assert.equal(error.kind, "stalled");
  assert.equal(error.status, 200);
  await server.disconnected(0);
});

Deno.test("a server that falls silent in the middle of its answer is reported as stalled", async () => {
  await using server = await startScriptedModel([...half, ...gate("never")]);
  const { error, events } = await failureOf(openAIModel(server, { stallTimeoutMs: SHORT_MS }));
  assert.equal(error.kind, "stalled");
  assert.match(error.message, /stopped in the middle of its answer and sent nothing for 0\.04 s/);
  assert.equal(error.requestId, "req_0");
  assert.equal(events.length, 2);
  await server.disconnected(0);
});

Deno.test("a slow consumer is not mistaken for a silent server", async () => {
  await using server = await startScriptedModel(answer(text("a"), text("b")));
  const events = openAIModel(server, { stallTimeoutMs: SHORT_MS }).stream(modelRequest());
  await events.next();
  await new Promise<void>((resolve) => setTimeout(resolve, 2 * SHORT_MS));
  assert.equal((await Array.fromAsync(events)).length, 3);
});
