import assert from "node:assert/strict";
import { createRedactor } from "../../src/options/redactor.ts";

const secret = 'p"w/ä +~%';

Deno.test("createRedactor() hides every occurrence of every secret", () => {
  const redact = createRedactor(["abc", "abcdef", "", undefined]);
  assert.equal(redact("abcdef, abc and abc"), "[hidden], [hidden] and [hidden]");
});

Deno.test("createRedactor() hides a secret that is encoded in JSON or in a URL, even twice", () => {
  const redact = createRedactor([secret]);
  const json = JSON.stringify({ secret });
  const encoded = [
    json,
    JSON.stringify({ json }),
    encodeURIComponent(secret),
    encodeURIComponent(encodeURIComponent(secret)),
    encodeURIComponent(json),
    encodeURIComponent(encodeURIComponent(secret)).toLowerCase(),
    String(new URLSearchParams({ payload: secret })),
    new URL(`ws://host/?payload=${encodeURIComponent(json)}`).href,
  ];
  for (const text of encoded) assert.match(redact(text), /\[hidden\]/, text);
});

Deno.test("createRedactor() does not change a text without secrets", () => {
  assert.equal(createRedactor([secret])("p w"), "p w");
  assert.equal(createRedactor([])("anything"), "anything");
});

Deno.test("createRedactor() ignores secrets of one or two letters", () => {
  assert.equal(createRedactor(["t", "no"])("cannot reach the server"), "cannot reach the server");
});

Deno.test("createRedactor() hides a secret in base64 at any offset unless the secret is very short", () => {
  const redact = createRedactor(["s3cret-k3y"], "[key]");
  for (const before of ["", "a", "ab", "Bearer "]) {
    assert.match(redact(`basic ${btoa(`${before}s3cret-k3y`)}`), /^basic .*\[key\].*$/, before);
  }
  assert.equal(createRedactor(["abc"])(btoa("abc")), btoa("abc"));
});
