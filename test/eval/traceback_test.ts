/**
 * Tracebacks have separate scores for calls, for lines and arrows, and for colours.
 *
 * @module
 */

import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import type { Shown } from "../../eval/eval_run.ts";
import { goldenSet } from "../../eval/golden/golden_set.ts";
import { scoreTraceback, tracebackShare } from "../../eval/traceback/score_traceback.ts";
import { tally } from "../../eval/report/statistics.ts";
import { answer, error } from "../support/scripted_answer.ts";
import { startScriptedModel } from "../support/scripted_model_server.ts";
import { evaluate, goldenModel } from "./evaluate.ts";

const { cells } = goldenSet();

/** Returns the exception that a golden cell raised. */
function recorded(name: string): NonNullable<Shown["error"]> {
  return cells.find((cell) => cell.name === name)!.accepted[0].error!;
}

/** Returns the shares of a traceback whose lines are changed. */
function sharesOf(name: string, change: (lines: string[]) => string[]): Record<string, string> {
  const expected = recorded(name);
  const traceback = change(expected.traceback.join("\n").split("\n"));
  const score = scoreTraceback(expected, { ...expected, traceback })!;
  return Object.fromEntries(Object.entries(score).map(([part, { right, of }]) => [part, `${right}/${of}`]));
}

const plain = stripVTControlCharacters;

Deno.test("scoreTraceback() gives an unchanged traceback all frames, lines, arrows and colours", () => {
  assert.deepEqual(sharesOf("fn_error", (lines) => lines), {
    frames: "3/3",
    lines: "8/8",
    arrows: "3/3",
    colours: "11/11",
  });
  for (const { name, accepted: [{ error }] } of cells) {
    const score = scoreTraceback(error, error);
    if (score === undefined) continue;
    assert.equal(tracebackShare(score), 1, name);
    assert.equal(score.colours.right, score.colours.of, name);
  }
});

Deno.test("scoreTraceback() gives no points to a traceback that has at most its header and last line", () => {
  const isFurniture = (line: string) => /^-+$|Traceback \(most|^KeyError/.test(plain(line));
  for (const change of [() => [], (lines: string[]) => lines.filter(isFurniture)]) {
    assert.deepEqual(sharesOf("fn_error", change), { frames: "0/3", lines: "0/8", arrows: "0/3", colours: "0/0" });
  }
  const expected = recorded("fn_error");
  assert.equal(tracebackShare(scoreTraceback(expected, undefined)!), 0);
});

Deno.test("scoreTraceback() counts an arrow at another line as a lost arrow, but not as a lost line", () => {
  const shares = sharesOf(
    "print_then_error",
    (lines) => lines.map((line) => plain(line).replace("----> 2", "      2").replace("      3 ", "----> 3 ")),
  );
  assert.deepEqual(shares, { frames: "1/1", lines: "3/3", arrows: "0/1", colours: "0/4" });
  const caret = sharesOf("syntax", (lines) => lines.map((line) => line.replace(/^ +\^/, "    ^")));
  assert.deepEqual(caret, { frames: "1/1", lines: "1/1", arrows: "0/1", colours: "2/2" });
});

Deno.test("scoreTraceback() reduces the shares for a missing frame and for an invented one", () => {
  const heads = (lines: string[]) => lines.flatMap((line, index) => plain(line).startsWith("Cell In") ? [index] : []);
  const without = sharesOf("fn_error", (lines) => lines.toSpliced(heads(lines)[1], 5));
  assert.deepEqual(without, { frames: "2/3", lines: "5/8", arrows: "2/3", colours: "7/7" });
  const more = sharesOf("fn_error", (lines) => {
    const [first, second] = heads(lines);
    return lines.toSpliced(second, 0, ...lines.slice(first, second));
  });
  assert.deepEqual(more, { frames: "3/4", lines: "8/11", arrows: "3/4", colours: "11/11" });
});

Deno.test("scoreTraceback() treats a head with another function, line, cell or parameter as another frame", () => {
  for (const [from, to] of [["in \x1b[36mf", "in \x1b[36mg"], ["line 3", "line 2"], ["[49]", "[48]"], ["(a)", "(b)"]]) {
    const { frames, lines } = sharesOf(
      "fn_error",
      (all) => all.map((line) => line.includes("line 3") ? line.replace(from, to) : line),
    );
    assert.deepEqual([frames, lines], ["2/3", "8/8"], to);
  }
});

Deno.test("scoreTraceback() deducts only colours when only the colours differ", () => {
  assert.deepEqual(sharesOf("fn_error", (lines) => lines.map(plain)), {
    frames: "3/3",
    lines: "8/8",
    arrows: "3/3",
    colours: "0/11",
  });
});

Deno.test("scoreTraceback() ignores line numbers in Python's library and trailing white space", () => {
  const moved = sharesOf(
    "lib_error",
    (lines) => lines.map((line) => line.replace("json/__init__.py:352", "json/__init__.py:351")),
  );
  assert.match(moved.frames, /^(\d+)\/\1$/);
  assert.equal(sharesOf("fn_error", (lines) => lines.map((line) => `${line}  `)).lines, "8/8");
});

Deno.test("scoreTraceback() counts the lines of chained exceptions and notes", () => {
  const { lines } = sharesOf("err_notes", (all) => all.filter((line) => !plain(line).startsWith("The above")));
  const [right, of] = lines.split("/").map(Number);
  assert.equal(right, of - 1);
  const notes = sharesOf("err_notes", (all) => all.filter((line) => line !== "see chapter 4"));
  assert.equal(notes.lines, lines);
});

Deno.test("a model that leaves tracebacks empty has exact cells and a traceback share of 0", async () => {
  const named = cells.filter(({ name }) => ["fn_error", "chained", "nameerror"].includes(name));
  const emptied = Object.fromEntries(named.map(({ name, accepted: [{ error: expected }] }) => [
    name,
    answer(error(expected!.ename, expected!.evalue, [])),
  ]));
  await using server = await startScriptedModel(goldenModel(emptied));
  const { exact, tracebacks } = tally(await evaluate(server, named));
  assert.deepEqual([exact, tracebacks.cells, tracebacks.share], [3, 3, 0]);
});

Deno.test("a model that answers as ipykernel did has all tracebacks and over 90 % of their colours", async () => {
  const named = cells.filter(({ accepted: [{ error }] }) => error !== undefined);
  await using server = await startScriptedModel(goldenModel());
  const { tracebacks } = tally(await evaluate(server, named, { concurrency: 2 }));
  assert.equal(tracebacks.share, tracebacks.cells);
  assert.ok(tracebacks.colours.right > 0.9 * tracebacks.colours.of, JSON.stringify(tracebacks.colours));
});
