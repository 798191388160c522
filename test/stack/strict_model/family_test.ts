import assert from "node:assert/strict";
import { modelFamilies, readFamily, toolCallId } from "../../../stack/strict_model/family.ts";

Deno.test("readFamily() knows the families, and names them where it is given another name", () => {
  assert.deepEqual(modelFamilies.map(readFamily), modelFamilies);
  assert.throws(
    () => readFamily("claude"),
    /^Error: --strict wants one of openai, mistral, llama, gemma, not "claude"$/,
  );
});

Deno.test("toolCallId() makes ids as the families' servers do", () => {
  const unique = "0123456789abcdef0123456789abcdef";
  assert.equal(toolCallId("mistral", unique), "012345678");
  assert.equal(toolCallId("llama", unique), unique);
  assert.equal(toolCallId(undefined, unique), `call_${unique}`);
});
