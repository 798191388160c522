/**
 * The comparison of a cell's status and outputs with the recording.
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

Deno.test("findDifferences() ignores how streams are split, tracebacks and additional representations", () => {
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
  ["a missing representation", [result({ "text/html": "1" })], [result({})], `text/html should be "1", and is absent`],
  ["another error", [error("A")], [error("B")], `the error's name should be "A", and is "B"`],
  ["a missing output", [stream("a")], [], "an output is missing"],
  ["an extra output", [], [stream("a")], "there is one output more"],
];
for (const [name, recorded, outputs, message] of different) {
  const status = recorded.some(({ type }) => type === "error") ? "failed" : "completed";
  Deno.test(`findDifferences() reports ${name} only when outputs are compared exactly`, () => {
    const [first, ...others] = findDifferences(recorded, { status, outputs }, true);
    assert.ok(first.startsWith(message), first);
    assert.deepEqual(others, []);
    assert.deepEqual(findDifferences(recorded, { status, outputs }, false), []);
  });
}

Deno.test("findDifferences() treats SVGs as equal when only their root attributes differ", () => {
  const svg = (attributes: string, content: string) => [
    result({ "image/svg+xml": `<svg xmlns="http://www.w3.org/2000/svg"${attributes}>${content}</svg>` }),
  ];
  const same = { status: "completed" as const, outputs: svg(' style="max-width:100%"', "<path/>") };
  assert.deepEqual(findDifferences(svg("", "<path/>"), same, true), []);
  assert.equal(findDifferences(svg("", "<rect/>"), same, true).length, 1);
});

Deno.test("findDifferences() reports another status even when outputs are not compared", () => {
  const wrong = "it should have completed, and has cancelled";
  assert.deepEqual(findDifferences([], { status: "cancelled", outputs: [] }, false), [wrong]);
  assert.deepEqual(findDifferences([error("E")], { status: "completed", outputs: [] }, false), [
    "it should have failed, and has completed",
  ]);
});
