import assert from "node:assert/strict";
import { secretsOf } from "../../src/options/secrets_of.ts";

Deno.test("secretsOf() lists the token and the key, and nothing else", () => {
  const settings = { authToken: "s3cret-token", apiKey: "s3cret-key", model: "gpt-4o", insecure: true };
  assert.deepEqual(secretsOf(settings), ["s3cret-token", "s3cret-key"]);
});

Deno.test("secretsOf() skips secrets that are not set", () => {
  assert.deepEqual(secretsOf({ apiKey: "s3cret-key" }), ["s3cret-key"]);
  assert.deepEqual(secretsOf({ model: "gpt-4o" }), []);
});
