import assert from "node:assert/strict";
import { modelFamilies, readFamily, toolCallId } from "../../../stack/strict_model/family.ts";

Deno.test("readFamily() accepts the known families and lists them when it rejects another name", () => {
  assert.deepEqual(modelFamilies.map(readFamily), modelFamilies);
  assert.throws(
    () => readFamily("claude"),
    /^Error: --strict must be one of openai, mistral, llama, gemma, not "claude"$/,
  );
});

Deno.test("toolCallId() makes ids in the form of each family's servers", () => {
  const unique = "0123456789abcdef0123456789abcdef";
  assert.equal(toolCallId("mistral", unique), "012345678");
  assert.equal(toolCallId("llama", unique), unique);
  assert.equal(toolCallId(undefined, unique), `call_${unique}`);
});
