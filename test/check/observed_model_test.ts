import assert from "node:assert/strict";
import { ObservedModel } from "../../src/check/observed_model.ts";
import type { Model, ModelEvent } from "../../src/execution/model.ts";

const request = { messages: [], tools: [], signal: new AbortController().signal };

/** Makes a model that yields events and advances a clock by a second before each. */
function makeModel(events: ModelEvent[]): { model: Model; elapsed: () => number } {
  let now = 0;
  async function* stream() {
    for (const event of events) {
      now += 1000;
      yield event;
    }
  }
  return { model: { name: "m", oneCallAReply: true, contextLength: 4096, stream }, elapsed: () => now };
}

Deno.test("ObservedModel has the name and the properties of the model that it observes", () => {
  const { model, elapsed } = makeModel([]);
  const { name, oneCallAReply, contextLength } = new ObservedModel(model, elapsed);
  assert.deepEqual({ name, oneCallAReply, contextLength }, { name: "m", oneCallAReply: true, contextLength: 4096 });
});

Deno.test("ObservedModel does not count a waiting event as the beginning of an answer", async () => {
  const { model, elapsed } = makeModel([{ type: "waiting", reason: "loading" }, { type: "text", delta: "a" }]);
  const observed = new ObservedModel(model, elapsed);
  await Array.fromAsync(observed.stream(request));
  assert.equal(observed.beganAfterMs, 2000);
});
