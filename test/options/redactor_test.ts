import assert from "node:assert/strict";
import { createRedactor } from "../../src/options/redactor.ts";

const secret = 'p"w/ä +~%';

Deno.test("createRedactor() hides every occurrence of every secret", () => {
  const redact = createRedactor(["abc", "abcdef", "", undefined]);
  assert.equal(redact("abcdef, abc and abc"), "[hidden], [hidden] and [hidden]");
});

Deno.test("createRedactor() hides a secret in JSON, in a URL, and in JSON in a URL, also encoded twice", () => {
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

Deno.test("createRedactor() leaves a text without secrets alone", () => {
  assert.equal(createRedactor([secret])("p w"), "p w");
  assert.equal(createRedactor([])("anything"), "anything");
});

Deno.test("createRedactor() leaves a text readable whose secret is a letter or two", () => {
  assert.equal(createRedactor(["t", "no"])("cannot reach the server"), "cannot reach the server");
});

Deno.test("createRedactor() hides a secret in base64, wherever it begins there, but none so short that any text may hold it", () => {
  const redact = createRedactor(["s3cret-k3y"], "[key]");
  for (const before of ["", "a", "ab", "Bearer "]) {
    assert.match(redact(`basic ${btoa(`${before}s3cret-k3y`)}`), /^basic .*\[key\].*$/, before);
  }
  assert.equal(createRedactor(["abc"])(btoa("abc")), btoa("abc"));
});
