import assert from "node:assert/strict";
import { describeMistyped } from "../../src/options/mistyped_variables.ts";

Deno.test("describeMistyped() names the variable that was probably meant", () => {
  assert.deepEqual(describeMistyped(["AIPYTHON_MODLE", "AIPYTHON_XYZZY", "AIPYTHON_MODEL", "OPENAI_KEY", "PATH"]), [
    "unknown variable AIPYTHON_MODLE: did you mean AIPYTHON_MODEL?",
    "unknown variable AIPYTHON_XYZZY",
  ]);
});
