/**
 * Text styles and the use of colours.
 *
 * @module
 */

import assert from "node:assert/strict";
import { Style, wantsColor } from "../../src/terminal/style.ts";

Deno.test("Style.paint() styles each line separately", () => {
  assert.equal(new Style(true).paint("red", "a\n\nb"), "\x1b[31ma\x1b[0m\n\n\x1b[31mb\x1b[0m");
  assert.equal(new Style(false).paint("red", "a\nb"), "a\nb");
});

const answers: [isTerminal: boolean, environment: Record<string, string>, answer: boolean][] = [
  [true, {}, true],
  [false, {}, false],
  [true, { TERM: "dumb" }, false],
  [true, { NO_COLOR: "1" }, false],
  [true, { NO_COLOR: "" }, true],
  [false, { FORCE_COLOR: "1" }, true],
  [true, { FORCE_COLOR: "0" }, false],
  [false, { FORCE_COLOR: "1", NO_COLOR: "1" }, false],
];
for (const [isTerminal, environment, answer] of answers) {
  const where = isTerminal ? "for a terminal" : "for a pipe";
  Deno.test(`wantsColor() returns ${answer} ${where} with ${JSON.stringify(environment)}`, () => {
    assert.equal(wantsColor({ isTerminal, environment }), answer);
  });
}
