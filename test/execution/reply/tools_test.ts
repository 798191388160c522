/**
 * The five tools and their arguments.
 *
 * @module
 */

import assert from "node:assert/strict";
import { AnswerWriter } from "../../../src/execution/reply/answer_writer.ts";
import type { CellOutput } from "../../../src/execution/cell_output.ts";
import { IPythonOutput } from "../../../src/execution/ipython_output.ts";
import { isToolName, TOOLS } from "../../../src/execution/reply/tools.ts";
import { prettyTraceback } from "../../../src/execution/traceback/traceback.ts";
import { RecordingContext } from "../../support/recording_context.ts";

/** Returns the outputs of a call with these arguments, and its problem if there is one. */
function outcomeOf(name: string, args: unknown): { outputs: CellOutput[]; problem?: string } {
  const context = new RecordingContext();
  const output = new IPythonOutput({ context, executionCount: 1, code: "", hasResult: true });
  const answer = new AnswerWriter(output);
  answer.write({ type: "tool_call", index: 0, id: "call_0", name });
  answer.write({ type: "tool_call_delta", index: 0, delta: JSON.stringify(args) });
  answer.end(false);
  output.settle();
  return { outputs: context.outputs, problem: answer.problem };
}

Deno.test("the tools have IPython's five kinds of output and these arguments", () => {
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
  ], "every request contains the tools: a change affects the behaviour of all models");
});

Deno.test("isToolName() accepts only the names of the tools", () => {
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
      "display",
      { data: {}, metadata: { clear_output: true, wait: true } },
      [{ type: "display_data", data: { "text/plain": "" }, metadata: { clear_output: true, wait: true } }],
    ],
  ] as [string, unknown, CellOutput[]][]
) {
  Deno.test(`${name}(${JSON.stringify(args)}) is carried out`, () => {
    assert.deepEqual(outcomeOf(name, args), { outputs: expected, problem: undefined });
  });
}

Deno.test("half a surrogate pair is shown as a replacement character", () => {
  const shown = (text: string): CellOutput[] => [{ type: "stream", name: "stdout", text }];
  assert.deepEqual(outcomeOf("stdout", { text: "a\ud83d b\ude00" }).outputs, shown("a\ufffd b\ufffd"));
  assert.deepEqual(outcomeOf("stdout", { text: "\ud83d" }).outputs, shown("\ufffd"));
});

for (const traceback of [["a", "b"], "a\nb"]) {
  Deno.test(`error() is carried out with the traceback ${JSON.stringify(traceback)}`, () => {
    const [output] = outcomeOf("error", { ename: "E", evalue: "v", traceback }).outputs;
    assert.ok(output.type === "error");
    assert.deepEqual([output.ename, output.evalue], ["E", "v"]);
    assert.deepEqual(
      output.traceback,
      prettyTraceback({ ename: "E", evalue: "v", traceback, executionCount: 1, code: "" }),
    );
  });
}

for (
  const [name, args, problem] of [
    ["stdout", {}, "stdout() was called with nothing for its argument text; expected was a string"],
    ["stderr", { text: { a: 1 } }, 'stderr() was called with {"a":1} for its argument text; expected was a string'],
    ["execute_result", {}, "execute_result() was called with nothing for its argument data"],
    ["execute_result", { data: {} }, "execute_result() was called with {} for its argument data"],
    ["display", { data: null, metadata: { display_id: "a" } }, "display() was called with null for its argument data"],
    ["error", { evalue: "v", traceback: [] }, "error() was called with nothing for its argument ename"],
    ["error", { ename: "E", traceback: [] }, "error() was called with nothing for its argument evalue"],
    ["error", { ename: "E", evalue: "v", traceback: {} }, "error() was called with {} for its argument traceback"],
    ["error", { ename: "E", evalue: "v", traceback: [1] }, "error() was called with [1] for its argument traceback"],
    ["python", { text: "a" }, 'There is no tool "python"; there are stdout, stderr, execute_result, display, error.'],
  ] as [string, unknown, string][]
) {
  Deno.test(`${name}(${JSON.stringify(args)}) is refused with a reason`, () => {
    const outcome = outcomeOf(name, args);
    assert.deepEqual(outcome.outputs, []);
    assert.ok(outcome.problem?.includes(problem), outcome.problem);
  });
}
