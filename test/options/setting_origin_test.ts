import assert from "node:assert/strict";
import { describeOrigin } from "../../src/options/setting_origin.ts";

Deno.test("describeOrigin() names the flag, the variable, the env file, the panel or the default", () => {
  assert.equal(describeOrigin({ source: "flag", name: "--model" }), "--model");
  assert.equal(describeOrigin({ source: "environment", name: "AIPYTHON_MODEL" }), "AIPYTHON_MODEL");
  assert.equal(describeOrigin({ source: "env file", name: "AIPYTHON_MODEL" }), "AIPYTHON_MODEL in the env file");
  assert.equal(describeOrigin({ source: "panel" }), "the settings panel");
  assert.equal(describeOrigin({ source: "default" }), "default");
  assert.equal(describeOrigin(undefined), "not set");
});
