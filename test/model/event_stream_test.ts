/**
 * Event streams are decoded as the standard says, wherever they are cut.
 *
 * @module
 */

import assert from "node:assert/strict";
import fc from "fast-check";
import { readEventStream } from "../../src/model/event_stream.ts";
import { EndlessStreamError, GarbledStreamError, StreamedError } from "../../src/model/stream_errors.ts";

/** The events of a stream, or what it throws, and whether it says that it is done. */
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
  ["both", 'data: {"a":"é😀"}\r\n\r\ndata: [DONE]\r\n\r\n', [{ a: "é😀" }], true],
  ["no space behind the colon", 'data:{"a":1}\n\ndata:[DONE]\n\n', [{ a: 1 }], true],
  ["data on several lines", 'data: {"a":\ndata: 1}\n\n', [{ a: 1 }], false],
  ["data on several lines that end with both", 'data: {"a":\r\ndata: 1}\r\n\r\n', [{ a: 1 }], false],
  ["names, ids and retries", 'event: x\nid: 1\nretry: 3\ndata: {"a":1}\n\n', [{ a: 1 }], false],
  ["comments", ': keep-alive\n\n:\n\n: OPENROUTER PROCESSING\n\ndata: {"a":1}\n\n: ping\n\n', [{ a: 1 }], false],
  ["empty data", 'data:\n\ndata:   \n\ndata: {"a":1}\n\ndata:\n\n', [{ a: 1 }], false],
  ["events without data", 'event: ping\n\nevent: keepalive\nid: 7\n\ndata: {"a":1}\n\n', [{ a: 1 }], false],
  ["words of life", 'data: ping\n\ndata: keep-alive\n\ndata: : HEARTBEAT\n\ndata: {"a":1}\n\n', [{ a: 1 }], false],
  ["fields without a colon", 'data\n\nevent\nid\ndata: {"a":1}\n\n', [{ a: 1 }], false],
  ["no empty name of an event", 'event: error\nevent:\ndata: {"a":1}\n\n', [{ a: 1 }], false],
  ["names of errors without data", 'event: error\n\ndata: {"a":1}\n\n', [{ a: 1 }], false],
  ["other fields", 'datum: 1\nerror: no\nDATA: 2\n data: 3\n{"b":1}\ndata: {"a":1}\n\n', [{ a: 1 }], false],
  [
    "line breaks of every kind",
    'data: {"a":\rdata: 1,\r\ndata: "b":2\ndata: }\r\n\rdata: 3\n\r',
    [{ a: 1, b: 2 }, 3],
    false,
  ],
  ["line breaks of Unicode", 'data: {"a":"\u2028\u2029\u0085"}\n\n', [{ a: "\u2028\u2029\u0085" }], false],
  ["a byte order mark", '\ufeffdata: {"a":1}\n\n', [{ a: 1 }], false],
  ["no end of the last event", 'data: {"a":1}\n\ndata: {"a":2}', [{ a: 1 }, { a: 2 }], false],
  ["only a carriage return at its end", 'data: {"a":1}\r', [{ a: 1 }], false],
  ["no end of the last comment", 'data: {"a":1}\n: data: 2', [{ a: 1 }], false],
  ["no end of the last mark", "data: [DONE]", [], true],
  ["something behind the mark", 'data: [DONE]\n\ndata: {"a":1}\n\n', [], true],
  ["an error that is null", 'data: {"a":1,"error":null}\n\n', [{ a: 1, error: null }], false],
  ["nothing", "", [], false],
];

for (const [what, text, events, isDone] of streams) {
  Deno.test(`a stream with ${what} is read, wherever it is cut`, async () => {
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
    ["an error that is a word", 'data: {"error":"No"}\n\n', "No"],
    ["a word with more beside it", 'data: {"error":"Bad","message":"No"}\n\n', { error: "Bad", message: "No" }],
    ["an event of errors", 'event: error\ndata: {"type":"error","error":{"message":"No"}}\n\n', { message: "No" }],
    ["an event of errors without one", 'event: error\ndata: {"message":"No"}\n\n', { message: "No" }],
    ["an event of errors in plain text", "event: error\ndata: No\n\n", "No"],
    ["a line of errors", 'error: {"code":500,"message":"No"}\n\n', { code: 500, message: "No" }],
  ] as [string, string, unknown][]
) {
  Deno.test(`a stream with ${what} throws it`, async () => {
    await assert.rejects(readText(`data: {"a":1}\n\n${text}`), (thrown) => {
      assert.ok(thrown instanceof StreamedError);
      assert.deepEqual(thrown.error, error);
      return true;
    });
  });
}

Deno.test("a stream with an event that is not JSON throws its data", async () => {
  await assert.rejects(readText("data: <html>\n\n"), (thrown) => {
    return thrown instanceof GarbledStreamError && thrown.data === "<html>";
  });
});

/** 5 MB in pieces of 16 bytes. */
const LONG = Array.from({ length: 327_680 }, () => bytes("x".repeat(16)));

for (
  const [what, begin, end] of [
    ["one very long line", 'data: {"a":"', '"}\n\n'],
    ["one very long line that ends in both line breaks", 'data: {"a":"', '"}\r\n\r\n'],
    ["one very long comment", ": ", '\ndata: {"a":1}\n\n'],
    ["one very long line of another field", "datum: ", '\ndata: {"a":1}\n\n'],
  ]
) {
  Deno.test(`a stream of ${what} is read in linear time`, async () => {
    const started = performance.now();
    assert.equal((await read([bytes(begin), ...LONG, bytes(end)])).events.length, 1);
    assert.ok(performance.now() - started < 3_000);
  });
}

const megabyte = (text: string, end = "") => bytes(text.padEnd(1_048_576 - end.length, "x") + end);

for (
  const [what, begin, piece] of [
    ["line", "data: ", megabyte("")],
    ["event", "data: 1\n", megabyte("data: ", "\n")],
    ["comment", ":", megabyte("")],
    ["row of comments", "", megabyte(": ping\n".repeat(149_000), "\n")],
    ["row of signs of life", "", megabyte("data: ping\n\n".repeat(87_000), "\n\n")],
    ["line of another field", "datum", megabyte("")],
    ["row of names", "", megabyte("event: x\n\n".repeat(100_000), "\n\n")],
    ["row of line breaks", "", bytes("\r\n".repeat(524_288))],
  ] as [string, string, Uint8Array][]
) {
  Deno.test(`a stream whose ${what} does not end is given up after 8 MB`, async () => {
    const pieces = [bytes(`data: {"a":1}\n\n${begin}`), ...Array.from({ length: 40 }, () => piece)].values();
    const stream = readEventStream(() => Promise.resolve(pieces.next().value));
    assert.deepEqual((await stream.next()).value, { a: 1 });
    await assert.rejects(stream.next(), (thrown) => thrown instanceof EndlessStreamError && thrown.what === "event");
    assert.equal([...pieces].length, 40 - 9);
  });
}

Deno.test("an endless stream is aborted after 256 MB", async () => {
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

Deno.test("timers have their turn while a stream comes all at once", async () => {
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
