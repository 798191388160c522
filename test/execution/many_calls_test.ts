/**
 * Replies of very many calls, and of calls in very many pieces. Each of these would take minutes if a piece took the longer the more
 * there was before it.
 *
 * @module
 */

import assert from "node:assert/strict";
import { executeCell } from "../../src/execution/execute_cell.ts";
import type { Model, ModelEvent } from "../../src/execution/model.ts";
import { MAX_CALLS } from "../../src/execution/reply/call_limit.ts";
import { TOOLS } from "../../src/execution/reply/tools.ts";
import { CallAssembler } from "../../src/model/call_assembler.ts";
import { ChatCompletionReader } from "../../src/model/chat_completion_reader.ts";
import { ResponsesReader } from "../../src/model/responses/responses_reader.ts";
import { runCell } from "../support/cell_run.ts";
import { RecordingContext } from "../support/recording_context.ts";
import { raw, stdout } from "../support/scripted_answer.ts";

const TOO_MANY = /^ModelError: The model made more than 10,000 calls in one reply and did not finish, so /;

/** The events of a chat completion that is made of these deltas. */
function* ofChat(deltas: Iterable<object>): Generator<ModelEvent> {
  const reader = new ChatCompletionReader(TOOLS.map(({ name }) => name));
  for (const delta of deltas) {
    yield* reader.read({ choices: [{ delta, finish_reason: null }] });
    // The server's end is looked for after each read.
    assert.equal(reader.finished, false);
  }
  yield* reader.read({ choices: [{ delta: {}, finish_reason: "stop" }] });
  yield* reader.end(true);
}

/** The events of an answer of the Responses interface. */
function* ofResponses(events: Iterable<object>): Generator<ModelEvent> {
  const reader = new ResponsesReader();
  for (const event of events) yield* reader.read(event);
  if (!reader.finished) {
    yield* reader.read({ type: "response.completed", response: { status: "completed", output: [] } });
  }
  yield* reader.end();
}

/** Plays a cell whose model answers each request so. */
async function play(answer: () => Iterable<ModelEvent>) {
  const context = new RecordingContext();
  const model: Model = {
    name: "many",
    async *stream() {
      yield* answer();
    },
  };
  const { signal } = new AbortController();
  const options = { model, context, history: [], code: "cell()", executionCount: 1, signal };
  const { error = "" } = await executeCell(options);
  return { error, outputs: context.outputs };
}

function* times<T>(count: number, make: (index: number) => T): Generator<T> {
  for (let index = 0; index < count; index++) yield make(index);
}

/** A piece of a call; what is undefined is left out. */
const piece = (index: number | undefined, id: string | undefined, name: string | undefined, args: string) => ({
  tool_calls: [{ index, id, function: { name, arguments: args } }],
});
const EMPTY = '{"text":""}';
const shown = piece(0, "first", "stdout", '{"text":"before\\n"}');
const empty = (index: number) => piece(index + 1, `c${index}`, "stdout", EMPTY);

const manyCalls: Record<string, () => Iterable<ModelEvent>> = {
  "with numbers and ids": () => ofChat([shown, ...times(100_000, empty)]),
  "without numbers": () =>
    ofChat([shown, ...times(100_000, (index) => piece(undefined, `c${index}`, "stdout", EMPTY))]),
  "without ids": () => ofChat([shown, ...times(100_000, (index) => piece(index + 1, undefined, "stdout", EMPTY))]),
  "of one number": () => ofChat([shown, ...times(100_000, () => piece(0, undefined, "stdout", EMPTY))]),
  "without names": () => ofChat([shown, ...times(100_000, (index) => piece(index + 1, `c${index}`, undefined, EMPTY))]),
  "without arguments": () => ofChat([shown, ...times(100_000, (index) => piece(index + 1, `c${index}`, "stdout", ""))]),
  "in one chunk": () => ofChat([shown, { tool_calls: [...times(100_000, (index) => empty(index).tool_calls[0])] }]),
  "in one call's arguments": () =>
    ofChat([shown, piece(1, "c", "stdout", [...times(100_000, (index) => `{"text":"${index || ""}"}`)].join(""))]),
  "as text": () =>
    ofChat(times(100_000, (index) => ({
      content: `<tool_call>${
        JSON.stringify({ name: "stdout", arguments: { text: index === 0 ? "before\n" : "" } })
      }</tool_call>`,
    }))),
  "as text in one piece": () =>
    ofChat([{ content: 'stdout(text="before\\n")\n' }, { content: 'stdout(text="")\n'.repeat(60_000) }]),
  "as items": () => ofResponses(times(100_000, (index) => item("done", index, index === 0 ? "before\n" : ""))),
  "as items from the last to the first": () =>
    ofResponses([item("done", 0, "before\n"), ...times(100_000, (index) => item("added", 200_000 - index))]),
  "as items at the end": () =>
    ofResponses([{
      type: "response.completed",
      response: {
        status: "completed",
        output: [...times(100_000, (index) => item("done", index, index === 0 ? "before\n" : "").item)],
      },
    }]),
};

function item(event: "added" | "done", index: number, text?: string) {
  return {
    type: `response.output_item.${event}`,
    output_index: index,
    item: {
      type: "function_call",
      id: `f${index}`,
      call_id: `c${index}`,
      name: "stdout",
      ...(text === undefined ? {} : { arguments: JSON.stringify({ text }) }),
    },
  };
}

for (const [what, answer] of Object.entries(manyCalls)) {
  Deno.test(`a reply of very many calls ${what} is broken off, and what came before stays`, async () => {
    const { error, outputs } = await play(answer);
    assert.match(error, TOO_MANY);
    assert.deepEqual(outputs[0], { type: "stream", name: "stdout", text: "before\n" });
    assert.deepEqual([outputs.at(-1)?.type, outputs.length <= MAX_CALLS + 1], ["error", true]);
  });
}

Deno.test("100,000 calls with empty text from a server are broken off", async () => {
  const call = (index: number) => `data: ${JSON.stringify({ choices: [{ index: 0, delta: empty(index) }] })}\n\n`;
  const calls = raw([...times(100_000, call)].join(""));
  const { outputs, ended, requests } = await runCell([...stdout("before\n"), ...calls]);
  assert.match(ended.error ?? "", TOO_MANY);
  assert.deepEqual(outputs.map(({ type }) => type), ["stream", "error"]);
  assert.equal(requests.length, 1);
});

Deno.test("a reply of as many calls as it may make is carried out", async () => {
  const calls = times(MAX_CALLS - 1, (index) => piece(index + 1, `c${index}`, "stdout", '{"text":"x"}'));
  const { error, outputs } = await play(() => ofChat([shown, ...calls]));
  assert.equal(error, "");
  assert.deepEqual(outputs, [{ type: "stream", name: "stdout", text: `before\n${"x".repeat(MAX_CALLS - 1)}` }]);
});

Deno.test("calls in the text and beside it are told apart, however many there are", async () => {
  const beside = [...times(2_000, (index) => piece(index, `c${index}`, "stdout", `{"text":"${index} "}`))];
  const inText = [
    ...times(
      2_000,
      (index) => ({ content: `<tool_call>{"name":"stderr","arguments":{"text":"${index} "}}</tool_call>` }),
    ),
  ];
  const { error, outputs } = await play(() => ofChat([...beside, ...inText]));
  assert.equal(error, "");
  const numbers = [...times(2_000, (index) => `${index} `)].join("");
  assert.deepEqual(outputs.map((output) => "text" in output && [output.name, output.text]), [["stdout", numbers], [
    "stderr",
    numbers,
  ]]);
});

const PIECES = 100_000;
const before = [...times(MAX_CALLS - 1, (index) => piece(index, `c${index}`, "stdout", EMPTY))];
const unnumbered = [...times(MAX_CALLS - 1, (index) => piece(undefined, `c${index}`, "stdout", EMPTY))];
const last = (args: string) => piece(MAX_CALLS, undefined, undefined, args);

/** Replies whose one text is `x`, `PIECES` times. */
const manyPieces: Record<string, () => Iterable<ModelEvent>> = {
  "of one call": () =>
    ofChat([
      piece(0, "c", "stdout", '{"text":"'),
      ...times(PIECES, () => piece(0, "", "", "x")),
      piece(0, "", "", '"}'),
    ]),
  "behind many calls": () =>
    ofChat([...before, piece(MAX_CALLS, "c", "stdout", '{"text":"'), ...times(PIECES, () => last("x")), last('"}')]),
  "of the first of many calls": () =>
    ofChat([
      piece(0, "z", "stdout", '{"text":"'),
      ...before.slice(1),
      ...times(PIECES, () => piece(0, "", "", "x")),
      piece(0, "", "", '"}'),
    ]),
  "behind many calls without numbers": () =>
    ofChat([
      ...unnumbered,
      piece(undefined, "z", "stdout", '{"text":"'),
      ...times(PIECES, () => piece(undefined, undefined, undefined, "x")),
      piece(undefined, undefined, undefined, '"}'),
    ]),
  "with blanks before the arguments": () =>
    ofChat([
      piece(0, "c", "stdout", ""),
      ...times(PIECES, () => piece(0, "", "", " ")),
      ...texts(piece(0, "", "", `{"text":"${"x".repeat(PIECES)}"}`)),
    ]),
  "with blanks in the arguments": () =>
    ofChat([
      piece(0, "c", "stdout", "{"),
      ...times(PIECES, () => piece(0, "", "", " ")),
      ...texts(piece(0, "", "", `"text":"${"x".repeat(PIECES)}"}`)),
    ]),
  "with a million blanks at once": () =>
    ofChat([piece(0, "c", "stdout", `{${" ".repeat(1_000_000)}"text":"${"x".repeat(PIECES)}"}`)]),
  "with the name in each": () =>
    ofChat([
      piece(0, "c", "stdout", '{"text":"'),
      ...times(PIECES, () => piece(0, "c", "stdout", "x")),
      piece(0, "c", "stdout", '"}'),
    ]),
  "of an item": () =>
    ofResponses([
      item("added", 0),
      ...times(PIECES, (index) => pieceOf(0, index === 0 ? '{"text":"x' : "x")),
      pieceOf(0, '"}'),
    ]),
};

const texts = (...pieces: object[]) => pieces;

function pieceOf(index: number, delta: string) {
  return { type: "response.function_call_arguments.delta", output_index: index, item_id: `f${index}`, delta };
}

for (const [what, answer] of Object.entries(manyPieces)) {
  Deno.test(`very many pieces ${what} are read`, async () => {
    const { error, outputs } = await play(answer);
    assert.equal(error, "");
    assert.deepEqual(outputs, [{ type: "stream", name: "stdout", text: "x".repeat(PIECES) }]);
  });
}

for (
  const [what, first, each] of [["letters", '{"text":"', "x"], ["blanks", "{", " "], [
    "blanks at the beginning",
    "",
    " ",
  ]]
) {
  Deno.test(`a million pieces of a call that are ${what} are put together`, () => {
    const assembler = new CallAssembler(["stdout"]);
    const add = (name: string, args: string) => [...assembler.add({ index: 0, id: "c", name, args })];
    const events = [...add("stdout", first), ...times(1_000_000, () => add("", each))].flat();
    const text = events.map((event) => event.type === "tool_call_delta" ? event.delta : "").join("");
    assert.equal(text, each === "x" ? first + each.repeat(1_000_000) : "");
    assert.equal(assembler.isComplete, false);
  });
}

Deno.test("a million pieces of an item behind many are read", () => {
  const reader = new ResponsesReader();
  const before = times(MAX_CALLS - 1, (index) => item("done", index, ""));
  for (const event of [...before, item("added", MAX_CALLS)]) [...reader.read(event)];
  let pieces = 0;
  for (const event of times(1_000_000, () => pieceOf(MAX_CALLS, "x"))) pieces += [...reader.read(event)].length;
  assert.equal(pieces, 1_000_001);
});

Deno.test("it is known at once after very many calls whether an answer is complete", () => {
  const reader = new ChatCompletionReader(["stdout"]);
  for (const delta of before) [...reader.read({ choices: [{ delta, finish_reason: null }] })];
  [...reader.read({ choices: [{ delta: {}, finish_reason: "tool_calls" }] })];
  assert.ok([...times(1_000_000, () => reader.finished)].every(Boolean));
});

Deno.test("very many texts of an answer are read", async () => {
  const said = (index: number) => ({ type: "response.output_text.done", output_index: index, text: `word ${index}` });
  const { error } = await play(() => ofResponses(times(100_000, said)));
  assert.match(error, /It answered in prose/);
});

Deno.test("a very long name of a tool is quoted in short", async () => {
  const { error } = await play(() => ofChat([piece(0, "c", "tool".repeat(100_000), EMPTY)]));
  assert.match(error, /There is no tool "(?:tool){15}\.\.\."; there are/);
});

Deno.test("a very long traceback is shown plain", async () => {
  const line = "    a b ".repeat(100_000);
  const traceback = ["Traceback (most recent call last):", '  File "x", line 1, in f', line, "E: v"];
  const args = JSON.stringify({ ename: "E", evalue: "v", traceback });
  const { outputs } = await play(() => ofChat([piece(0, "c", "error", args)]));
  assert.deepEqual(outputs, [{ type: "error", ename: "E", evalue: "v", traceback }]);
});
