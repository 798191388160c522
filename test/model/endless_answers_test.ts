/**
 * Endless answers. Each is read up to a limit, then its connection is closed. Timers run in the meantime.
 *
 * @module
 */

import assert from "node:assert/strict";
import { failureOf, modelRequest, openAIModel, TEST_KEY } from "../support/model_requests.ts";
import {
  BUFFERED_BYTES,
  type EndlessAnswer,
  type EndlessServer,
  gzipBomb,
  startEndlessServer,
} from "../support/endless_server.ts";
import { listModels } from "../../src/model/list_models.ts";
import { ServerInquiry } from "../../src/model/servers/server_inquiry.ts";

const MB = 1_048_576;

const stream = { "content-type": "text/event-stream" };
const gzip = { "content-encoding": "gzip" };
const chunk = (delta: object, finish_reason: string | null = null) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
const said = chunk({ content: "a" });

function modelOn(server: EndlessServer) {
  return openAIModel({ baseUrl: `${server.origin}/v1` }, { api: "chat" });
}

/** Counts how often a timer fires during an action. */
async function ticksWhile(action: () => Promise<unknown>): Promise<number> {
  let ticks = 0;
  const timer = setInterval(() => ticks += 1);
  try {
    await action();
  } finally {
    clearInterval(timer);
  }
  return ticks;
}

const EVENT = /sent more than 8 MB without an event of an answer: .*The connection was closed\. Check the address/;
const STREAM = /sent more than 256 MB in one answer and did not finish\. The connection was closed\. Run the/;

const EVENTS = /sent more than 262,144 events in one answer and did not finish\. The connection was closed\. Check/;

/** Answers, each with the kind and the message of the failure, and the number of bytes that are read before it. */
const answers: [string, EndlessAnswer, kind: string, RegExp, readBytes: number][] = [
  ["an error", { status: 400, piece: "No. " }, "bad_request", /rejected the request .*"No\. No\./, MB],
  ["a compressed error", { status: 400, headers: gzip, ...gzipBomb("x") }, "bad_request", /\(400\): "x/, MB],
  ["a JSON error", { status: 400, head: '{"error":{"message":"No. ', piece: "No. " }, "bad_request", /No\./, MB],
  ["a redirect", { status: 307, headers: { location: "/x" }, piece: "x" }, "bad_request", /redirects to/, MB],
  ["a refused key", { status: 401, piece: "x" }, "refused", /refused the API key/, MB],
  ["a line", { headers: stream, head: "data: ", piece: "x" }, "not_a_completion", EVENT, 8 * MB],
  ["an event", { headers: stream, piece: "data: x\n" }, "not_a_completion", EVENT, 8 * MB],
  ["a comment", { headers: stream, head: ":", piece: "x" }, "not_a_completion", EVENT, 8 * MB],
  ["comments", { headers: stream, piece: ": ping\n\n" }, "not_a_completion", EVENT, 8 * MB],
  ["compressed comments", { headers: { ...stream, ...gzip }, ...gzipBomb(":") }, "not_a_completion", EVENT, 8 * MB],
  ["keep-alive events", { headers: stream, piece: "data: ping\n\n" }, "not_a_completion", EVENT, 8 * MB],
  ["comments after text", { headers: stream, head: said, piece: ": ping\n\n" }, "cut", /8 MB .*Run the cell/, 8 * MB],
  ["reasoning", { headers: stream, piece: chunk({ reasoning: "x".repeat(60_000) }) }, "cut", STREAM, 256 * MB],
  ["empty events", { headers: stream, piece: "data: {}\n\n" }, "not_a_completion", EVENTS, 3 * MB],
  ["a web page", { piece: "<p>x</p>\n" }, "not_a_completion", EVENT, 8 * MB],
  ["a JSON body", { head: "{", piece: '"a": 1,\n' }, "not_a_completion", EVENT, 8 * MB],
];

for (const [what, answer, kind, message, readBytes] of answers) {
  Deno.test(`an endless answer is aborted and does not block timers: ${what}`, async () => {
    await using server = await startEndlessServer(answer);
    const ticks = await ticksWhile(async () => {
      const { error } = await failureOf(modelOn(server));
      assert.equal(error.kind, kind);
      assert.match(error.message, message);
      assert.ok(error.message.length < 700, "the message is short");
    });
    assert.ok(ticks >= 3, `${ticks} ticks`);
    await server.left();
    assert.ok(server.sent < readBytes + BUFFERED_BYTES, `${server.sent} bytes were sent`);
  });

  Deno.test(`a request can be aborted during an endless answer: ${what}`, async () => {
    await using server = await startEndlessServer(answer);
    const aborting = new AbortController();
    const events = Array.fromAsync(modelOn(server).stream(modelRequest({ signal: aborting.signal })));
    const failed = assert.rejects(events, (thrown) => thrown === "stop" || readBytes < BUFFERED_BYTES);
    await server.sending();
    aborting.abort("stop");
    await failed;
    await server.left();
    assert.ok(server.sent < BUFFERED_BYTES, `${server.sent} bytes were sent`);
  });
}

Deno.test("a complete answer is kept if endless comments follow it", async () => {
  const head = `${said}${chunk({}, "stop")}data: [DONE]\n\n`;
  await using server = await startEndlessServer({ headers: stream, head, piece: ": ping\n\n" });
  const events = await Array.fromAsync(modelOn(server).stream(modelRequest()));
  assert.deepEqual(events.map(({ type }) => type), ["text", "finish"]);
  await server.left();
  assert.ok(server.sent < BUFFERED_BYTES, `${server.sent} bytes were sent`);
});

for (const status of [200, 401, 500]) {
  Deno.test(`listModels() ignores an endless list with status ${status}`, async () => {
    await using server = await startEndlessServer({ status, head: '{"data":[', piece: '{"id":"m"},' });
    const access = { baseUrl: `${server.origin}/v1`, apiKey: TEST_KEY };
    const list = await listModels(access, new AbortController().signal);
    assert.deepEqual([list.status, list.models], [status, undefined]);
    await server.left();
    assert.ok(server.sent < 8 * MB + BUFFERED_BYTES);
  });
}

Deno.test("ServerInquiry.get() rejects an endless response with RangeError", async () => {
  await using server = await startEndlessServer({ head: "{", piece: '"a": 1,' });
  const inquiry = new ServerInquiry({ baseUrl: `${server.origin}/v1` }, new AbortController().signal);
  await assert.rejects(inquiry.get("/props"), RangeError);
  await server.left();
});
