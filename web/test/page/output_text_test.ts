/**
 * Parsing of terminal text and outputs before they are rendered.
 *
 * @module
 */

import assert from "node:assert/strict";
import { ansiLines } from "../../page/output/ansi_lines.ts";
import { foldLines } from "../../page/output/fold_lines.ts";
import { waitStatus } from "../../../src/notebook/schema/wait_status.ts";
import { readOutputs } from "../../page/store/read_outputs.ts";
import type { OutputRow } from "../../page/store/queries.ts";

const textOf = (text: string) => ansiLines(text).map((line) => line.map((piece) => piece.text).join(""));

const row = (id: string, fields: Partial<OutputRow>): OutputRow => ({
  id,
  cellId: "c",
  outputType: "terminal",
  position: 0,
  streamName: "stdout",
  executionCount: null,
  displayId: null,
  data: "",
  artifactId: null,
  mimeType: null,
  metadata: null,
  representations: null,
  ...fields,
});

Deno.test("a newline ends a line, and a carriage return overwrites it", () => {
  assert.deepEqual(textOf("one\ntwo\n"), ["one", "two"]);
  assert.deepEqual(textOf("one\n\n"), ["one", ""]);
  assert.deepEqual(textOf(" 10%\r 50%\r100%\n"), ["100%"]);
  assert.deepEqual(textOf(""), [""]);
});

Deno.test("a colour continues over lines until it is reset", () => {
  const [first, second] = ansiLines("\x1b[0;31mred\nstill\x1b[0m plain");
  assert.deepEqual(first, [{ text: "red", className: "ansi-red-fg" }]);
  assert.deepEqual(second, [{ text: "still", className: "ansi-red-fg" }, { text: " plain", className: "" }]);
});

Deno.test("each style in a traceback ends separately", () => {
  const [line] = ansiLines(
    "\x1b[32m----> \x1b[39m\x1b[32m6\x1b[39m \x1b[38;5;28;43;01mfor\x1b[39;49;00m \x1b[33;03mdoc\x1b[39;00m x",
  );
  assert.deepEqual(line.map(({ text, className }) => [text, className]), [
    ["----> ", "ansi-green-fg"],
    ["6", "ansi-green-fg"],
    [" ", ""],
    ["for", "ansi-bold ansi-yellow-bg"],
    [" ", ""],
    ["doc", "ansi-italic ansi-yellow-fg"],
    [" x", ""],
  ]);
});

Deno.test("colours beyond the basic ones are adapted to the light and the dark theme", () => {
  const [[piece]] = ansiLines("\x1b[38;5;28mgreen");
  assert.match(piece.color!, /^light-dark\(rgb\(0, 135, 0\), color-mix\(in oklab, rgb\(0, 135, 0\), white 55%\)\)$/);
});

Deno.test("titles, links and cursor movements are removed", () => {
  assert.deepEqual(textOf("\x1b]0;title\x07a\x1b[2Jb\x1b]8;;http://x\x07c\x1b]8;;\x07"), ["abc"]);
});

Deno.test("consecutive texts of one stream are joined, and other texts stay separate", () => {
  const outputs = readOutputs([
    row("1", { data: "a" }),
    row("2", { data: "b" }),
    row("3", { data: "!", streamName: "stderr" }),
    row("4", { data: "c" }),
  ]);
  assert.deepEqual(outputs.map((output) => output.kind === "stream" && `${output.name} ${output.text}`), [
    "stdout ab",
    "stderr !",
    "stdout c",
  ]);
  assert.equal(outputs[0].id, "1");
});

Deno.test("a status message is shown only while the cell waits", () => {
  const note = (reason?: string) => {
    const { metadata, ...content } = waitStatus(reason);
    return row("2", { data: "data" in content ? content.data : null, metadata, streamName: "stderr" });
  };
  const texts = (rows: OutputRow[], isWaitShown?: boolean) =>
    readOutputs(rows, { isWaitShown }).map((output) => output.kind === "stream" && output.text);
  const [before, after] = [row("1", { data: "a" }), row("3", { data: "b" })];
  assert.deepEqual(texts([before, note("the model loads."), after], true), ["a", "[AIPython] the model loads.\n", "b"]);
  assert.deepEqual(texts([before, note("the model loads."), after]), ["ab"]);
  assert.deepEqual(texts([before, note(), after], true), ["ab"]);
});

Deno.test("an error that another client wrote as plain text is shown as an error", () => {
  assert.deepEqual(readOutputs([row("1", { outputType: "error", data: "boom" })]), [
    { kind: "error", id: "1", ename: "Error", evalue: "boom", traceback: ["Error: boom"] },
  ]);
  assert.deepEqual(readOutputs([row("1", { outputType: "unheard of" })]), []);
});

Deno.test("a long text is folded to its beginning and its end", () => {
  const fold = (text: string) => {
    const folded = foldLines(ansiLines(text));
    const length = (lines: { text: string }[][]) => lines.flat().reduce((sum, { text }) => sum + text.length, 0);
    return folded && [folded.head.length, length(folded.head), folded.hidden, folded.tail.length, length(folded.tail)];
  };
  assert.equal(fold("line\n".repeat(60)), undefined);
  assert.equal(fold("x".repeat(12_000)), undefined);
  assert.deepEqual(fold("line\n".repeat(5_000)), [20, 80, "4,960 more lines", 20, 80]);
  assert.deepEqual(fold("x".repeat(50_000)), [1, 2_000, "46,000 more characters", 1, 2_000]);
  assert.deepEqual(fold(`a\n${"x".repeat(20_000)}`), [1, 1, "18,000 more characters", 1, 2_000]);
  assert.deepEqual(fold(`${"x".repeat(1_500)}\n`.repeat(30)), [2, 1_999, "26 more lines", 2, 1_999]);
});

Deno.test("a folded text keeps its colours and ends with the last line", () => {
  const { head, tail } = foldLines(ansiLines(`\x1b[31m${"a".repeat(9_000)}\x1b[0m${"b".repeat(9_000)}end`))!;
  assert.deepEqual([head[0][0].className, head[0].length], ["ansi-red-fg", 1]);
  assert.match(tail[0][0].text, /^b+end$/);
});
