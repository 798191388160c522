/**
 * Replies that are cut into pieces at every position. The outputs, the error and the number of requests are always the same.
 *
 * @module
 */

import assert from "node:assert/strict";
import { ARGUMENT_CASES } from "../../support/argument_cases.ts";
import { type AnswerPiece, hearCell, type HeardCell } from "../../support/heard_cell.ts";
import { NO_OUTPUT_CASES, PROSE_CASES } from "../../support/reply_cases.ts";
import { syntaxes } from "../../support/text_call_syntaxes.ts";
import { cutEvery, type PlainCall } from "../../support/text_calls.ts";
import { UNREADABLE_CASES } from "../../support/unreadable_cases.ts";

/** Replies that call all tools that show an output. A cell that raises an error has no result. */
const REPLIES: PlainCall[][] = [
  [
    { name: "stdout", args: { text: 'é 😀 "a" it\'s\n' } },
    { name: "display", args: { data: { "text/html": "<b>&</b>", "text/plain": "b" } } },
    { name: "stderr", args: { text: "w\n" } },
    { name: "error", args: { ename: "KeyError", evalue: "'k'", traceback: ["KeyError: 'k'"] } },
  ],
  [
    { name: "stdout", args: { text: "a\n" } },
    { name: "execute_result", args: { data: { "text/plain": "{'k': [1, 2]}" } } },
  ],
];

/** The tools that show the other types of outputs. */
const SHOWN_BY = { execute_result: "execute_result", display_data: "display", error: "error" };

/** Yields the ways to cut a text: not at all, in two at each position, and into single characters. */
function* cuts(text: string): Generator<string[]> {
  yield [text];
  for (let place = 1; place < text.length; place++) yield [text.slice(0, place), text.slice(place)];
  if (text !== "") yield cutEvery(text, 1);
}

/** Runs a cell with a reply that is cut in every way. Returns the outcome, which must be the same each time. */
async function hearCut(reply: string, piecesOf: (texts: string[]) => AnswerPiece[]): Promise<HeardCell> {
  let whole: HeardCell | undefined;
  for (const texts of cuts(reply)) {
    const heard = await hearCell(piecesOf(texts));
    whole ??= heard;
    assert.deepEqual(heard, whole, `cut into ${JSON.stringify(texts.slice(0, 2))}`);
  }
  return whole!;
}

/** Returns the pieces of a call whose arguments are cut. */
const callPieces = (name: string) => (texts: string[]): AnswerPiece[] =>
  texts.map((args, piece) => ({ index: 0, ...(piece === 0 && { name }), args }));

/** Returns the pieces of a reply that is text. */
const textPieces = (texts: string[]): AnswerPiece[] => texts;

for (const { what, name, args, shown } of ARGUMENT_CASES) {
  Deno.test(`${name.trim()}() with ${what} is carried out wherever its arguments are cut`, async () => {
    const heard = await hearCut(args, callPieces(name));
    assert.deepEqual([heard.outputs, heard.requests], [shown, 1]);
  });
}

for (const { what, name, args, shown } of ARGUMENT_CASES.filter(({ isAlone }) => !isAlone)) {
  Deno.test(`${name.trim()}() with ${what} is carried out from a text wherever the text is cut`, async () => {
    const heard = await hearCut(
      `<tool_call>{"name": ${JSON.stringify(name)}, "arguments": ${args}}</tool_call>`,
      textPieces,
    );
    assert.deepEqual([heard.outputs, heard.requests], [shown, 1]);
  });
}

for (const { name, args, problem } of UNREADABLE_CASES) {
  Deno.test(`${name}() with ${JSON.stringify(args)} is refused wherever its arguments are cut`, async () => {
    const { requests, error } = await hearCut(args, callPieces(name));
    assert.equal(requests, 3);
    assert.match(error!, problem);
  });
}

for (const { name, write } of syntaxes) {
  Deno.test(`calls written as ${name} are carried out wherever the reply is cut`, async () => {
    for (const calls of REPLIES) {
      const { outputs, requests } = await hearCut(write(calls), textPieces);
      const shown = outputs.map((output) => output.type === "stream" ? output.name : SHOWN_BY[output.type]);
      assert.deepEqual([shown, requests], [calls.map(({ name }) => name), 1]);
    }
  });
}

for (const reply of NO_OUTPUT_CASES) {
  Deno.test(`${JSON.stringify(reply)} is read as (no output) wherever it is cut`, async () => {
    assert.deepEqual(await hearCut(reply, textPieces), { outputs: [], error: undefined, requests: 1 });
  });
}

for (const reply of PROSE_CASES) {
  Deno.test(`${JSON.stringify(reply)} is read as prose wherever it is cut`, async () => {
    const { requests } = await hearCut(reply, textPieces);
    assert.equal(requests, 3);
  });
}
