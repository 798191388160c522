import assert from "node:assert/strict";
import { secretsOf } from "../../src/options/secrets_of.ts";

Deno.test("secretsOf() lists the token and the key, but no other settings", () => {
  const settings = { authToken: "s3cret-token", apiKey: "s3cret-key", model: "gpt-4o", insecure: true };
  assert.deepEqual(secretsOf(settings), ["s3cret-token", "s3cret-key"]);
});

Deno.test("secretsOf() skips secrets that are not set", () => {
  assert.deepEqual(secretsOf({ apiKey: "s3cret-key" }), ["s3cret-key"]);
  assert.deepEqual(secretsOf({ model: "gpt-4o" }), []);
});

Deno.test("secretsOf() lists the values of headers, with and without an authorization scheme", () => {
  const headers = { "X-Team": "blue", Authorization: "Bearer s3cret" };
  assert.deepEqual(secretsOf({ headers }), ["blue", "Bearer s3cret", "s3cret"]);
});

Deno.test("secretsOf() lists the credentials in the model server's address", () => {
  const of = (address: string) => secretsOf({ baseUrl: `https://${address}` });
  assert.deepEqual(of("me:p%40w@host/v1"), ["p@w", "me:p@w"]);
  assert.deepEqual(of("t0ken@host/v1"), ["t0ken", "t0ken:"]);
  assert.deepEqual(of("host/v1?api-version=1&subscription-key=s3cret"), ["s3cret"]);
  assert.deepEqual(of("host/v1"), []);
});
