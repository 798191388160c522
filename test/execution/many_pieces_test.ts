/**
 * Replies with very many pieces, very many texts, or very long names.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { ModelEvent } from "../../src/execution/model.ts";
import { MAX_CALLS } from "../../src/execution/reply/call_limit.ts";
import { CallAssembler } from "../../src/model/call_assembler.ts";
import { ChatCompletionReader } from "../../src/model/chat_completion_reader.ts";
import { ResponsesReader } from "../../src/model/responses/responses_reader.ts";
import { EMPTY, item, ofChat, ofResponses, piece, play, times } from "./played_answer.ts";

const PIECES = 100_000;
const before = [...times(MAX_CALLS - 1, (index) => piece(index, `c${index}`, "stdout", EMPTY))];
const unnumbered = [...times(MAX_CALLS - 1, (index) => piece(undefined, `c${index}`, "stdout", EMPTY))];
const last = (args: string) => piece(MAX_CALLS, undefined, undefined, args);

/** Replies that write `x` to stdout, `PIECES` times. */
const manyPieces: Record<string, () => Iterable<ModelEvent>> = {
  "of one call": () =>
    ofChat([
      piece(0, "c", "stdout", '{"text":"'),
      ...times(PIECES, () => piece(0, "", "", "x")),
      piece(0, "", "", '"}'),
    ]),
  "after many calls": () =>
    ofChat([...before, piece(MAX_CALLS, "c", "stdout", '{"text":"'), ...times(PIECES, () => last("x")), last('"}')]),
  "of the first of many calls": () =>
    ofChat([
      piece(0, "z", "stdout", '{"text":"'),
      ...before.slice(1),
      ...times(PIECES, () => piece(0, "", "", "x")),
      piece(0, "", "", '"}'),
    ]),
  "after many calls without indexes": () =>
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
  "that each have the name": () =>
    ofChat([
      piece(0, "c", "stdout", '{"text":"'),
      ...times(PIECES, () => piece(0, "c", "stdout", "x")),
      piece(0, "c", "stdout", '"}'),
    ]),
  "of a Responses item": () =>
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
  const [what, first, each] of [["letters", '{"text":"', "x"], ["blanks in the arguments", "{", " "], [
    "blanks before the arguments",
    "",
    " ",
  ]]
) {
  Deno.test(`CallAssembler reads a call with a million pieces of ${what}`, () => {
    const assembler = new CallAssembler(["stdout"]);
    const add = (name: string, args: string) => [...assembler.add({ index: 0, id: "c", name, args })];
    const events = [...add("stdout", first), ...times(1_000_000, () => add("", each))].flat();
    const text = events.map((event) => event.type === "tool_call_delta" ? event.delta : "").join("");
    assert.equal(text, each === "x" ? first + each.repeat(1_000_000) : "");
    assert.equal(assembler.isComplete, false);
  });
}

Deno.test("ResponsesReader reads a million pieces of an item after many other items", () => {
  const reader = new ResponsesReader();
  const before = times(MAX_CALLS - 1, (index) => item("done", index, ""));
  for (const event of [...before, item("added", MAX_CALLS)]) [...reader.read(event)];
  let pieces = 0;
  for (const event of times(1_000_000, () => pieceOf(MAX_CALLS, "x"))) pieces += [...reader.read(event)].length;
  assert.equal(pieces, 1_000_001);
});

Deno.test("ChatCompletionReader.finished can be read a million times after very many calls", () => {
  const reader = new ChatCompletionReader(["stdout"]);
  for (const delta of before) [...reader.read({ choices: [{ delta, finish_reason: null }] })];
  [...reader.read({ choices: [{ delta: {}, finish_reason: "tool_calls" }] })];
  assert.ok([...times(1_000_000, () => reader.finished)].every(Boolean));
});

Deno.test("a Responses reply with very many texts is read as prose", async () => {
  const said = (index: number) => ({ type: "response.output_text.done", output_index: index, text: `word ${index}` });
  const { error } = await play(() => ofResponses(times(100_000, said)));
  assert.match(error, /It answered in prose/);
});

Deno.test("a very long tool name is shortened in the error message", async () => {
  const { error } = await play(() => ofChat([piece(0, "c", "tool".repeat(100_000), EMPTY)]));
  assert.match(error, /There is no tool "(?:tool){15}\.\.\."; there are/);
});

Deno.test("a very long traceback is shown without colours", async () => {
  const line = "    a b ".repeat(100_000);
  const traceback = ["Traceback (most recent call last):", '  File "x", line 1, in f', line, "E: v"];
  const args = JSON.stringify({ ename: "E", evalue: "v", traceback });
  const { outputs } = await play(() => ofChat([piece(0, "c", "error", args)]));
  assert.deepEqual(outputs, [{ type: "error", ename: "E", evalue: "v", traceback }]);
});
