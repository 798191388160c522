import assert from "node:assert/strict";
import { ApiError } from "../../../stack/offline_model/api_error.ts";
import { readCompletionRequest } from "../../../stack/offline_model/completion_request.ts";
import { parseJsonBody } from "../../../stack/offline_model/json_body.ts";
import { Kernel } from "../../../stack/offline_model/kernel.ts";
import { lineBatches } from "../../../stack/offline_model/lines.ts";
import { NamespaceHistory } from "../../../stack/offline_model/namespace_history.ts";
import type { PythonEvent } from "../../../stack/offline_model/protocol.ts";
import { PythonDiedError, type PythonProcess } from "../../../stack/offline_model/python_process.ts";
import { orderStreams } from "../../../stack/offline_model/stream_order.ts";
import { ToolCallWriter } from "../../../stack/offline_model/tool_call_writer.ts";
import { UsageMeter } from "../../../stack/offline_model/usage.ts";

function counter(): () => string {
  let count = 0;
  return () => `call_${++count}`;
}

Deno.test("ToolCallWriter keeps a stream's call open until another event comes", () => {
  const writer = new ToolCallWriter(counter());
  assert.deepEqual(writer.write([{ type: "stream", name: "stdout", text: 'a"' }]), [
    { index: 0, id: "call_1", type: "function", function: { name: "stdout", arguments: "" } },
    { index: 0, function: { arguments: '{"text":"' } },
    { index: 0, function: { arguments: 'a\\"' } },
  ]);
  assert.deepEqual(writer.write([{ type: "stream", name: "stdout", text: "b\n" }]), [
    { index: 0, function: { arguments: "b\\n" } },
  ]);
  assert.deepEqual(writer.write([{ type: "call", name: "display", arguments: { data: {} } }]), [
    { index: 0, function: { arguments: '"}' } },
    { index: 1, id: "call_2", type: "function", function: { name: "display", arguments: "" } },
    { index: 1, function: { arguments: '{"data":{}}' } },
  ]);
  assert.deepEqual(writer.end(), []);
  assert.deepEqual(writer.calls.map((call) => call.function.arguments), ['{"text":"a\\"b\\n"}', '{"data":{}}']);
});

Deno.test("ToolCallWriter splits long arguments, but never a character", () => {
  const writer = new ToolCallWriter(counter());
  const text = "😀".repeat(5000);
  const pieces = [...writer.write([{ type: "stream", name: "stderr", text: "x" + text }]), ...writer.end()]
    .map((delta) => delta.function.arguments);
  assert.ok(pieces.length > 3 && pieces.every((piece) => piece.isWellFormed() && piece.length <= 4096));
  assert.deepEqual(JSON.parse(pieces.join("")), { text: "x" + text });
});

Deno.test("UsageMeter reports a shared prefix of 1,024 tokens or more as cached, in steps of 128", () => {
  const meter = new UsageMeter();
  const prefix = "p".repeat(4 * 1300);
  const cached = (key: string, prompt: string) => meter.count(key, prompt, "four").prompt_tokens_details.cached_tokens;
  assert.equal(cached("a", prefix + "1"), 0);
  assert.equal(cached("a", prefix + "23"), 1280);
  assert.equal(cached("b", prefix), 0);
  assert.equal(cached("a", prefix.slice(0, 4000)), 0);
  assert.deepEqual(meter.count("c", "12345", "1234"), {
    prompt_tokens: 2,
    completion_tokens: 1,
    total_tokens: 3,
    prompt_tokens_details: { cached_tokens: 0 },
  });
});

Deno.test("lineBatches() yields the lines of a chunk together and joins lines that are split between chunks", async () => {
  const bytes = new TextEncoder().encode("one\ntwo\nth😀ree\nrest");
  const cut = bytes.indexOf(0xf0) + 1;
  const stream = ReadableStream.from([bytes.subarray(0, cut), bytes.subarray(cut, cut + 1), bytes.subarray(cut + 1)]);
  assert.deepEqual(await Array.fromAsync(lineBatches(stream)), [["one", "two"], ["th😀ree"]]);
});

Deno.test("orderStreams() yields held-back texts after its delay and when reading fails", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const batches = async function* (): AsyncGenerator<PythonEvent[], void, void> {
    yield [{ type: "stream", name: "stderr", text: "e" }, { type: "stream", name: "stdout", text: "o" }];
    await promise; // until both have been shown
    yield [{ type: "stream", name: "stderr", text: "last" }];
    throw new Error("gone");
  };
  const shown: PythonEvent[] = [];
  await assert.rejects(async () => {
    for await (const events of orderStreams(batches())) {
      shown.push(...events);
      if (shown.length === 2) resolve();
    }
  }, /gone/);
  assert.deepEqual(shown.map((event) => event.type === "stream" && event.text), ["e", "o", "last"]);
});

Deno.test("NamespaceHistory replays unseen cells, but not skipped ones", () => {
  const history = new NamespaceHistory();
  const cells = ["a", "b", "c"].map((code, index) => ({ executionCount: index + 1, code }));
  for (const cell of cells) history.add(cell);
  assert.equal(history.nextUnseen(cells), undefined);
  history.skip(cells[0]);
  history.lose();
  assert.equal(history.nextUnseen(cells), cells[1]);
  assert.match(history.takeLossNotice(2)!, /The 2 cells before this one were run again/);
  assert.equal(history.takeLossNotice(0), undefined);
});

Deno.test("NamespaceHistory recognizes a conversation that continues with the cells that ran", () => {
  const history = new NamespaceHistory();
  const [a, b, c] = ["a", "b", "c"].map((code, index) => ({ executionCount: index + 1, code }));
  assert.ok(history.isBeginOf([a]));
  for (const cell of [a, b]) history.add(cell);
  assert.deepEqual([[a, b], [a, b, c], [a], [b], [b, a]].map((cells) => history.isBeginOf(cells)), [
    ...[true, true],
    ...[false, false, false],
  ]);
  assert.equal(history.nextUnseen([a, b, b]), b);
  history.skip(c);
  history.forget();
  history.add(a);
  assert.ok(history.isBeginOf([c, a]));
  history.spoil();
  assert.ok(!history.isBeginOf([a]));
});

Deno.test("a forgetful Kernel restarts after a cell was interrupted while it was replayed", async () => {
  const hanging = new AbortController();
  const ran: string[] = [];
  let starts = 0;
  // deno-lint-ignore require-yield -- no cell has an output
  const run = async function* ({ code }: { code: string }) {
    ran.push(code);
    if (ran.length === 1) hanging.abort();
  };
  const takeProcess = () => {
    starts++;
    const exited = Promise.withResolvers<void>().promise;
    const process = { gone: false, exited, run, interrupt() {}, kill() {}, close: () => Promise.resolve() };
    return Promise.resolve(process as unknown as PythonProcess);
  };
  const kernel = new Kernel({ takeProcess, isForgetful: true, cellLimitMs: 1_000 });
  const cells = ["n = 1", "n += 1", "n"].map((code, index) => ({ executionCount: index + 1, code, partial: false }));
  for (const [signal, count] of [[hanging.signal, 1], [new AbortController().signal, 2]] as const) {
    await Array.fromAsync(kernel.run({ earlier: cells.slice(0, count), cell: cells[count] }, signal));
  }
  await kernel.stop();
  assert.deepEqual([ran, starts], [["n = 1", "n = 1", "n += 1", "n"], 2]);
});

Deno.test("Kernel gives up when Python dies three times before it runs the cell", async () => {
  let runs = 0;
  // deno-lint-ignore require-yield -- it dies before any output
  const run = async function* () {
    runs++;
    throw new PythonDiedError("no memory", false);
  };
  const process = { gone: false, exited: Promise.withResolvers().promise, run, close: () => Promise.resolve() };
  const takeProcess = () => Promise.resolve(process as unknown as PythonProcess);
  const kernel = new Kernel({ takeProcess, isForgetful: false, cellLimitMs: 1_000 });
  const request = { earlier: [], cell: { executionCount: 1, code: "1" } };
  const events = (await Array.fromAsync(kernel.run(request, new AbortController().signal))).flat();
  await kernel.stop();
  assert.equal(runs, 3);
  assert.deepEqual(events.map((event) => event.type === "call" && event.arguments.ename), ["DeadKernelError"]);
});

const turn = { role: "user", content: "In [2]:\ny" };
const tools = [{ type: "function", function: { name: "stdout" } }];

/** Refused bodies, each with the parameter that is wrong. */
const BAD_BODIES: [string, unknown, string | null, RegExp][] = [
  ["a body that is not an object", [], null, /Expected a JSON object/],
  ["a body without a model", { messages: [turn] }, "model", /Expected the name of a model/],
  ["a body without messages", { model: "m" }, "messages", /at least one message, got nothing/],
  ["a message without a role", { model: "m", messages: [{}] }, "messages[0]", /an object with a role, got {}/],
  [
    "messages without a user turn",
    { model: "m", tools, messages: [{ role: "system", content: "s" }] },
    "messages",
    /role 'user'/,
  ],
  [
    "content that is not text",
    { model: "m", messages: [{ role: "user", content: 1 }] },
    "messages[0].content",
    /got 1/,
  ],
  [
    "a turn that is not a cell",
    { model: "m", tools, messages: [{ role: "user", content: "2 + 3" }] },
    "messages[0].content",
    /In \[n\]:/,
  ],
  ["a request for two answers", { model: "m", n: 2, messages: [turn] }, "n", /expected 1, got 2/],
];

for (const [name, body, param, message] of BAD_BODIES) {
  Deno.test(`readCompletionRequest() refuses ${name}`, () => {
    assert.throws(() => readCompletionRequest(parseJsonBody(JSON.stringify(body))), (error) => {
      assert.ok(error instanceof ApiError);
      assert.deepEqual([error.status, error.param], [400, param]);
      assert.match(error.message, message);
      return true;
    });
  });
}

Deno.test("readCompletionRequest() takes the last user turn as the cell and the earlier ones as its history", () => {
  const messages = [
    { role: "system", content: "s" },
    { role: "user", content: "In [1]:\nx = 1\n" },
    { role: "assistant", content: "(no output)" },
    { role: "user", content: "not a cell" },
    { role: "user", content: [{ type: "text", text: "In [2]:\nx" }] },
  ];
  const request = readCompletionRequest({ model: "m", messages, prompt_cache_key: "k" });
  assert.deepEqual(request.cell, { executionCount: 2, code: "x" });
  const answer = { calls: [], unanswered: 0, text: "(no output)", inputs: [], goesOn: false };
  assert.deepEqual(request.earlier, [{ executionCount: 1, code: "x = 1\n", answer }]);
  assert.deepEqual([request.key, request.stream, request.includeUsage], ["k", false, false]);
});
