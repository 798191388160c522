/**
 * Recognizes the names of tools in the forms that servers and models write.
 *
 * @module
 */

import assert from "node:assert/strict";
import { normalizeToolName } from "../../../src/execution/reply/normalize_tool_name.ts";
import { TOOLS } from "../../../src/execution/reply/tools.ts";

Deno.test("normalizeToolName() keeps the name of each tool", () => {
  for (const { name } of TOOLS) assert.equal(normalizeToolName(name), name);
});

for (
  const [name, tool] of [
    ["functions.stdout", "stdout"],
    ["default_api:stdout", "stdout"],
    ["default_api.stdout", "stdout"],
    ["Stdout", "stdout"],
    ["STDERR", "stderr"],
    ["stdout ", "stdout"],
    ["`stdout`", "stdout"],
    ["stdout<|channel|>commentary", "stdout"],
    ["functions.error <|constrain|>json", "error"],
    ["functions.display:3", "display"],
    ["stdout.call", "stdout"],
    ["executeResult", "execute_result"],
    ["execute-result", "execute_result"],
  ]
) {
  Deno.test(`normalizeToolName() reads ${JSON.stringify(name)} as ${tool}`, () =>
    assert.equal(normalizeToolName(name), tool));
}

for (
  const name of ["", "print", "stdout2", "my_stdout", "error_handler", "stdout.write", "toString", "get_weather", "<|"]
) {
  Deno.test(`normalizeToolName() rejects ${JSON.stringify(name)}`, () =>
    assert.equal(normalizeToolName(name), undefined));
}

Deno.test("normalizeToolName() reads print as stdout when it is called with text", () => {
  assert.equal(normalizeToolName("print", "text"), "stdout");
  assert.equal(normalizeToolName("Print", "text"), "stdout");
  assert.equal(normalizeToolName("print", "value"), undefined);
});
