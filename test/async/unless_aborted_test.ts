import assert from "node:assert/strict";
import { unlessAborted } from "../../src/async/unless_aborted.ts";

const reason = new Error("interrupted");

Deno.test("unlessAborted() resolves and rejects as the promise does", async () => {
  const { signal } = new AbortController();
  assert.equal(await unlessAborted(Promise.resolve(4), signal), 4);
  const failure = new Error("it failed");
  await assert.rejects(unlessAborted(Promise.reject(failure), signal), failure);
});

Deno.test("unlessAborted() throws the signal's reason as soon as it is aborted", async () => {
  const controller = new AbortController();
  const waiting = unlessAborted(new Promise(() => {}), controller.signal);
  controller.abort(reason);
  await assert.rejects(waiting, reason);
});

Deno.test("unlessAborted() throws the reason of a signal that was aborted before, even if the promise is settled", async () => {
  const signal = AbortSignal.abort(reason);
  await assert.rejects(unlessAborted(Promise.resolve(4), signal), reason);
  await assert.rejects(unlessAborted(Promise.reject(new Error("it failed")), signal), reason);
});

Deno.test("unlessAborted() handles a promise that rejects after the abort", async () => {
  const controller = new AbortController();
  const late = Promise.withResolvers<never>();
  const waiting = unlessAborted(late.promise, controller.signal);
  controller.abort(reason);
  await assert.rejects(waiting, reason);
  // Would fail the test as an uncaught rejection if nothing awaited the promise any more.
  late.reject(new Error("too late"));
});
