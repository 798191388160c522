/**
 * The text of outputs for the clipboard, and the folding of long texts.
 *
 * @module
 */

import assert from "node:assert/strict";
import { inline } from "../../../src/notebook/schema/media.ts";
import { ansiLines } from "../../page/output/ansi_lines.ts";
import { foldLines } from "../../page/output/fold_lines.ts";
import { artifactsOf, outputText } from "../../page/output/output_text.ts";
import type { ShownOutput } from "../../page/store/read_outputs.ts";

const rich = (representations: Extract<ShownOutput, { kind: "rich" }>["representations"]): ShownOutput => {
  return { kind: "rich", id: "1", representations, isResult: true };
};

Deno.test("outputText() returns the text of each output without colours", () => {
  const outputs: ShownOutput[] = [
    { kind: "stream", id: "1", name: "stdout", text: "\x1b[1mone\x1b[0m\n10%\r20%\n\n" },
    { kind: "error", id: "2", ename: "E", evalue: "", traceback: ["\x1b[31mE\x1b[0m", "two"] },
    rich({ "text/html": inline("<b>x</b>"), "text/plain": inline("plain") }),
    rich({ "text/markdown": inline("# Heading") }),
    rich({ "application/json": inline({ a: 1 }) }),
    rich({ "image/png": inline("AAAA") }),
  ];
  assert.equal(outputText(outputs), 'one\n20%\n\nE\ntwo\nplain\n# Heading\n{\n  "a": 1\n}');
  assert.equal(outputText([rich({ "image/png": inline("AAAA") })]), "");
});

Deno.test("outputText() reads uploaded texts from their artifacts", () => {
  const outputs = [rich({ "text/plain": { type: "artifact", artifactId: "n/1" } })];
  assert.deepEqual(artifactsOf(outputs), ["n/1"]);
  assert.equal(outputText(outputs, { "n/1": "long" }), "long");
  assert.equal(outputText(outputs), "");
});

Deno.test("foldLines() splits a text into three parts without losing any of it", () => {
  const texts = {
    "many lines": Array.from({ length: 100 }, (_, index) => `line ${index}`).join("\n"),
    "one long line": "x".repeat(50_000),
    "two long lines": `${"x".repeat(9_000)}\n${"y".repeat(9_000)}`,
    "many empty lines": "\n".repeat(200),
    "long lines among many": Array.from({ length: 70 }, () => "z".repeat(1_000)).join("\n"),
  };
  for (const [name, text] of Object.entries(texts)) {
    const lines = ansiLines(text);
    const { head, middle, tail } = foldLines(lines)!;
    const plain = (part: typeof lines) => part.map((pieces) => pieces.map((piece) => piece.text).join("")).join("\n");
    const all = [plain(head), middle, plain(tail)].join("").replaceAll("\n", "");
    assert.equal(all, text.replaceAll("\n", ""), name);
  }
});
