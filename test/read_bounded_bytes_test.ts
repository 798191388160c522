import assert from "node:assert/strict";
import { readBoundedBytes } from "../src/read_bounded_bytes.ts";

/** Reads a body that arrives in pieces. */
const read = (pieces: number[][], maxBytes: number) =>
  readBoundedBytes(new Response(ReadableStream.from(pieces.map((piece) => Uint8Array.from(piece)))), maxBytes);

Deno.test("readBoundedBytes() returns a whole body that is not longer than the limit", async () => {
  assert.deepEqual(await read([[0, 255], [1]], 3), { bytes: Uint8Array.of(0, 255, 1), isCut: false });
  assert.deepEqual(await read([], 0), { bytes: new Uint8Array(), isCut: false });
  assert.deepEqual(await readBoundedBytes(new Response(null), 3), { bytes: new Uint8Array(), isCut: false });
});

Deno.test("readBoundedBytes() returns the beginning of a longer body and cancels the rest", async () => {
  const left = Promise.withResolvers<void>();
  const endless = new ReadableStream({
    pull: (controller) => controller.enqueue(Uint8Array.of(1, 2)),
    cancel: () => left.resolve(),
  });
  assert.deepEqual(await readBoundedBytes(new Response(endless), 3), { bytes: Uint8Array.of(1, 2, 1), isCut: true });
  await left.promise;
});
