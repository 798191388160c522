import assert from "node:assert/strict";
import { ProgressLine } from "../../src/terminal/progress_line.ts";

function open(columns = 80) {
  const written: string[] = [];
  return { written, line: new ProgressLine((text) => written.push(text), () => columns) };
}

Deno.test("ProgressLine overwrites itself when its text changes", () => {
  const { line, written } = open();
  line.show("one");
  line.show("one");
  line.show("two");
  assert.deepEqual(written, ["\r\x1b[2Kone", "\r\x1b[2Ktwo"]);
});

Deno.test("ProgressLine.hide() erases the line once", () => {
  const { line, written } = open();
  line.hide();
  line.show("one");
  line.hide();
  line.hide();
  assert.deepEqual(written, ["\r\x1b[2Kone", "\r\x1b[2K"]);
});

Deno.test("ProgressLine leaves the last column empty and never uses a second line", () => {
  const { line, written } = open(6);
  line.show("a\nb\x1b[31mcdefgh");
  assert.deepEqual(written, ["\r\x1b[2Ka bcd"]);
});
