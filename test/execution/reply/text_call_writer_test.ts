/**
 * Writes calls as text, and describes the tools to a model that writes calls as text.
 *
 * @module
 */

import assert from "node:assert/strict";
import { countTokens } from "gpt-tokenizer/encoding/o200k_base";
import { describeTools } from "../../../src/execution/reply/describe_tools.ts";
import { writeTextCalls } from "../../../src/execution/reply/text_call_writer.ts";
import { TOOLS } from "../../../src/execution/reply/tools.ts";
import { parseCalls, readPieces } from "../../support/text_calls.ts";

Deno.test("writeTextCalls() writes one call per line", () => {
  assert.equal(
    writeTextCalls([
      { name: "stdout", arguments: '{"text":"a, b\\n  c"}' },
      { name: "error", arguments: '{\n "ename": "E", "evalue": "", "traceback": [ "x", "y" ]\n}' },
    ]),
    '<tool_call>{"name": "stdout", "arguments": {"text": "a, b\\n  c"}}</tool_call>\n' +
      '<tool_call>{"name": "error", "arguments": {"ename": "E", "evalue": "", "traceback": ["x", "y"]}}</tool_call>',
  );
});

Deno.test("writeTextCalls() returns an empty text for no calls", () => assert.equal(writeTextCalls([]), ""));

Deno.test("writeTextCalls() writes calls that can be read back", () => {
  const args = { data: { "text/plain": '</tool_call>\n"x",\n {}', "text/html": [] }, metadata: { a: [1, null, {}] } };
  const reading = readPieces([writeTextCalls([{ name: "display", arguments: JSON.stringify(args) }])]);
  assert.deepEqual(parseCalls(reading), [{ name: "display", args }]);
});

Deno.test("writeTextCalls() writes arguments that are not JSON as a string", () => {
  assert.equal(
    writeTextCalls([{ name: "stdout", arguments: "{" }]),
    '<tool_call>{"name": "stdout", "arguments": "{"}</tool_call>',
  );
});

Deno.test("describeTools() names every tool with its arguments and shows calls that can be read", () => {
  const description = describeTools(TOOLS);
  for (const { name } of TOOLS) assert.ok(description.includes(`\n${name}(`), name);
  // One optional argument, and one that is a list.
  for (const signature of ["execute_result(data: object, metadata?: object) ", "traceback: string[]) "]) {
    assert.ok(description.includes(signature), signature);
  }
  const example = description.split("\n").filter((line) => line.startsWith("<tool_call>")).join("\n");
  assert.deepEqual(parseCalls(readPieces([example])), [
    { name: "stdout", args: { text: "a\nb\n" } },
    { name: "execute_result", args: { data: { "text/plain": "5" } } },
  ]);
});

Deno.test("describeTools() takes fewer than 500 tokens", () => {
  assert.ok(countTokens(describeTools(TOOLS)) < 500);
});
