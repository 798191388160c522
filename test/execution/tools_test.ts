/**
 * The five tools, and what their arguments may be.
 *
 * @module
 */

import assert from "node:assert/strict";
import { ModelError } from "../../src/errors.ts";
import { AnswerWriter } from "../../src/execution/answer_writer.ts";
import type { CellOutput } from "../../src/execution/cell_output.ts";
import { isToolName, TOOLS } from "../../src/execution/tools.ts";
import { RecordingContext } from "../support/recording_context.ts";

/** What a call with these arguments, given as JSON text or as a value, writes. */
function outputsOf(name: string, args: unknown): CellOutput[] {
  const context = new RecordingContext();
  const answer = new AnswerWriter(context);
  answer.write({ type: "tool_call", index: 0, id: "call_0", name });
  answer.write({ type: "tool_call_delta", index: 0, delta: JSON.stringify(args) });
  answer.end();
  return context.outputs;
}

Deno.test("the tools are IPython's five ways to output, with these arguments", () => {
  const signatures = TOOLS.map(({ name, parameters }) => {
    const required = parameters.required as string[];
    return `${name}(${Object.keys(parameters.properties!).map((key) => required.includes(key) ? key : `${key}?`)})`;
  });
  assert.deepEqual(signatures, [
    "stdout(text)",
    "stderr(text)",
    "execute_result(data,metadata?)",
    "display(data,metadata?)",
    "error(ename,evalue,traceback)",
  ]);
});

Deno.test("isToolName() knows the tools and nothing else", () => {
  assert.ok(TOOLS.every((tool) => isToolName(tool.name)));
  assert.ok(!isToolName("print"));
  assert.ok(!isToolName("toString"));
});

for (
  const [name, args, expected] of [
    ["stdout", { text: "a\n" }, [{ type: "stream", name: "stdout", text: "a\n" }]],
    ["stderr", { text: "a\n" }, [{ type: "stream", name: "stderr", text: "a\n" }]],
    ["stdout", { text: "" }, []],
    ["execute_result", { data: { "text/plain": "6" } }, [{ type: "execute_result", data: { "text/plain": "6" } }]],
    [
      "execute_result",
      { data: { "text/plain": "6" }, metadata: null },
      [{ type: "execute_result", data: { "text/plain": "6" } }],
    ],
    [
      "display",
      { data: { "application/json": { a: [1] }, "text/html": ["<b>", "</b>"], "text/plain": 6 }, metadata: { a: 1 } },
      [{
        type: "display_data",
        data: { "application/json": { a: [1] }, "text/html": "<b></b>", "text/plain": "6" },
        metadata: { a: 1 },
      }],
    ],
    [
      "error",
      { ename: "E", evalue: "", traceback: ["a", "b"] },
      [{ type: "error", ename: "E", evalue: "", traceback: ["a", "b"] }],
    ],
    [
      "error",
      { ename: "E", evalue: "v", traceback: "a\nb" },
      [{ type: "error", ename: "E", evalue: "v", traceback: ["a", "b"] }],
    ],
  ] as [string, unknown, CellOutput[]][]
) {
  Deno.test(`${name}(${JSON.stringify(args)}) is carried out`, () => {
    assert.deepEqual(outputsOf(name, args), expected);
  });
}

for (
  const [name, args, problem] of [
    ["stdout", {}, "stdout() with nothing for its argument text; expected was a string"],
    ["stderr", { text: 5 }, "stderr() with 5 for its argument text; expected was a string"],
    ["execute_result", {}, "execute_result() with nothing for its argument data"],
    ["execute_result", { data: "6" }, 'execute_result() with "6" for its argument data'],
    ["execute_result", { data: ["6"] }, 'execute_result() with ["6"] for its argument data'],
    ["execute_result", { data: {} }, "execute_result() with {} for its argument data"],
    ["display", { data: { html: "x" } }, 'expected was MIME types for keys, unlike "html"'],
    ["display", { data: { "text/html": { a: 1 } } }, 'display() with {"a":1} for its argument data["text/html"]'],
    ["display", { data: { "text/plain": "x" }, metadata: "m" }, 'display() with "m" for its argument metadata'],
    ["error", { evalue: "v", traceback: [] }, "error() with nothing for its argument ename"],
    ["error", { ename: "E", traceback: [] }, "error() with nothing for its argument evalue"],
    ["error", { ename: "E", evalue: "v" }, "error() with nothing for its argument traceback"],
    ["error", { ename: "E", evalue: "v", traceback: [1] }, "error() with [1] for its argument traceback"],
    ["print", { text: "a" }, 'a tool that does not exist, "print"'],
  ] as [string, unknown, string][]
) {
  Deno.test(`${name}(${JSON.stringify(args)}) is refused with its reason`, () => {
    assert.throws(() => outputsOf(name, args), (error) => {
      assert.ok(error instanceof ModelError);
      assert.equal(error.kind, "invalid_answer");
      assert.ok(error.message.includes(problem), error.message);
      return true;
    });
  });
}
