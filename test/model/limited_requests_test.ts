/**
 * Models that share a limit take turns.
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

Deno.test("a request that has to wait for its turn reports it, and is sent when the previous one has ended", async () => {
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

Deno.test("a wait for a turn that nobody notices is not told", async () => {
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

Deno.test("a request that waits to be sent again leaves its turn to others", async () => {
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

Deno.test("a request that is given up in the line is never sent, and leaves its place", async () => {
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

Deno.test("a request that fails, or whose answer is left unread, gives its place up", async () => {
  const wrong = { status: 403, body: { error: { message: "No." } } };
  await using server = await startScriptedModel(inTurn(wrong, answer(text("a"), gate("never")), answer(text("b"))));
  const limiter = new RequestLimiter(1);
  await assert.rejects(collect(openAIModel(server, { limiter })), /No/);
  for await (const _event of openAIModel(server, { limiter }).stream(modelRequest())) break;
  assert.deepEqual(texts(await collect(openAIModel(server, { limiter }))), ["b", "finish", "usage"]);
});
