/**
 * Models that share a limiter send their requests in turn.
 *
 * @module
 */

import assert from "node:assert/strict";
import { type Clock, systemClock } from "../../src/async/clock.ts";
import { RequestLimiter } from "../../src/async/request_limiter.ts";
import { HastyClock } from "../support/hasty_clock.ts";
import { collect, modelRequest, openAIModel } from "../support/model_requests.ts";
import { answer, gate, text } from "../support/scripted_answer.ts";
import { inTurn, startScriptedModel } from "../support/scripted_model_server.ts";

const texts = (events: { type: string; delta?: string }[]) => events.map(({ type, delta }) => delta ?? type);

Deno.test("a request that waits for its turn announces this and is sent after the previous one", async () => {
  await using server = await startScriptedModel(inTurn(answer(gate("end"), text("a")), answer(text("b"))));
  const limiter = new RequestLimiter(1);
  const first = collect(openAIModel(server, { limiter }));
  await server.reached("end");
  const later = openAIModel(server, { limiter, clock: new HastyClock(20) }).stream(modelRequest())
    [Symbol.asyncIterator]();
  const { value } = await later.next();
  assert.equal(
    value?.type === "waiting" && value.reason,
    "AIPython sends one model request at a time (--max-concurrent-requests): this cell waits for its turn.",
  );
  assert.equal(server.requests.length, 1);
  server.open("end");
  assert.deepEqual(texts(await first), ["a", "finish", "usage"]);
  assert.deepEqual((await later.next()).value, { type: "text", delta: "b" });
  await later.return(undefined);
  assert.equal(server.requests.length, 2);
});

Deno.test("a short wait for a turn is not announced", async () => {
  await using server = await startScriptedModel(inTurn(answer(gate("end"), text("a")), answer(text("b"))));
  const limiter = new RequestLimiter(1);
  const first = collect(openAIModel(server, { limiter }));
  await server.reached("end");
  const never: Clock = { ...systemClock, setTimer: () => () => {} };
  const second = collect(openAIModel(server, { limiter, clock: never }));
  server.open("end");
  assert.deepEqual(texts(await second), ["b", "finish", "usage"]);
  await first;
});

Deno.test("a request that waits for its retry leaves its turn to other requests", async () => {
  const busy = { status: 429, headers: { "retry-after": "7" }, body: { error: { message: "Slow down." } } };
  await using server = await startScriptedModel(inTurn(busy, answer(text("b")), answer(text("a"))));
  const limiter = new RequestLimiter(1);
  const asksAgain = Promise.withResolvers<() => void>();
  const clock: Clock = {
    ...systemClock,
    setTimer: (callback, delayMs) => {
      if (delayMs !== 7_000) return systemClock.setTimer(callback, delayMs);
      asksAgain.resolve(callback);
      return () => {};
    },
  };
  const refused = collect(openAIModel(server, { limiter, clock }));
  const askAgain = await asksAgain.promise;
  assert.deepEqual(texts(await collect(openAIModel(server, { limiter }))), ["b", "finish", "usage"]);
  askAgain();
  assert.deepEqual(texts(await refused), ["waiting", "a", "finish", "usage"]);
});

Deno.test("a request that is aborted in the queue is never sent and leaves the queue", async () => {
  await using server = await startScriptedModel(inTurn(answer(gate("end"), text("a")), answer(text("c"))));
  const limiter = new RequestLimiter(1);
  const first = collect(openAIModel(server, { limiter }));
  await server.reached("end");
  const cancelling = new AbortController();
  const second = collect(openAIModel(server, { limiter }), modelRequest({ signal: cancelling.signal }));
  const third = collect(openAIModel(server, { limiter }));
  cancelling.abort(new Error("cancelled"));
  await assert.rejects(second, /cancelled/);
  server.open("end");
  assert.deepEqual(texts(await third), ["c", "finish", "usage"]);
  await first;
  assert.deepEqual([server.requests.length, limiter.waiting], [2, 0]);
});

Deno.test("a request that fails or whose answer is left unread releases its permit", async () => {
  const wrong = { status: 403, body: { error: { message: "No." } } };
  await using server = await startScriptedModel(inTurn(wrong, answer(text("a"), gate("never")), answer(text("b"))));
  const limiter = new RequestLimiter(1);
  await assert.rejects(collect(openAIModel(server, { limiter })), /No/);
  for await (const _event of openAIModel(server, { limiter }).stream(modelRequest())) break;
  assert.deepEqual(texts(await collect(openAIModel(server, { limiter }))), ["b", "finish", "usage"]);
});
