import assert from "node:assert/strict";
import type { Key } from "node:readline";
import { EditBuffer } from "../../src/repl/edit_buffer.ts";

/** Presses keys by their names: `ctrl-a`, `meta-b`, `left`; a word in quotes is typed. */
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

/** The text with a bar at the cursor. */
const show = ({ text, cursor }: EditBuffer) => `${text.slice(0, cursor)}|${text.slice(cursor)}`;

const cases: [name: string, text: string, keys: string[], shown: string][] = [
  ["types before the cursor", "", ["'ac'", "left", "'b'"], "ab|c"],
  ["moves by words and to the line's ends", "one two three", ["meta-b", "ctrl-a", "meta-f", "'!'"], "one !|two three"],
  ["kills and yanks", "one two", ["ctrl-w", "ctrl-a", "ctrl-y"], "two|one "],
  ["kills to the end of the line alone", "ab\ncd", ["ctrl-a", "right", "ctrl-k"], "ab\nc|"],
  ["kills the beginning of the line alone", "ab\ncd", ["ctrl-u"], "ab\n|"],
  ["goes over the ends of lines", "ab\ncd", ["ctrl-a", "left", "'!'", "right", "right"], "ab!\nc|d"],
  ["joins lines at Backspace and at Delete", "a\nb\nc", ["ctrl-a", "backspace", "ctrl-a", "left", "delete"], "a|bc"],
  ["deletes whole characters", "a👩世", ["backspace", "backspace"], "a|"],
  [
    "passes emoji of several code points as one",
    "a👩‍🔬🇩🇪👍🏽e\u0301",
    ["left", "left", "'|'", "ctrl-b", "ctrl-b", "'!'"],
    "a👩‍🔬!|🇩🇪|👍🏽e\u0301",
  ],
  ["goes right over emoji as one", "👩‍🔬🇩🇪x", ["ctrl-a", "right", "'1'", "ctrl-f", "'2'"], "👩‍🔬1🇩🇪2|x"],
  ["deletes emoji before the cursor as one", "a👩‍👩‍👧‍👦🇩🇪👍🏽", ["backspace", "ctrl-h"], "a👩‍👩‍👧‍👦|"],
  ["deletes emoji behind the cursor as one", "👩‍👩‍👧‍👦🇩🇪👍🏽", ["ctrl-a", "delete", "ctrl-d"], "|👍🏽"],
  ["stays out of characters when it moves by words", "cafe\u0301", ["meta-b", "'!'"], "caf!|e\u0301"],
  ["takes a step of indentation back", "if x:\n        ", ["backspace"], "if x:\n    |"],
  ["takes a single blank back in a line", "a    ", ["backspace"], "a   |"],
];
for (const [name, text, keys, shown] of cases) {
  Deno.test(`an edit buffer ${name}`, () => {
    using buffer = new EditBuffer();
    buffer.set(text);
    press(buffer, ...keys);
    assert.equal(show(buffer), shown);
  });
}

Deno.test("an edit buffer moves up and down, and says where there is no further line", () => {
  using buffer = new EditBuffer();
  buffer.set("long line\nx\nlonger line");
  assert.deepEqual([buffer.up(), show(buffer)], [true, "long line\nx|\nlonger line"]);
  assert.deepEqual([buffer.up(), buffer.up()], [true, false]);
  assert.equal(show(buffer), "l|ong line\nx\nlonger line");
  assert.deepEqual([buffer.down(), buffer.down(), buffer.down()], [true, true, false]);
});

Deno.test("an edit buffer never stands within an emoji", () => {
  using buffer = new EditBuffer();
  buffer.set("👩‍🔬👩‍🔬\nabc");
  assert.deepEqual([buffer.up(), show(buffer)], [true, "|👩‍🔬👩‍🔬\nabc"]);
  for (const part of "👍🏽👩‍🔬🇩🇪") buffer.press(part, { sequence: part });
  assert.equal(show(buffer), "👍🏽👩‍🔬🇩🇪|👩‍🔬👩‍🔬\nabc");
});

Deno.test("an edit buffer takes several lines in the middle of one", () => {
  using buffer = new EditBuffer();
  buffer.set("ad");
  press(buffer, "left");
  buffer.insert("b\nc");
  assert.equal(show(buffer), "ab\nc|d");
});
