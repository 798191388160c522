import assert from "node:assert/strict";
import { findModel, findModelName } from "../../src/model/same_model.ts";

/** A name in requests, and an equivalent name in a list. */
const same: [name: string, listed: string][] = [
  ["llama3.2", "llama3.2:latest"],
  ["llama3.2:latest", "llama3.2"],
  ["gemini-3-pro", "models/gemini-3-pro"],
  ["models/gemini-3-pro", "gemini-3-pro"],
  ["qwen/qwen3-coder:free", "qwen/qwen3-coder"],
  ["qwen/qwen3-coder:nitro", "qwen/qwen3-coder"],
  ["qwen/qwen3-coder:online", "qwen/qwen3-coder"],
];

for (const [name, listed] of same) {
  Deno.test(`findModelName() finds ${name} if ${listed} is listed`, () => {
    assert.equal(findModelName(["another", listed], name), listed);
  });
}

Deno.test("findModelName() does not accept another size, case or variant of a model", () => {
  const others: [string, string][] = [
    ["llama3.2:3b", "llama3.2:latest"],
    ["llama3.2", "llama3.2:3b"],
    ["Llama3.2", "llama3.2"],
    ["qwen/qwen3-coder", "qwen/qwen3-coder:free"],
    ["gemini-3-pro", "accounts/x/models/gemini-3-pro"],
  ];
  for (const [name, listed] of others) assert.equal(findModelName([listed], name), undefined, `${name} and ${listed}`);
});

Deno.test("findModel() prefers the exact name to an equivalent one", () => {
  const entries = [{ id: "x", size: 1 }, { id: "x:free", size: 2 }, { id: "y:latest", size: 3 }, { id: "y", size: 4 }];
  assert.equal(findModel(entries, "x:free")?.size, 2);
  assert.equal(findModel(entries, "y")?.size, 4);
});
