import assert from "node:assert/strict";
import { RequestLimiter } from "../../src/async/request_limiter.ts";
import type { Model, ModelEvent } from "../../src/execution/model.ts";
import { LimitedModel } from "../../src/model/limited_model.ts";
import { ANNOUNCE_WAIT_MS } from "../../src/model/await_permit.ts";
import { ManualClock } from "../support/manual_clock.ts";

const finish: ModelEvent = { type: "finish", reason: "stop" };
const model: Model = {
  name: "own",
  async *stream() {
    yield finish;
  },
};

Deno.test("LimitedModel announces the wait for its permit and releases the permit after the answer", async () => {
  const limiter = new RequestLimiter(1);
  const { signal } = new AbortController();
  const clock = new ManualClock();
  const held = await limiter.acquire(signal);
  const events = new LimitedModel(model, limiter, clock).stream({ messages: [], tools: [], signal });
  const first = events.next();
  assert.equal(limiter.waiting, 1);
  clock.advance(ANNOUNCE_WAIT_MS);
  assert.equal((await first).value.type, "waiting");
  held.release();
  assert.deepEqual(await Array.fromAsync(events), [finish]);
  (await limiter.acquire(signal)).release();
});

Deno.test("LimitedModel releases the permit of an answer that is not read to its end", async () => {
  const limiter = new RequestLimiter(1);
  const { signal } = new AbortController();
  const limited = new LimitedModel(model, limiter, new ManualClock());
  for await (const event of limited.stream({ messages: [], tools: [], signal })) {
    assert.equal(event, finish);
    break;
  }
  (await limiter.acquire(signal)).release();
});

Deno.test("LimitedModel leaves the queue when its request is aborted", async () => {
  const limiter = new RequestLimiter(1);
  const held = await limiter.acquire(new AbortController().signal);
  const leaving = new AbortController();
  const request = { messages: [], tools: [], signal: leaving.signal };
  const asked = new LimitedModel(model, limiter, new ManualClock()).stream(request).next();
  assert.equal(limiter.waiting, 1);
  const reason = new Error("stopped");
  leaving.abort(reason);
  assert.equal(await asked.catch((error) => error), reason);
  assert.equal(limiter.waiting, 0);
  held.release();
});
