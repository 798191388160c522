/**
 * The control sequences that are removed from text before it reaches the terminal.
 *
 * @module
 */

import assert from "node:assert/strict";
import { ControlFilter, withoutControls } from "../../src/terminal/control_filter.ts";

Deno.test("ControlFilter keeps text, tabs, newlines and carriage returns", () => {
  assert.equal(withoutControls("naïve\t日本語 👋\r\n10 %\r20 %"), "naïve\t日本語 👋\r\n10 %\r20 %");
});

Deno.test("ControlFilter keeps colours only when they are enabled", () => {
  const text = "\x1b[1;38;5;241mgrey\x1b[0m \x1b[38:2:1:2:3mfine\x1b[m";
  assert.equal(withoutControls(text, true), text);
  assert.equal(withoutControls(text, false), "grey fine");
});

const hostile: [name: string, text: string][] = [
  ["clears the screen", "a\x1b[2Jb"],
  ["moves the cursor", "a\x1b[1;1Hb\x1b[Ab"],
  ["sets the window's title and ends with BEL", "a\x1b]0;owned\x07b"],
  ["sets the window's title and ends with ST", "a\x1b]2;owned\x1b\\b"],
  ["writes to the clipboard", "a\x1b]52;c;cm0gLXJm\x07b"],
  ["requests a report that the terminal would type into the shell", "a\x1b[6nb\x1b[cb\x1bZb"],
  ["sends a device control string", "a\x1bP+q544e\x1b\\b"],
  ["sends an application program command", "a\x1b_Gf=100;AAAA\x1b\\b"],
  ["resets the terminal", "a\x1bcb"],
  ["switches the character set", "a\x1b(0b"],
  ["sets keyboard modes with a sequence that ends like a colour", "a\x1b[>4;1mb\x1b[?1mb"],
  ["uses 8-bit control characters", "a\x9b2Jb\x9d0;owned\x9cb\x90q\x9cb"],
  ["consists of single control characters", "a\x07\x08\x7f\x00\x0e\x0fb"],
  ["hides a sequence in an incomplete one", "a\x1b[2\x1b[2Jb"],
  ["is aborted by another control character", "a\x1b[\x18b"],
  ["is a colour of excessive length", `a\x1b[${"1;".repeat(1000)}mb`],
];
for (const [name, text] of hostile) {
  Deno.test(`ControlFilter removes a sequence that ${name}`, () => {
    assert.match(withoutControls(text, true), /^ab+$/);
  });
}

Deno.test("ControlFilter shows the lines after a command string that is never closed", () => {
  assert.equal(withoutControls("a\x1b]0;owned\nb\n"), "a\nb\n");
});

Deno.test("ControlFilter recognizes sequences that are split into pieces", () => {
  const text = `${hostile.map(([, text]) => text).join("\n")}\n\x1b[31mred\x1b[0m`;
  const whole = withoutControls(text, true);
  assert.ok(whole.endsWith("\n\x1b[31mred\x1b[0m"));
  for (let size = 1; size < 8; size++) {
    const filter = new ControlFilter(true);
    let joined = "";
    for (let start = 0; start < text.length; start += size) joined += filter.filter(text.slice(start, start + size));
    assert.equal(joined, whole);
  }
});
