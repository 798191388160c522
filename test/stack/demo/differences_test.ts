/**
 * When a cell counts as having ended as recorded.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { CellOutput } from "../../../src/execution/cell_output.ts";
import { findDifferences } from "../../../stack/demo/differences.ts";

const stream = (text: string, name: "stdout" | "stderr" = "stdout"): CellOutput => ({ type: "stream", name, text });
const result = (data: Record<string, string>): CellOutput => ({ type: "execute_result", data });
const error = (ename: string, traceback: string[] = []): CellOutput => ({
  type: "error",
  ename,
  evalue: "v",
  traceback,
});

Deno.test("findDifferences() sees none when streams are cut otherwise, tracebacks differ or there are more representations", () => {
  const recorded = [stream("a\nb\n"), result({ "text/plain": "1" }), error("E", ["one"])];
  const outputs = [stream("a\n"), stream("b\n"), result({ "text/plain": "1", "text/html": "1" }), error("E", ["two"])];
  assert.deepEqual(findDifferences(recorded, { status: "failed", outputs }, true), []);
});

const different: [name: string, recorded: CellOutput[], outputs: CellOutput[], message: string][] = [
  ["another text", [stream("a")], [stream("b")], `stdout should be "a", and is "b"`],
  ["another stream", [stream("a")], [stream("a", "stderr")], "an output should be"],
  [
    "another value",
    [result({ "text/plain": "1" })],
    [result({ "text/plain": "2" })],
    `text/plain should be "1", and is "2"`,
  ],
  ["a lost representation", [result({ "text/html": "1" })], [result({})], `text/html should be "1", and is absent`],
  ["another error", [error("A")], [error("B")], `the error's name should be "A", and is "B"`],
  ["a missing output", [stream("a")], [], "an output is missing"],
  ["an output too many", [], [stream("a")], "there is one output more"],
];
for (const [name, recorded, outputs, message] of different) {
  const status = recorded.some(({ type }) => type === "error") ? "failed" : "completed";
  Deno.test(`findDifferences() finds ${name}, but only if it has to be exact`, () => {
    const [first, ...others] = findDifferences(recorded, { status, outputs }, true);
    assert.ok(first.startsWith(message), first);
    assert.deepEqual(others, []);
    assert.deepEqual(findDifferences(recorded, { status, outputs }, false), []);
  });
}

Deno.test("findDifferences() takes an SVG for the same that only its root tells apart", () => {
  const svg = (attributes: string, content: string) => [
    result({ "image/svg+xml": `<svg xmlns="http://www.w3.org/2000/svg"${attributes}>${content}</svg>` }),
  ];
  const same = { status: "completed" as const, outputs: svg(' style="max-width:100%"', "<path/>") };
  assert.deepEqual(findDifferences(svg("", "<path/>"), same, true), []);
  assert.equal(findDifferences(svg("", "<rect/>"), same, true).length, 1);
});

Deno.test("findDifferences() finds another status in any case", () => {
  const wrong = "it should have completed, and has cancelled";
  assert.deepEqual(findDifferences([], { status: "cancelled", outputs: [] }, false), [wrong]);
  assert.deepEqual(findDifferences([error("E")], { status: "completed", outputs: [] }, false), [
    "it should have failed, and has completed",
  ]);
});
