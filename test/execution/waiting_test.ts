import assert from "node:assert/strict";
import { startCell } from "../support/cell_run.ts";
import { HastyClock } from "../support/hasty_clock.ts";
import { openAIModel } from "../support/model_requests.ts";
import { RecordingContext } from "../support/recording_context.ts";
import { answer, stdout } from "../support/scripted_answer.ts";
import { startScriptedModel } from "../support/scripted_model_server.ts";

const limited = (seconds: string) => ({
  status: 429,
  headers: { "retry-after": seconds },
  body: { error: { message: "Slow down.", type: "requests", code: "rate_limit_exceeded" } },
});

/** Runs a cell whose first request is refused and whose second one is answered. */
async function runAfter(refusal: ReturnType<typeof limited>) {
  const replies = [refusal, answer(stdout("a\n"))];
  await using server = await startScriptedModel(() => replies.shift()!);
  const context = new RecordingContext();
  const clock = new HastyClock(20);
  const { status } = await startCell(openAIModel(server, { clock }), context);
  return { status, context, delays: clock.delays };
}

Deno.test("a cell shows that it waits for a rate limit until the wait is over", async () => {
  const { status, context, delays } = await runAfter(limited("7"));
  assert.equal(status, "success");
  assert(delays.includes(7_000));
  assert.equal(context.waits.length, 2);
  assert.match(context.waits[0]!, / gets too many requests \(429\): "Slow down"\. It is asked again in 7 s\.$/);
  assert.equal(context.waits[1], undefined);
  assert.deepEqual(context.outputs, [{ type: "stream", name: "stdout", text: "a\n" }]);
});

Deno.test("a cell does not show a wait of a fraction of a second", async () => {
  const { context } = await runAfter(limited("0.2"));
  assert.deepEqual(context.waits, []);
});
