/** Closes the connection of an answer even if the openai package has lost the signal. */

import assert from "node:assert/strict";
import { systemClock } from "../../src/async/clock.ts";
import type { ModelEvent } from "../../src/execution/model.ts";
import { silentLogger } from "../../src/logger.ts";
import { type ApiAdapter, apiAdapters } from "../../src/model/api_adapter.ts";
import { loadOpenAI } from "../../src/model/openai_package.ts";
import { RequestAttempt } from "../../src/model/request_attempt.ts";
import { streamAnswer } from "../../src/model/stream_answer.ts";

const BASE_URL = "http://127.0.0.1:9/v1";

/** Makes an answer of one word and no end. Its body does not observe the signal. */
async function deafAnswer(signal: AbortSignal) {
  const closed = Promise.withResolvers<void>();
  const first = `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: "word" } }] })}\n\n`;
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode(first)),
    cancel: () => closed.resolve(),
  });
  const adapter: ApiAdapter = { ...apiAdapters.chat, send: () => Promise.resolve(new Response(body)) };
  const request = { messages: [], tools: [], signal };
  const address = `${BASE_URL}/chat/completions`;
  const attempt = new RequestAttempt({}, adapter.makeReader(request), {
    host: "127.0.0.1:9",
    address,
    model: "m",
    secrets: [],
    isAuthorized: true,
  });
  const answer = streamAnswer(attempt, adapter, {
    ...await loadOpenAI({ baseUrl: BASE_URL }),
    clock: systemClock,
    logger: silentLogger,
    firstByteTimeoutMs: 60_000,
    stallTimeoutMs: 60_000,
    signal,
  });
  assert.deepEqual((await answer.next()).value, { type: "text", delta: "word" } satisfies ModelEvent);
  return { answer, closed: closed.promise };
}

Deno.test("a consumer that leaves an answer in the middle closes its connection", async () => {
  const { answer, closed } = await deafAnswer(new AbortController().signal);
  await answer.return(undefined);
  await closed;
});

Deno.test("an interrupt ends the wait for an answer and closes its connection", async () => {
  const interrupt = new AbortController();
  const { answer, closed } = await deafAnswer(interrupt.signal);
  const next = answer.next();
  interrupt.abort(new Error("interrupted"));
  await assert.rejects(next, /^Error: interrupted$/);
  await closed;
});
