/**
 * Event streams are decoded as the standard requires, however they are split.
 *
 * @module
 */

import assert from "node:assert/strict";
import fc from "fast-check";
import { readEventStream } from "../../src/model/event_stream.ts";
import { EndlessStreamError, GarbledStreamError, StreamedError } from "../../src/model/stream_errors.ts";

/** Reads a stream. Returns its events, and whether it has ended with `[DONE]`. */
async function read(pieces: readonly Uint8Array[]) {
  const rest = pieces.values();
  const events: unknown[] = [];
  const stream = readEventStream(() => Promise.resolve(rest.next().value));
  while (true) {
    const { value, done } = await stream.next();
    if (done) return { events, isDone: value };
    events.push(value);
  }
}

const bytes = (text: string) => new TextEncoder().encode(text);
const readText = (text: string) => read([bytes(text)]);

const streams: [string, string, unknown[], boolean][] = [
  ["line feeds", 'data: {"a":1}\n\ndata: {"a":2}\n\ndata: [DONE]\n\n', [{ a: 1 }, { a: 2 }], true],
  ["carriage returns", 'data: {"a":1}\r\rdata: [DONE]\r\r', [{ a: 1 }], true],
  ["carriage returns and line feeds", 'data: {"a":"é😀"}\r\n\r\ndata: [DONE]\r\n\r\n', [{ a: "é😀" }], true],
  ["no space after the colon", 'data:{"a":1}\n\ndata:[DONE]\n\n', [{ a: 1 }], true],
  ["data on several lines", 'data: {"a":\ndata: 1}\n\n', [{ a: 1 }], false],
  ["data on several lines that end with CRLF", 'data: {"a":\r\ndata: 1}\r\n\r\n', [{ a: 1 }], false],
  ["event names, ids and retry times", 'event: x\nid: 1\nretry: 3\ndata: {"a":1}\n\n', [{ a: 1 }], false],
  ["comments", ': keep-alive\n\n:\n\n: OPENROUTER PROCESSING\n\ndata: {"a":1}\n\n: ping\n\n', [{ a: 1 }], false],
  ["empty data", 'data:\n\ndata:   \n\ndata: {"a":1}\n\ndata:\n\n', [{ a: 1 }], false],
  ["events without data", 'event: ping\n\nevent: keepalive\nid: 7\n\ndata: {"a":1}\n\n', [{ a: 1 }], false],
  ["keep-alive events", 'data: ping\n\ndata: keep-alive\n\ndata: : HEARTBEAT\n\ndata: {"a":1}\n\n', [{ a: 1 }], false],
  ["fields without a colon", 'data\n\nevent\nid\ndata: {"a":1}\n\n', [{ a: 1 }], false],
  ["an event name that is reset", 'event: error\nevent:\ndata: {"a":1}\n\n', [{ a: 1 }], false],
  ["an error event without data", 'event: error\n\ndata: {"a":1}\n\n', [{ a: 1 }], false],
  ["unknown fields", 'datum: 1\nerror: no\nDATA: 2\n data: 3\n{"b":1}\ndata: {"a":1}\n\n', [{ a: 1 }], false],
  [
    "line breaks of every kind",
    'data: {"a":\rdata: 1,\r\ndata: "b":2\ndata: }\r\n\rdata: 3\n\r',
    [{ a: 1, b: 2 }, 3],
    false,
  ],
  ["Unicode line separators in its data", 'data: {"a":"\u2028\u2029\u0085"}\n\n', [{ a: "\u2028\u2029\u0085" }], false],
  ["a byte order mark", '\ufeffdata: {"a":1}\n\n', [{ a: 1 }], false],
  ["an unterminated last event", 'data: {"a":1}\n\ndata: {"a":2}', [{ a: 1 }, { a: 2 }], false],
  ["a single carriage return at its end", 'data: {"a":1}\r', [{ a: 1 }], false],
  ["an unterminated last comment", 'data: {"a":1}\n: data: 2', [{ a: 1 }], false],
  ["an unterminated [DONE]", "data: [DONE]", [], true],
  ["an event after [DONE]", 'data: [DONE]\n\ndata: {"a":1}\n\n', [], true],
  ["an error that is null", 'data: {"a":1,"error":null}\n\n', [{ a: 1, error: null }], false],
  ["no content", "", [], false],
];

for (const [what, text, events, isDone] of streams) {
  Deno.test(`readEventStream() reads a stream with ${what}, however it is split`, async () => {
    const whole = bytes(text);
    assert.deepEqual(await read([whole]), { events, isDone });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(whole.length), { maxLength: 8 }), async (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), whole.length];
        const pieces = at.slice(1).map((end, index) => whole.slice(at[index], end));
        assert.deepEqual(await read(pieces), { events, isDone });
      }),
      { numRuns: 50 },
    );
    assert.deepEqual(await read([...whole].map((byte) => Uint8Array.of(byte))), { events, isDone });
  });
}

for (
  const [what, text, error] of [
    ["an error object", 'data: {"error":{"message":"No"}}\n\n', { message: "No" }],
    ["an error that is a string", 'data: {"error":"No"}\n\n', "No"],
    ["an error string beside other fields", 'data: {"error":"Bad","message":"No"}\n\n', {
      error: "Bad",
      message: "No",
    }],
    ["an error event", 'event: error\ndata: {"type":"error","error":{"message":"No"}}\n\n', { message: "No" }],
    ["an error event without an error field", 'event: error\ndata: {"message":"No"}\n\n', { message: "No" }],
    ["an error event in plain text", "event: error\ndata: No\n\n", "No"],
    ["a line that begins with error:", 'error: {"code":500,"message":"No"}\n\n', { code: 500, message: "No" }],
  ] as [string, string, unknown][]
) {
  Deno.test(`readEventStream() throws StreamedError for ${what}`, async () => {
    await assert.rejects(readText(`data: {"a":1}\n\n${text}`), (thrown) => {
      assert.ok(thrown instanceof StreamedError);
      assert.deepEqual(thrown.error, error);
      return true;
    });
  });
}

Deno.test("readEventStream() throws GarbledStreamError for an event that is not JSON", async () => {
  await assert.rejects(readText("data: <html>\n\n"), (thrown) => {
    return thrown instanceof GarbledStreamError && thrown.data === "<html>";
  });
});

/** 5 MB in pieces of 16 bytes. */
const LONG = Array.from({ length: 327_680 }, () => bytes("x".repeat(16)));

for (
  const [what, begin, end] of [
    ["one very long line", 'data: {"a":"', '"}\n\n'],
    ["one very long line that ends with CRLF", 'data: {"a":"', '"}\r\n\r\n'],
    ["one very long comment", ": ", '\ndata: {"a":1}\n\n'],
    ["one very long line of an unknown field", "datum: ", '\ndata: {"a":1}\n\n'],
  ]
) {
  Deno.test(`readEventStream() reads ${what} in linear time`, async () => {
    const started = performance.now();
    assert.equal((await read([bytes(begin), ...LONG, bytes(end)])).events.length, 1);
    assert.ok(performance.now() - started < 3_000);
  });
}

const megabyte = (text: string, end = "") => bytes(text.padEnd(1_048_576 - end.length, "x") + end);

for (
  const [what, begin, piece] of [
    ["one line", "data: ", megabyte("")],
    ["one event", "data: 1\n", megabyte("data: ", "\n")],
    ["one comment", ":", megabyte("")],
    ["comments", "", megabyte(": ping\n".repeat(149_000), "\n")],
    ["keep-alive events", "", megabyte("data: ping\n\n".repeat(87_000), "\n\n")],
    ["one line of an unknown field", "datum", megabyte("")],
    ["event names", "", megabyte("event: x\n\n".repeat(100_000), "\n\n")],
    ["line breaks", "", bytes("\r\n".repeat(524_288))],
  ] as [string, string, Uint8Array][]
) {
  Deno.test(`readEventStream() throws EndlessStreamError after 8 MB of ${what}`, async () => {
    const pieces = [bytes(`data: {"a":1}\n\n${begin}`), ...Array.from({ length: 40 }, () => piece)].values();
    const stream = readEventStream(() => Promise.resolve(pieces.next().value));
    assert.deepEqual((await stream.next()).value, { a: 1 });
    await assert.rejects(stream.next(), (thrown) => thrown instanceof EndlessStreamError && thrown.what === "event");
    assert.equal([...pieces].length, 40 - 9);
  });
}

Deno.test("readEventStream() throws EndlessStreamError after 256 MB of events", async () => {
  const event = megabyte('data: {"a":"', '"}\n\n');
  let read = 0;
  const stream = readEventStream(() => {
    read += 1;
    return Promise.resolve(event);
  });
  await assert.rejects(Array.fromAsync(stream), (thrown) => {
    return thrown instanceof EndlessStreamError && thrown.what === "stream";
  });
  assert.equal(read, 257);
});

Deno.test("readEventStream() lets timers fire while a stream arrives all at once", async () => {
  const pieces = [bytes("data: 1\n\n".repeat(200_000)), bytes("data: 2\n\n")].values();
  const stream = readEventStream(() => Promise.resolve(pieces.next().value));
  let ticks = 0;
  const timer = setInterval(() => ticks += 1);
  try {
    await Array.fromAsync(stream);
  } finally {
    clearInterval(timer);
  }
  assert.ok(ticks >= 3, `${ticks} ticks`);
});
