import assert from "node:assert/strict";
import type { Key } from "node:readline";
import { EditBuffer } from "../../src/repl/edit_buffer.ts";

/** Presses keys by name: `ctrl-a`, `meta-b`, `left`. Text in quotes is typed. */
function press(buffer: EditBuffer, ...names: string[]): void {
  for (const name of names) {
    if (name.startsWith("'")) {
      for (const text of name.slice(1, -1)) buffer.press(text, { sequence: text });
      continue;
    }
    const parts = name.split("-");
    const key: Key = { name: parts.at(-1), ctrl: parts[0] === "ctrl", meta: parts[0] === "meta", shift: false };
    buffer.press(undefined, key);
  }
}

/** Returns the text with a bar at the cursor. */
const show = ({ text, cursor }: EditBuffer) => `${text.slice(0, cursor)}|${text.slice(cursor)}`;

const cases: [name: string, text: string, keys: string[], shown: string][] = [
  ["inserts typed text before the cursor", "", ["'ac'", "left", "'b'"], "ab|c"],
  ["moves by words and to the line's ends", "one two three", ["meta-b", "ctrl-a", "meta-f", "'!'"], "one !|two three"],
  ["kills and yanks", "one two", ["ctrl-w", "ctrl-a", "ctrl-y"], "two|one "],
  ["kills only to the end of the line", "ab\ncd", ["ctrl-a", "right", "ctrl-k"], "ab\nc|"],
  ["kills only the beginning of the line", "ab\ncd", ["ctrl-u"], "ab\n|"],
  ["moves across the ends of lines", "ab\ncd", ["ctrl-a", "left", "'!'", "right", "right"], "ab!\nc|d"],
  ["joins lines with Backspace and Delete", "a\nb\nc", ["ctrl-a", "backspace", "ctrl-a", "left", "delete"], "a|bc"],
  ["deletes whole characters", "a👩世", ["backspace", "backspace"], "a|"],
  [
    "moves left over an emoji of several code points in one step",
    "a👩‍🔬🇩🇪👍🏽e\u0301",
    ["left", "left", "'|'", "ctrl-b", "ctrl-b", "'!'"],
    "a👩‍🔬!|🇩🇪|👍🏽e\u0301",
  ],
  [
    "moves right over an emoji of several code points in one step",
    "👩‍🔬🇩🇪x",
    ["ctrl-a", "right", "'1'", "ctrl-f", "'2'"],
    "👩‍🔬1🇩🇪2|x",
  ],
  ["deletes a whole emoji before the cursor", "a👩‍👩‍👧‍👦🇩🇪👍🏽", ["backspace", "ctrl-h"], "a👩‍👩‍👧‍👦|"],
  ["deletes a whole emoji after the cursor", "👩‍👩‍👧‍👦🇩🇪👍🏽", ["ctrl-a", "delete", "ctrl-d"], "|👍🏽"],
  ["never stops inside a character when it moves by words", "cafe\u0301", ["meta-b", "'!'"], "caf!|e\u0301"],
  ["removes a whole indentation step with Backspace", "if x:\n        ", ["backspace"], "if x:\n    |"],
  ["removes a single blank after text with Backspace", "a    ", ["backspace"], "a   |"],
];
for (const [name, text, keys, shown] of cases) {
  Deno.test(`an edit buffer ${name}`, () => {
    using buffer = new EditBuffer();
    buffer.set(text);
    press(buffer, ...keys);
    assert.equal(show(buffer), shown);
  });
}

Deno.test("an edit buffer moves the cursor up and down, and returns false when there is no further line", () => {
  using buffer = new EditBuffer();
  buffer.set("long line\nx\nlonger line");
  assert.deepEqual([buffer.up(), show(buffer)], [true, "long line\nx|\nlonger line"]);
  assert.deepEqual([buffer.up(), buffer.up()], [true, false]);
  assert.equal(show(buffer), "l|ong line\nx\nlonger line");
  assert.deepEqual([buffer.down(), buffer.down(), buffer.down()], [true, true, false]);
});

Deno.test("an edit buffer never puts the cursor inside an emoji", () => {
  using buffer = new EditBuffer();
  buffer.set("👩‍🔬👩‍🔬\nabc");
  assert.deepEqual([buffer.up(), show(buffer)], [true, "|👩‍🔬👩‍🔬\nabc"]);
  for (const part of "👍🏽👩‍🔬🇩🇪") buffer.press(part, { sequence: part });
  assert.equal(show(buffer), "👍🏽👩‍🔬🇩🇪|👩‍🔬👩‍🔬\nabc");
});

Deno.test("an edit buffer inserts text of several lines inside a line", () => {
  using buffer = new EditBuffer();
  buffer.set("ad");
  press(buffer, "left");
  buffer.insert("b\nc");
  assert.equal(show(buffer), "ab\nc|d");
});
