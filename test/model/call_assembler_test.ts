/**
 * The ways in which servers number, name and split tool calls. Each fixture shows one way, and all of them contain the same two calls.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { JsonValue } from "../../src/media/json_value.ts";
import { CallAssembler } from "../../src/model/call_assembler.ts";
import { readCallPiece } from "../../src/model/call_piece.ts";

const PRINT = '{"text":"hi\\n"}';
const VALUE = '{"data":{"text/plain":"5"}}';

/** Elements of `tool_calls`, in the order in which they arrive. */
type Elements = { [key: string]: JsonValue }[];

const piece = (index: number | null, id: string | null, name: string | null, args: JsonValue): Elements[number] => ({
  index,
  id,
  type: "function",
  function: { name, arguments: args },
});

/** Assembles the calls of these elements. Returns each as `name:arguments`. */
function callsOf(elements: Elements): string[] {
  const assembler = new CallAssembler(["stdout", "stderr", "execute_result", "display", "error"]);
  const calls: string[] = [];
  const events = elements.map((element) => readCallPiece(element)!).flatMap((piece) => [...assembler.add(piece)]);
  for (const event of [...events, ...assembler.end()]) {
    if (event.type === "tool_call") calls[event.index] = `${event.name}:`;
    if (event.type === "tool_call_delta") calls[event.index] += event.delta;
  }
  return calls;
}

const dialects: { [what: string]: Elements } = {
  "OpenAI's indexes and ids": [
    piece(0, "a", "stdout", ""),
    piece(0, null, null, PRINT.slice(0, 5)),
    piece(0, null, null, PRINT.slice(5)),
    piece(1, "b", "execute_result", ""),
    piece(1, null, null, VALUE),
  ],
  "ids but no index": [piece(null, "a", "stdout", PRINT), piece(null, "b", "execute_result", VALUE)],
  "neither an index nor an id": [piece(null, null, "stdout", PRINT), piece(null, "", "execute_result", VALUE)],
  "the same index and the same id": [piece(0, "c", "stdout", PRINT), piece(0, "c", "execute_result", VALUE)],
  "the same id but different indexes": [piece(0, "c", "stdout", PRINT), piece(1, "c", "execute_result", VALUE)],
  "an id only after the arguments": [
    piece(0, null, "stdout", ""),
    piece(0, "", null, PRINT),
    piece(0, "late", null, ""),
    piece(1, null, "execute_result", VALUE),
  ],
  "a new id in every piece": [
    piece(0, "1", "stdout", ""),
    piece(0, "2", null, PRINT.slice(0, 5)),
    piece(0, "3", null, PRINT.slice(5)),
    piece(1, "4", "execute_result", ""),
    piece(1, "5", null, VALUE),
  ],
  "a name that is empty in the first piece": [
    piece(0, "a", "", ""),
    piece(0, "a", "stdout", PRINT),
    piece(1, "b", "", ""),
    piece(1, "b", "execute_result", VALUE),
  ],
  "a name after the arguments": [
    piece(0, "a", null, PRINT),
    piece(0, "a", "stdout", ""),
    piece(0, "b", null, VALUE),
    piece(0, "b", "execute_result", null),
  ],
  "a name in several pieces": [
    piece(0, "a", "std", ""),
    piece(0, null, "out", ""),
    piece(0, null, null, PRINT),
    piece(0, "b", "execute_", ""),
    piece(0, null, "result", VALUE),
  ],
  "pieces that repeat the name so far": [
    piece(0, "a", "std", ""),
    piece(0, "a", "stdout", PRINT),
    piece(1, "b", "execute_result", VALUE),
  ],
  "the whole name in every piece": [
    piece(0, "a", "stdout", ""),
    piece(0, "a", "stdout", PRINT.slice(0, 5)),
    piece(0, "a", "stdout", PRINT.slice(5)),
    piece(0, "a", "execute_result", VALUE.slice(0, 8)),
    piece(0, "a", "execute_result", VALUE.slice(8)),
  ],
  "arguments that are an object": [
    piece(0, "a", "stdout", JSON.parse(PRINT)),
    piece(1, "b", "execute_result", JSON.parse(VALUE)),
  ],
  "an empty object before the arguments": [
    piece(0, "a", "stdout", "{}"),
    piece(0, null, null, PRINT),
    piece(1, "b", "execute_result", "{"),
    piece(1, null, null, "}"),
    piece(1, null, null, VALUE),
  ],
  "the arguments twice in one piece": [
    piece(0, "a", "stdout", PRINT + PRINT),
    piece(1, "b", "execute_result", VALUE + VALUE),
  ],
  "the arguments twice, separated by a comma": [
    piece(0, "a", "stdout", `${PRINT}, ${PRINT}`),
    piece(1, "b", "execute_result", VALUE),
    piece(1, "b", null, `, ${VALUE}`),
  ],
  "the arguments repeated at the end": [
    piece(0, "a", "stdout", PRINT.slice(0, 5)),
    piece(0, null, null, PRINT.slice(5)),
    piece(0, null, null, `{ "text": "hi\\n" }`),
    piece(1, "b", "execute_result", VALUE),
    piece(1, "b", null, VALUE),
  ],
  "pieces that repeat the arguments so far": [
    piece(0, "a", "stdout", PRINT.slice(0, 5)),
    piece(0, "a", null, PRINT.slice(0, 8)),
    piece(0, "a", null, PRINT.slice(0, 8)),
    piece(0, "a", null, PRINT),
    piece(0, "b", "execute_result", VALUE),
  ],
  "a signature after the call": [
    piece(null, "a", "stdout", PRINT),
    { id: "a", type: "function", extra_content: { google: { thought_signature: "x" } } },
    piece(null, "b", "execute_result", VALUE),
  ],
  "the name and the arguments beside the id": [
    { id: "a", name: "stdout", arguments: PRINT },
    { id: "b", name: "execute_result", arguments: VALUE },
  ],
  "an index that is a string": [
    { ...piece(null, "a", "stdout", ""), index: "0" },
    { ...piece(null, "b", "execute_result", VALUE), index: "1" },
    { ...piece(null, null, null, PRINT), index: "0" },
  ],
};

for (const [what, elements] of Object.entries(dialects)) {
  Deno.test(`CallAssembler reads calls with ${what}`, () => {
    assert.deepEqual(callsOf(elements), [`stdout:${PRINT}`, `execute_result:${VALUE}`]);
  });
}

Deno.test("CallAssembler starts a new call for complete arguments that reuse an index and an id", () => {
  const [a, b] = ['{"text":"a\\n"}', '{"text":"b\\n"}'];
  const calls = callsOf([
    piece(0, "functions.stdout:0", "stdout", a),
    piece(1, "functions.stderr:1", "stderr", a),
    piece(0, "functions.stdout:0", "stdout", b),
    piece(0, "functions.stdout:0", "stdout", ""),
    piece(0, "functions.stdout:0", null, b.slice(0, 4)),
    piece(0, "functions.stdout:0", null, b.slice(4)),
    piece(0, "functions.stdout:0", "stdout", b),
  ]);
  assert.deepEqual(calls, [`stdout:${a}`, `stderr:${a}`, `stdout:${b}`, `stdout:${b}`, `stdout:${b}`]);
});

Deno.test("CallAssembler keeps arguments that belong to no call as a call without a name", () => {
  assert.deepEqual(callsOf([piece(0, "a", "stdout", PRINT), piece(0, null, null, VALUE)]), [
    `stdout:${PRINT}`,
    `:${VALUE}`,
  ]);
  assert.deepEqual(callsOf([piece(0, "a", "stdout", PRINT + VALUE)]), [`stdout:${PRINT}`, `:${VALUE}`]);
  assert.deepEqual(callsOf([piece(0, "a", null, PRINT)]), [`:${PRINT}`]);
  assert.deepEqual(callsOf([piece(0, "a", "stdout", PRINT), piece(0, null, null, VALUE.slice(0, 9))]), [
    `stdout:${PRINT}`,
    `:${VALUE.slice(0, 9)}`,
  ]);
});

Deno.test("CallAssembler keeps a call without arguments or with an empty object", () => {
  assert.deepEqual(callsOf([piece(0, "a", "stdout", ""), piece(1, "b", "stderr", "{}")]), ["stdout:", "stderr:{}"]);
  assert.deepEqual(callsOf([piece(null, "a", "stdout", ""), piece(null, "b", "stdout", "")]), ["stdout:", "stdout:"]);
});

Deno.test("CallAssembler passes on invalid JSON in arguments unchanged", () => {
  assert.deepEqual(callsOf([piece(0, "a", "stdout", "hi\n"), piece(0, "b", "stdout", "ho\n")]), [
    "stdout:hi\n",
    "stdout:ho\n",
  ]);
  assert.deepEqual(callsOf([piece(0, "a", "stdout", `${PRINT}}`)]), [`stdout:${PRINT}}`]);
  assert.deepEqual(callsOf([piece(0, "a", "stdout", "{'text': '}{'"), piece(0, null, null, "}")]), [
    "stdout:{'text': '}{'}",
  ]);
});

Deno.test("CallAssembler finds the end of arguments in a code fence", () => {
  const fenced = ["```js", "on\n", PRINT, "\n```"];
  const call = fenced.map((args, index) => piece(null, null, index === 0 ? "stdout" : null, args));
  assert.deepEqual(callsOf([...call, ...call]), [`stdout:${fenced.join("")}`, `stdout:${fenced.join("")}`]);
});

Deno.test("CallAssembler passes on an invalid tool name unchanged", () => {
  const mark = piece(0, null, "<|channel|>commentary", PRINT);
  assert.deepEqual(callsOf([piece(0, "a", "stdout", ""), mark]), [`stdout<|channel|>commentary:${PRINT}`]);
  assert.deepEqual(callsOf([piece(0, "a", "functions", ""), piece(0, null, ".stdout", ""), mark]), [
    `functions.stdout<|channel|>commentary:${PRINT}`,
  ]);
});

Deno.test("CallAssembler yields arguments as soon as they arrive", () => {
  const assembler = new CallAssembler(["stdout"]);
  const add = (...args: Parameters<typeof piece>) => [...assembler.add(readCallPiece(piece(...args))!)];
  assert.deepEqual(add(0, "a", "stdout", ""), []);
  assert.deepEqual(add(0, null, null, '{"text":"h'), [
    { type: "tool_call", index: 0, id: "a", name: "stdout" },
    { type: "tool_call_delta", index: 0, delta: '{"text":"h' },
  ]);
  assert.deepEqual(add(0, null, null, "i"), [{ type: "tool_call_delta", index: 0, delta: "i" }]);
});
