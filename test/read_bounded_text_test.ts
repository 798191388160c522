import assert from "node:assert/strict";
import { readBoundedText } from "../src/read_bounded_text.ts";

/** Reads a body that arrives in pieces. */
const read = (pieces: string[], maxBytes: number) =>
  readBoundedText(new Response(ReadableStream.from(pieces.map((piece) => new TextEncoder().encode(piece)))), maxBytes);

Deno.test("readBoundedText() returns a whole body that is not longer than the limit", async () => {
  assert.deepEqual(await read(["ab", "cd"], 4), { text: "abcd", isCut: false });
  assert.deepEqual(await read([], 4), { text: "", isCut: false });
  assert.deepEqual(await readBoundedText(new Response(null), 4), { text: "", isCut: false });
});

Deno.test("readBoundedText() returns the beginning of a longer body, counted in bytes", async () => {
  assert.deepEqual(await read(["ab", "cde"], 4), { text: "abcd", isCut: true });
  assert.deepEqual(await read(["aé", "éb"], 4), { text: "aé", isCut: true });
});

Deno.test("readBoundedText() reads no more pieces than it needs", async () => {
  let pulls = 0;
  const body = new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(10).fill(97 + pulls++)),
  }, { highWaterMark: 0 });
  assert.equal((await readBoundedText(new Response(body), 15)).text, "aaaaaaaaaabbbbb");
  assert.equal(pulls, 2);
});
