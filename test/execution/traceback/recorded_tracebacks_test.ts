/**
 * Compares tracebacks with those that ipykernel printed, and tries random mixtures of their lines.
 *
 * @module
 */

import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { plainTraceback, prettyTraceback } from "../../../src/execution/traceback/traceback.ts";
import { randomFrom } from "../../support/random_from.ts";
import { type GoldenError, goldenErrors, withoutColors } from "./shown_traceback.ts";

/** Removes the yellow background, which marks the expression that failed. */
function withoutYellow(text: string): string {
  // deno-lint-ignore no-control-regex -- matches the escape character
  return text.replace(/\x1b\[([0-9;]*)m/g, (_, codes: string) => {
    const others = codes.split(";").filter((code) => code !== "43" && code !== "49");
    return others.length === 0 ? "" : `\x1b[${others.join(";")}m`;
  });
}

/** Colours a recorded traceback from its plain text only. */
const repaint = (error: GoldenError) => prettyTraceback({ ...error, traceback: plainTraceback(error.traceback) });

Deno.test("prettyTraceback() restores ipykernel's colours from plain text, except for the yellow background", () => {
  strictEqual(goldenErrors.length, 92);
  for (const error of goldenErrors) {
    strictEqual(repaint(error).join("\n"), error.traceback.map(withoutYellow).join("\n"), error.name);
  }
});

Deno.test("prettyTraceback() returns ipykernel's entries, but a separate entry for each line of a note", () => {
  for (const error of goldenErrors) {
    const isNote = (entry: string) => !/^\n|\n$/.test(entry) && !entry.includes("\x1b");
    const expected = error.traceback.flatMap((entry) => isNote(entry) ? entry.split("\n") : [withoutYellow(entry)]);
    deepStrictEqual(repaint(error), expected, error.name);
  }
});

Deno.test("prettyTraceback() keeps a yellow background that is already there", () => {
  const yellow = goldenErrors.filter(({ traceback }) => traceback.join("").includes("\x1b[43m"));
  ok(yellow.length > 40);
  for (const error of yellow) deepStrictEqual(prettyTraceback(error), error.traceback, error.name);
});

Deno.test("prettyTraceback() does not change its own output, for random tracebacks", () => {
  const pieces = goldenErrors.flatMap(({ traceback }) => plainTraceback(traceback)).concat(
    [
      "",
      "  ",
      "^",
      "Traceback (most recent call last):",
      '  File "<stdin>", line 2, in f',
      "    return x",
      "ValueError",
      "a.ValueError: b",
    ],
    [
      "  [Previous line repeated 9 more times]",
      "SyntaxError: bad (1.py, line 2)",
      "x: y",
      "\r",
      "\x1b\x1b[0m[31m",
      "----> 1",
      "-----",
    ],
  );
  const random = randomFrom(20240607);
  const below = (limit: number) => Math.floor(random() * limit);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)];
  for (let round = 0; round < 3000; round += 1) {
    const { ename, evalue, code } = pick(goldenErrors);
    const lines = Array.from({ length: below(9) }, () => pick(pieces) + pick(["", "", "", "\n"]));
    const exception = {
      ename: pick([ename, ename, "", "a b"]),
      evalue: pick([evalue, evalue, "", pick(pieces), `${pick(pieces)}\n${pick(pieces)}`]),
      traceback: pick([lines, lines.join("\n")]),
      executionCount: 7,
      code: pick([code, undefined]),
    };
    const once = prettyTraceback(exception);
    deepStrictEqual(prettyTraceback({ ...exception, traceback: once }), once, JSON.stringify(exception));
    ok(withoutColors(once.join("\n")).includes(exception.ename.split(" ")[0]));
  }
});
