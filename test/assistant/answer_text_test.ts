import assert from "node:assert/strict";
import { AnswerText } from "../../src/assistant/answer_text.ts";
import { assertLinear } from "../support/growth.ts";

/** Reads a text in pieces of this size. `null` stands for the removal of thoughts that were shown. */
function read(text: string, size: number): (string | null)[] {
  const reader = new AnswerText();
  const parts: (string | null)[] = [];
  const add = (more: ReturnType<AnswerText["write"]>) => {
    for (const part of more) {
      if (part.type === "thoughts") parts.push(null);
      else if (typeof parts.at(-1) === "string") parts.push(`${parts.pop()}${part.text}`);
      else parts.push(part.text);
    }
  };
  for (let index = 0; index < text.length; index += size) add(reader.write(text.slice(index, index + size)));
  add(reader.end());
  return parts;
}

const cases: [name: string, text: string, parts: (string | null)[]][] = [
  ["plain Markdown", "# Title\n\n- `a`\n- b < c\n", ["# Title\n\n- `a`\n- b < c\n"]],
  ["leading blanks", " \n\nYes.", ["Yes."]],
  ["leading thoughts", "<think>\nHm, [maybe] <b>.\n</think>\n\nYes.", ["Yes."]],
  ["thoughts in brackets", "[THINK]Hm.[/THINK]Yes.", ["Yes."]],
  ["thoughts without an end", "<think>Hm. And so on", []],
  ["empty thoughts", "<think>\n\n</think>\n\nYes.", ["Yes."]],
  ["thoughts in the middle", "First.\n<think>Hm.</think>\nThen.", ["First.\n\nThen."]],
  ["thoughts whose beginning is in the prompt", "Hm.\n</think>\n\nYes.", ["Hm.\n", null, "Yes."]],
  ["only the end mark of its thoughts", "</think>\n\nYes.", ["Yes."]],
  ["marks within a line", "Write <think> before it.", ["Write <think> before it."]],
  ["marks in backticks", "The mark `</think>` ends it.", ["The mark `</think>` ends it."]],
  [
    "marks in a code block",
    "```xml\n<think>\na\n</think>\n```\nDone.",
    ["```xml\n<think>\na\n</think>\n```\nDone."],
  ],
  [
    "channels",
    "<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>final<|message|>Yes.<|return|>",
    ["Yes."],
  ],
  ["an end-of-turn mark", "Yes.<|im_end|>", ["Yes."]],
];

Deno.test("AnswerText reads an answer, however it is split", async (t) => {
  for (const [name, text, parts] of cases) {
    await t.step(`an answer with ${name} is read`, () => {
      for (const size of [text.length, 1, 2, 3, 7]) assert.deepEqual(read(text, size), parts, `in pieces of ${size}`);
    });
  }
});

Deno.test("AnswerText withholds possible thoughts if thoughts are expected", () => {
  const reader = new AnswerText(true);
  assert.deepEqual(reader.write("Hm. So"), []);
  assert.deepEqual(reader.write("</think>\n\nYes"), [{ type: "thoughts" }, { type: "text", text: "Yes" }]);
  assert.deepEqual(reader.write(", it is."), [{ type: "text", text: ", it is." }]);
  assert.deepEqual(reader.end(), []);
  const plain = new AnswerText(true);
  assert.deepEqual([...plain.write("Yes."), ...plain.end()], [{ type: "text", text: "Yes." }]);
});

Deno.test("AnswerText withholds only text that may be a mark", () => {
  const reader = new AnswerText();
  assert.deepEqual(reader.write("a <"), [{ type: "text", text: "a " }]);
  assert.deepEqual(reader.write("b"), [{ type: "text", text: "<b" }]);
  assert.deepEqual(reader.write(" `x`"), [{ type: "text", text: " `x`" }]);
});

Deno.test("AnswerText reads many unfinished marks in linear time", () => {
  const readMarks = (count: number) => {
    const reader = new AnswerText();
    for (const piece of ["<|channel|>", "<think", "```\n", "[THINK", "</", "`"]) {
      for (let number = 0; number < count; number++) reader.write(piece);
    }
    assert.ok(reader.end().length <= 2);
  };
  assertLinear(readMarks, 10_000);
});
