import assert from "node:assert/strict";
import { describeSetting } from "../../src/cli/command_settings.ts";

Deno.test("describeSetting() shows a value with its origin", () => {
  const settings = { model: "gpt-4o", maxHistoryLength: 20 };
  const origins = {
    model: { source: "env file", name: "AIPYTHON_MODEL" },
    maxHistoryLength: { source: "default" },
  } as const;
  assert.equal(describeSetting("model", { settings, origins }), "model=gpt-4o from AIPYTHON_MODEL in the env file");
  assert.equal(describeSetting("maxHistoryLength", { settings, origins }), "maxHistoryLength=20 from the default");
});

Deno.test("describeSetting() hides the value of a secret and reports a secret that is not set", () => {
  const origins = { apiKey: { source: "flag", name: "--api-key" } } as const;
  const set = { settings: { apiKey: "s3cret-key" }, origins };
  assert.equal(describeSetting("apiKey", set), "apiKey=[hidden] from --api-key");
  assert.equal(describeSetting("apiKey", { settings: {}, origins: {} }), "apiKey is not set");
});
