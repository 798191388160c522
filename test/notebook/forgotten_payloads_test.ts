import assert from "node:assert/strict";
import { Effect, Stream } from "@livestore/utils/effect";
import { forgetPayloads } from "../../src/notebook/forgotten_payloads.ts";

/** Payloads of one event each, with the places from 1. */
function payloads(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    payload: { newEvents: [{ seqNum: { global: index + 1 }, args: "long" as string | undefined }] },
  }));
}

/** The places of the events that still have their arguments when all payloads have passed. */
async function wholeAfter(count: number, confirmed: number): Promise<number[]> {
  const items = payloads(count);
  await Effect.runPromise(Stream.runDrain(forgetPayloads(Stream.fromIterable(items), Effect.succeed(confirmed))));
  return items.flatMap(({ payload }) => payload.newEvents).filter(({ args }) => args !== undefined)
    .map(({ seqNum }) => seqNum.global);
}

Deno.test("forgetPayloads() empties the events that the server holds, but for those of the last 100 payloads", async () => {
  assert.deepEqual(await wholeAfter(130, 130), Array.from({ length: 100 }, (_, index) => index + 31));
});

Deno.test("forgetPayloads() leaves events whole that the server may not hold yet", async () => {
  assert.deepEqual(await wholeAfter(130, 10), Array.from({ length: 120 }, (_, index) => index + 11));
  assert.equal((await wholeAfter(130, 0)).length, 130);
});
