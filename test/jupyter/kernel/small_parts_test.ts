import assert from "node:assert/strict";
import type { OutputChange } from "../../../src/shell/cell_outputs.ts";
import { CellPublisher, type Illustrate } from "../../../src/jupyter/kernel/cell_publisher.ts";
import { indexOfPosition, positionOfIndex } from "../../../src/jupyter/kernel/code_points.ts";
import { describeDefinition } from "../../../src/jupyter/kernel/describe_definition.ts";
import { nameAtCursor } from "../../../src/jupyter/kernel/name_at_cursor.ts";
import { isQuestion } from "../../../src/jupyter/kernel/pager.ts";
import { ShellQueue } from "../../../src/jupyter/kernel/shell_queue.ts";
import { withSmallPng } from "../../../src/jupyter/kernel/small_png.ts";
import { TextPace } from "../../../src/jupyter/kernel/text_pace.ts";
import { UnheardMessages } from "../../../src/jupyter/kernel/unheard_messages.ts";
import { silentLogger } from "../../../src/logger.ts";
import { DrawingThread } from "../../../src/media/drawing_thread.ts";
import { cellDefinitions } from "../../../src/python/cell_definitions.ts";
import { resetsNamespace } from "../../../src/python/resets_namespace.ts";
import { ManualClock } from "../../support/manual_clock.ts";

Deno.test("UnheardMessages keeps a limited number and size of messages, and returns them once", () => {
  const message = (bytes: number) => [new Uint8Array(bytes)];
  const many = new UnheardMessages();
  for (let count = 0; count < 1_001; count++) many.add(message(1));
  assert.equal(many.take().length, 1_000);
  many.add(message(1));
  assert.deepEqual(many.take(), []);
  const large = new UnheardMessages();
  for (let count = 0; count < 3; count++) large.add(message(7 * 1024 * 1024));
  assert.equal(large.take().length, 2);
});

Deno.test("positions are counted in code points and limited to the text", () => {
  const code = "a🥚b";
  assert.deepEqual([-1, 0, 1, 2, 3, 9, Infinity].map((position) => indexOfPosition(code, position)), [
    0,
    0,
    1,
    3,
    4,
    4,
    4,
  ]);
  assert.deepEqual([0, 1, 3, 4].map((index) => positionOfIndex(code, index)), [0, 1, 2, 3]);
});

Deno.test("nameAtCursor() returns the name that the cursor touches, or the name of the call around it", () => {
  const names = [
    "sp|am",
    "spam|",
    "|spam",
    "spam(|",
    "spam(1, |",
    "spam(eggs, ham(2), |",
    "a.b|.c",
    "a.b.c|",
    "np.array([|",
    "1 + |2",
    "(|",
    "",
    "spam |+ 1",
    'print("a|',
  ].map((marked) => nameAtCursor(marked.replace("|", ""), Math.max(0, marked.indexOf("|"))));
  assert.deepEqual(names, [
    "spam",
    "spam",
    "spam",
    "spam",
    "spam",
    "spam",
    "a.b",
    "a.b.c",
    "np.array",
    undefined,
    undefined,
    undefined,
    undefined,
    "a",
  ]);
});

Deno.test("describeDefinition() describes a function or class from its source", () => {
  const describe = (code: string, withSource = false) => describeDefinition(cellDefinitions(code)[0], withSource);
  assert.equal(
    describe("def f(a, *, b: int = 1) -> str:\n    return 'x'"),
    [
      "Signature: f(a, *, b: int = 1) -> str",
      "Docstring: <no docstring>",
      "Type:      function",
    ].join("\n"),
  );
  assert.equal(
    describe('@cache\ndef f():\n    """First.\n\n    Second.\n      Third.\n    """\n    pass'),
    [
      "Signature: f()",
      "Docstring:\nFirst.\n\nSecond.\n  Third.",
      "Type:      function",
    ].join("\n"),
  );
  assert.equal(
    describe("class Egg(Food):\n    'An egg.'\n    def __init__(self, size=1):\n        pass"),
    [
      "Init signature: Egg(size=1)",
      "Docstring: An egg.",
      "Type:      type",
    ].join("\n"),
  );
  assert.equal(
    describe("async def g(x):\n    y = 1\n    'no docstring'", true),
    [
      "Signature: g(x)",
      "Source:\nasync def g(x):\n    y = 1\n    'no docstring'",
      "Type:      function",
    ].join("\n"),
  );
});

Deno.test("isQuestion() accepts only cells that ask about an object and do nothing else", () => {
  const cells = [
    "zip?",
    "?zip",
    "zip??",
    " np.array? \n",
    "%time?",
    "*int*?",
    "x = 1\nzip?",
    "'a?'",
    "zip",
    "f(x)?",
    "??",
    "",
  ];
  assert.deepEqual(cells.filter(isQuestion), ["zip?", "?zip", "zip??", " np.array? \n", "%time?", "*int*?"]);
});

Deno.test("resetsNamespace() accepts only %reset of the whole namespace", () => {
  const cells = [
    "%reset",
    "%reset -f",
    " %reset -f\n",
    "reset -f",
    "%reset -sf",
    "%reset -f out",
    "x = 1\n%reset -f",
    "%reset_selective x",
  ];
  assert.deepEqual(cells.filter(resetsNamespace), ["%reset", "%reset -f", " %reset -f\n", "reset -f"]);
});

Deno.test("TextPace sends the first text at once and joins later texts until the next interval", () => {
  const clock = new ManualClock();
  const sent: string[] = [];
  const pace = new TextPace(clock, (name, text) => sent.push(`${clock.now()} ${name} ${text}`));
  pace.add("stdout", "a");
  pace.add("stdout", "b");
  pace.add("stdout", "c");
  clock.advance(99);
  assert.deepEqual(sent, ["0 stdout a"]);
  clock.advance(1);
  pace.add("stdout", "d");
  pace.add("stderr", "e");
  pace.flush();
  pace.flush();
  assert.deepEqual(sent, ["0 stdout a", "100 stdout bc", "100 stdout d", "100 stderr e"]);
  clock.advance(1_000);
  assert.equal(sent.length, 4);
});

/** Publishes changes and returns the messages. */
async function published(changes: OutputChange[], illustrate: Illustrate = (output) => output) {
  const messages: string[] = [];
  const publisher = new CellPublisher({
    publish: (type, content) => messages.push(`${type} ${content.text ?? Object.keys(content.data ?? {}).join()}`),
    executionCount: 1,
    isSilent: false,
    isPaged: false,
    illustrate,
    clock: new ManualClock(),
  });
  changes.forEach((change) => publisher.change(change));
  await publisher.end();
  return messages;
}

Deno.test("outputs after a figure wait until it is drawn", async () => {
  const figure: OutputChange = { type: "added", output: { type: "display_data", data: { "image/svg+xml": "<svg/>" } } };
  const text = (text: string): OutputChange => ({ type: "added", output: { type: "stream", name: "stdout", text } });
  let drawn = 0;
  const slow: Illustrate = async (output) => {
    const turns = 5 - 2 * drawn++;
    for (let turn = 0; turn < turns; turn++) await Promise.resolve();
    return { ...output, data: { ...output.data, "image/png": `${turns}` } };
  };
  assert.deepEqual(await published([text("a"), figure, text("b"), figure, text("c")], slow), [
    "stream a",
    "display_data image/svg+xml,image/png",
    "stream b",
    "display_data image/svg+xml,image/png",
    "stream c",
  ]);
});

Deno.test("withSmallPng() adds a PNG to a figure, unless it would be large, invalid or late", async () => {
  using thread = new DrawingThread();
  const clock = new ManualClock();
  const illustrate = withSmallPng(thread, silentLogger, clock);
  const svg = (content: string, size: number) =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}">${content}</svg>`;
  const typesOf = async (data: Record<string, string>) =>
    Object.keys((await illustrate({ type: "display_data", data })).data).sort();
  assert.deepEqual(await typesOf({ "image/svg+xml": svg("<circle r='9'/>", 20) }), ["image/png", "image/svg+xml"]);
  assert.deepEqual(await typesOf({ "image/svg+xml": "<svg" }), ["image/svg+xml"]);
  assert.deepEqual(await typesOf({ "text/html": "<b/>" }), ["text/html"]);
  const confetti = Array.from({ length: 4_000 }, (_, index) => {
    const random = (index * 40_503) % 16_777_216;
    const fill = random.toString(16).padStart(6, "0");
    return `<circle cx="${random % 997}" cy="${(random >> 5) % 991}" r="${3 + random % 5}" fill="#${fill}"/>`;
  });
  assert.deepEqual(await typesOf({ "image/svg+xml": svg(confetti.join(""), 1_000) }), ["image/svg+xml"]);
  const late = typesOf({ "image/svg+xml": svg("<circle r='8'/>", 20) });
  clock.advance(2_000);
  assert.deepEqual(await late, ["image/svg+xml"], "it took too long");
});

Deno.test("ShellQueue aborts waiting requests, and close() ends a pending take()", async () => {
  const queue = new ShellQueue<number>();
  await queue.put(1);
  queue.abort();
  await queue.put(2);
  assert.deepEqual(await queue.take(), { request: 1, isAborted: true });
  assert.deepEqual(await queue.take(), { request: 2, isAborted: false });
  const waiting = queue.take();
  queue.close();
  assert.equal(await waiting, undefined);
  for (let count = 0; count < 10_000; count++) await queue.put(count);
});
