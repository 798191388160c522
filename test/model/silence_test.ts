/**
 * Keep-alive messages while an answer is awaited, and the messages to the person about the wait.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { ModelEvent } from "../../src/execution/model.ts";
import type { OpenAIModelOptions } from "../../src/model/openai_model.ts";
import { ManualClock } from "../support/manual_clock.ts";
import { collect, failureOf, modelRequest, openAIModel } from "../support/model_requests.ts";
import { answer, delta, gate, raw, type Step, text } from "../support/scripted_answer.ts";
import { type ScriptedModelServer, startScriptedModel } from "../support/scripted_model_server.ts";
import { Signposts } from "../support/signposts.ts";

const FIRST_BYTE_MS = 60_000;
const STALL_MS = 30_000;

/** A clock that a test moves. It shows which waits have begun and how many timers are left. */
class WatchedClock extends ManualClock {
  readonly #begun = new Signposts();
  readonly #counts = new Map<number, number>();
  timers = 0;

  override setTimer(callback: () => void, delayMs: number): () => void {
    this.timers += 1;
    let isOver = false;
    const end = () => {
      this.timers -= isOver ? 0 : 1;
      isOver = true;
    };
    const cancel = super.setTimer(() => {
      end();
      callback();
    }, delayMs);
    const count = (this.#counts.get(delayMs) ?? 0) + 1;
    this.#counts.set(delayMs, count);
    this.#begun.reach(`${delayMs}/${count}`);
    return () => {
      end();
      cancel();
    };
  }

  /** Resolves when a wait of this length has begun for the `time`-th time, counted from 1. */
  begun(delayMs: number, time: number): Promise<void> {
    return this.#begun.reached(`${delayMs}/${time}`);
  }
}

function slowModel(server: ScriptedModelServer, clock: WatchedClock, options: Partial<OpenAIModelOptions> = {}) {
  return openAIModel(server, { clock, firstByteTimeoutMs: FIRST_BYTE_MS, stallTimeoutMs: STALL_MS, ...options });
}

const withoutWaits = (events: ModelEvent[]) => events.filter(({ type }) => type !== "waiting");

const progress = JSON.stringify({
  choices: [{ index: 0, delta: { role: "assistant", content: null }, finish_reason: null }],
  prompt_progress: { total: 4_000, cache: 0, processed: 512, time_ms: 25_000 },
});

const signs: Record<string, Step[]> = {
  "a comment": raw(": keep-alive\n\n"),
  "an empty comment": raw(":\n\n"),
  "OpenRouter's comment": raw(": OPENROUTER PROCESSING\n\n"),
  "empty data": raw("data: \n\n"),
  "a named event without data": raw("event: ping\n\n"),
  "llama.cpp's progress": raw(`data: ${progress}\n\n`),
  "a chunk without content": delta({ role: "assistant", content: "" }),
  "a blank line": raw("\n"),
};

for (const [what, sign] of Object.entries(signs)) {
  Deno.test(`${what} restarts the timeout of a slow request`, async () => {
    const clock = new WatchedClock();
    await using server = await startScriptedModel([
      ...gate("1"),
      ...sign,
      ...gate("2"),
      ...sign,
      ...gate("3"),
      ...answer(text("a")),
    ]);
    const answered = collect(slowModel(server, clock));
    for (const number of [1, 2, 3]) {
      await server.reached(`${number}`);
      // One wait for the headers, and one for each read.
      await clock.begun(FIRST_BYTE_MS, number + 1);
      clock.advance(FIRST_BYTE_MS - 1);
      server.open(`${number}`);
    }
    assert.deepEqual(withoutWaits(await answered)[0], { type: "text", delta: "a" });
    assert.equal(clock.timers, 0);
  });
}

Deno.test("a server that falls silent stalls, and the message names --first-byte-timeout", async () => {
  const clock = new WatchedClock();
  await using server = await startScriptedModel([...signs["a comment"], ...gate("never")]);
  const failed = failureOf(slowModel(server, clock));
  await clock.begun(FIRST_BYTE_MS, 3);
  clock.advance(FIRST_BYTE_MS);
  const { error } = await failed;
  assert.equal(error.kind, "stalled");
  assert.match(error.message, / sent nothing for 60 s\. .*--first-byte-timeout \(AIPYTHON_FIRST_BYTE_TIMEOUT\)\.$/);
  assert.equal(clock.timers, 0);
});

Deno.test("a server that sends only keep-alive messages stalls after an hour", async () => {
  const clock = new WatchedClock();
  const [reasoning] = delta({ reasoning_content: "hm" });
  await using server = await startScriptedModel([...text("a"), ...gate("1"), reasoning, ...gate("2"), reasoning]);
  const failed = failureOf(slowModel(server, clock, { stallTimeoutMs: 7_200_000 }));
  for (const [number, minutes] of [[1, 59], [2, 2]]) {
    await server.reached(`${number}`);
    await clock.begun(7_200_000, number);
    clock.advance(minutes * 60_000);
    server.open(`${number}`);
  }
  const { error, events } = await failed;
  assert.deepEqual(events, [{ type: "text", delta: "a" }]);
  assert.equal(error.kind, "stalled");
  assert.match(error.message, / has sent only keep-alive messages for 60 minutes, and no part of an answer\. /);
  assert.equal(clock.timers, 0);
});

Deno.test("the shorter stall timeout applies once an answer has begun", async () => {
  const clock = new WatchedClock();
  await using server = await startScriptedModel([...text("a"), ...gate("never")]);
  const failed = failureOf(slowModel(server, clock));
  await clock.begun(STALL_MS, 1);
  clock.advance(STALL_MS);
  const { error } = await failed;
  assert.match(error.message, / stopped in the middle of its answer and sent nothing for 30 s\. .*--stall-timeout /);
});

Deno.test("a wait for the beginning of an answer is announced once, with its duration", async () => {
  const clock = new WatchedClock();
  const headers = Promise.withResolvers<void>();
  await using server = await startScriptedModel(async () => {
    await headers.promise;
    return answer(text("a"));
  });
  const events = slowModel(server, clock).stream(modelRequest());
  const first = events.next();
  await server.request(0);
  clock.advance(10_000);
  assert.deepEqual((await first).value, {
    type: "waiting",
    reason:
      `${server.host} has not begun to answer after 10 s: it may be loading its model, reading a long prompt, or busy ` +
      "with another request.",
  });
  const second = events.next();
  clock.advance(40_000);
  headers.resolve();
  assert.deepEqual((await second).value, { type: "text", delta: "a" });
  await Array.fromAsync(events);
  assert.equal(clock.timers, 0);
});

Deno.test("the announcement describes the server as working if it sends keep-alive messages", async () => {
  const clock = new WatchedClock();
  await using server = await startScriptedModel([...signs["a comment"], ...gate("1"), ...answer(text("a"))]);
  const events = slowModel(server, clock).stream(modelRequest());
  const first = events.next();
  await clock.begun(FIRST_BYTE_MS, 3);
  clock.advance(10_000);
  const { value } = await first;
  assert.equal(
    value?.type === "waiting" && value.reason,
    `${server.host} is at work, but has not begun to answer after 10 s: it may be reading a long prompt.`,
  );
  server.open("1");
  await Array.fromAsync(events);
});

Deno.test("no wait is announced for an answer that begins soon, and no timer is left", async () => {
  const clock = new WatchedClock();
  await using server = await startScriptedModel([...text("a"), ...gate("1"), ...answer(text("b"))]);
  const answered = collect(slowModel(server, clock, { stallTimeoutMs: 20_000 }));
  await clock.begun(20_000, 1);
  assert.equal(clock.timers, 1);
  clock.advance(15_000);
  server.open("1");
  assert.deepEqual((await answered).map(({ type }) => type), ["text", "text", "finish", "usage"]);
  assert.equal(clock.timers, 0);
});

Deno.test("an interrupt ends a silent wait at once and leaves no timer", async () => {
  const clock = new WatchedClock();
  await using server = await startScriptedModel(gate("never"));
  const abort = new AbortController();
  const answered = collect(slowModel(server, clock), modelRequest({ signal: abort.signal }));
  answered.catch(() => {});
  await clock.begun(FIRST_BYTE_MS, 2);
  clock.advance(10_000);
  abort.abort("interrupted");
  await assert.rejects(answered, (reason) => reason === "interrupted");
  await server.disconnected(0);
  assert.equal(clock.timers, 0);
});
