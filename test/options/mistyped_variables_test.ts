import assert from "node:assert/strict";
import { describeMistyped } from "../../src/options/mistyped_variables.ts";

Deno.test("a mistyped variable is named with the one that was probably meant, as a mistyped flag is", () => {
  assert.deepEqual(describeMistyped(["AIPYTHON_MODLE", "AIPYTHON_XYZZY", "AIPYTHON_MODEL", "OPENAI_KEY", "PATH"]), [
    "unknown variable AIPYTHON_MODLE: did you mean AIPYTHON_MODEL?",
    "unknown variable AIPYTHON_XYZZY",
  ]);
});
