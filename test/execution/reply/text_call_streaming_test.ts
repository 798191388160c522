/**
 * The text of stdout and stderr is shown while it arrives, and reading takes linear time.
 *
 * @module
 */

import assert from "node:assert/strict";
import { AnswerWriter } from "../../../src/execution/reply/answer_writer.ts";
import { IPythonOutput } from "../../../src/execution/ipython_output.ts";
import { TextCallReader } from "../../../src/execution/reply/text_call_reader.ts";
import { RecordingContext } from "../../support/recording_context.ts";
import { syntaxes } from "../../support/text_call_syntaxes.ts";
import { cutEvery, readPieces } from "../../support/text_calls.ts";

/** The number of characters by which the shown text may lag behind, including those of the syntax. */
const MAX_BEHIND = 20;

/** The syntaxes whose calls can only be read when they are complete. */
const WHOLE = ["JSON objects with the name last", "OpenAI's tool_calls"];

const TEXT = 'line "é"\n'.repeat(44) + "end\n";

/** Returns functions that write a reply to a cell's output as it arrives. */
function playing(): { context: RecordingContext; write: (piece: string) => void; end: () => AnswerWriter } {
  const context = new RecordingContext();
  const answer = new AnswerWriter(new IPythonOutput({ context, executionCount: 1, code: "", hasResult: true }));
  const reader = new TextCallReader();
  const pass = (events: ReturnType<TextCallReader["write"]>) => {
    for (const event of events) if (event.type !== "text") answer.write(event);
  };
  return {
    context,
    write: (piece) => pass(reader.write(piece)),
    end: () => {
      pass(reader.end());
      answer.end(false);
      return answer;
    },
  };
}

function shown({ outputs }: RecordingContext): string {
  return outputs.map((output) => output.type === "stream" ? output.text : "").join("");
}

for (const { name, write } of syntaxes.filter(({ name }) => !WHOLE.includes(name))) {
  Deno.test(`the text of calls written as ${name} is shown while it arrives`, () => {
    const first = { name: "stdout", args: { text: "first\n" } };
    const reply = write([first, { name: "stdout", args: { text: TEXT } }]);
    const { context, write: arrive, end } = playing();
    let arrived = "";
    for (const piece of cutEvery(reply, 4)) {
      arrived += piece;
      arrive(piece);
      const begun = arrived.indexOf("line ");
      if (begun === -1) continue;
      const raw = arrived.slice(begun).replaceAll(/\\+n/g, "\n").replaceAll(/\\+"/g, '"');
      const expected = Math.min(raw.length, TEXT.length);
      assert.ok(expected - (shown(context).length - first.args.text.length) <= MAX_BEHIND, arrived.slice(-80));
    }
    assert.equal(end().problem, undefined);
    assert.equal(shown(context), `first\n${TEXT}`);
  });
}

Deno.test("the first Python call is shown when its line is complete", () => {
  const { context, write } = playing();
  write('stdout(text="a\\n")');
  assert.equal(shown(context), "");
  write("\n");
  assert.equal(shown(context), "a\n");
});

const LARGE = 'line é 😀 <b> [x] "quoted" \\ it\'s\n'.repeat(30_000);

const FAMILIES = ["<tool_call> tags", "JSON objects with the name last", "Python calls", "Qwen3-Coder's tags"];

for (const { name, write } of syntaxes.filter(({ name }) => FAMILIES.includes(name))) {
  Deno.test(`a call with a megabyte of text, written as ${name}, is read in pieces of four characters`, () => {
    const { calls } = readPieces(cutEvery(write([{ name: "stdout", args: { text: LARGE } }]), 4));
    assert.equal(JSON.parse(calls[0].json).text, LARGE);
  });
}

for (
  const [what, reply] of Object.entries({
    "prose": LARGE,
    "thoughts that do not end": `<think>${LARGE}`,
    "opening tags": "<tool_call>".repeat(100_000),
    "angle brackets": "<".repeat(1_000_000),
    "channel marks": "<|channel|>".repeat(100_000),
    "nested lists": `{"name": "stdout", "arguments": ${"[".repeat(1_000_000)}`,
    "nested objects": '{"function": {'.repeat(70_000),
    "nested lists of calls": '{"tool_calls": [{"function": {'.repeat(30_000),
    "a call of another tool": `<tool_call>${JSON.stringify({ name: "other", arguments: { text: LARGE } })}</tool_call>`,
  })
) {
  Deno.test(`a megabyte of ${what} is read in pieces of four characters`, () => {
    const { calls, text } = readPieces(cutEvery(reply, 4));
    assert.equal(text, calls.length === 0 ? reply : "");
  });
}
