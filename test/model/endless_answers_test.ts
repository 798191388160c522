/**
 * Answers without an end: each is read up to a bound, the connection is let go of, and everything else goes on meanwhile.
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

/** Counts the turns that timers have while something is done. */
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
const STREAM = /sent more than 256 MB in one answer and did not come to an end\. The connection was closed\. Run the/;

const EVENTS =
  /sent more than 262,144 events in one answer and did not come to an end\. The connection was closed\. Check/;

/** What is sent, how the failure is told, and how many bytes are read before. */
const answers: [string, EndlessAnswer, kind: string, RegExp, readBytes: number][] = [
  ["an error", { status: 400, piece: "No. " }, "bad_request", /rejected the request .*"No\. No\./, MB],
  ["an error in gzip", { status: 400, headers: gzip, ...gzipBomb("x") }, "bad_request", /\(400\): "x/, MB],
  ["an error of JSON", { status: 400, head: '{"error":{"message":"No. ', piece: "No. " }, "bad_request", /No\./, MB],
  ["a redirect", { status: 307, headers: { location: "/x" }, piece: "x" }, "bad_request", /redirects to/, MB],
  ["a refused key", { status: 401, piece: "x" }, "refused", /refused the API key/, MB],
  ["a line", { headers: stream, head: "data: ", piece: "x" }, "not_a_completion", EVENT, 8 * MB],
  ["an event", { headers: stream, piece: "data: x\n" }, "not_a_completion", EVENT, 8 * MB],
  ["a comment", { headers: stream, head: ":", piece: "x" }, "not_a_completion", EVENT, 8 * MB],
  ["comments", { headers: stream, piece: ": ping\n\n" }, "not_a_completion", EVENT, 8 * MB],
  ["comments in gzip", { headers: { ...stream, ...gzip }, ...gzipBomb(":") }, "not_a_completion", EVENT, 8 * MB],
  ["signs of life", { headers: stream, piece: "data: ping\n\n" }, "not_a_completion", EVENT, 8 * MB],
  ["comments behind text", { headers: stream, head: said, piece: ": ping\n\n" }, "cut", /8 MB .*Run the cell/, 8 * MB],
  ["reasoning", { headers: stream, piece: chunk({ reasoning: "x".repeat(60_000) }) }, "cut", STREAM, 256 * MB],
  ["events of nothing", { headers: stream, piece: "data: {}\n\n" }, "not_a_completion", EVENTS, 3 * MB],
  ["a web page", { piece: "<p>x</p>\n" }, "not_a_completion", EVENT, 8 * MB],
  ["a JSON body", { head: "{", piece: '"a": 1,\n' }, "not_a_completion", EVENT, 8 * MB],
];

for (const [what, answer, kind, message, readBytes] of answers) {
  Deno.test(`${what} without end is given up, and timers have their turn meanwhile`, async () => {
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

  Deno.test(`a request whose answer is ${what} without end can be aborted`, async () => {
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

Deno.test("an answer that is complete is not spoilt by what follows it without end", async () => {
  const head = `${said}${chunk({}, "stop")}data: [DONE]\n\n`;
  await using server = await startEndlessServer({ headers: stream, head, piece: ": ping\n\n" });
  const events = await Array.fromAsync(modelOn(server).stream(modelRequest()));
  assert.deepEqual(events.map(({ type }) => type), ["text", "finish"]);
  await server.left();
  assert.ok(server.sent < BUFFERED_BYTES, `${server.sent} bytes were sent`);
});

for (const status of [200, 401, 500]) {
  Deno.test(`a list of models without end is none (${status})`, async () => {
    await using server = await startEndlessServer({ status, head: '{"data":[', piece: '{"id":"m"},' });
    const access = { baseUrl: `${server.origin}/v1`, apiKey: TEST_KEY };
    const list = await listModels(access, new AbortController().signal);
    assert.deepEqual([list.status, list.models], [status, undefined]);
    await server.left();
    assert.ok(server.sent < 8 * MB + BUFFERED_BYTES);
  });
}

Deno.test("what a server tells of itself without end is not read", async () => {
  await using server = await startEndlessServer({ head: "{", piece: '"a": 1,' });
  const inquiry = new ServerInquiry({ baseUrl: `${server.origin}/v1` }, new AbortController().signal);
  await assert.rejects(inquiry.get("/props"), RangeError);
  await server.left();
});
