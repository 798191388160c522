/**
 * Wheels that are cached on disk, and slow or missing servers.
 *
 * @module
 */

import assert from "node:assert/strict";
import { silentLogger } from "../../../../src/logger.ts";
import { WHEEL_STALL_MS } from "../../../../stack/offline_model/packages/fetch_wheel.ts";
import { ManualClock } from "../../../support/manual_clock.ts";
import { serveDistribution } from "./distribution.ts";
import { EGG_FILES, EGGS, kept, names, openTest } from "./opened_packages.ts";

/** A clock that resolves a promise when a timer is set, which happens when bytes have arrived. */
class ListenedClock extends ManualClock {
  #heard = () => {};

  nextTimer(): Promise<void> {
    return new Promise((resolve) => this.#heard = resolve);
  }

  override setTimer(callback: () => void, delayMs: number): () => void {
    this.#heard();
    return super.setTimer(callback, delayMs);
  }
}

Deno.test("a server that sends nothing for 15 seconds is given up for all its packages", async () => {
  await using distribution = await serveDistribution({ ...EGGS, jam: {} });
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  distribution.answerWith(async (_, bytes) => {
    await released;
    return new Response(bytes);
  });
  const { find, clock } = await openTest(distribution);
  const finding = find("shells");
  await distribution.nextRequest();
  clock.advance(WHEEL_STALL_MS);
  const { reason } = await finding;
  assert.match(reason!, /because 127\.0\.0\.1:\d+ has sent nothing for 15 seconds\. Connect this machine \(it tries/);
  release();
  assert.equal((await find("jam")).reason, reason!.replaceAll("shells", "jam"));
  assert.deepEqual(distribution.fetched, [EGG_FILES[0]]);
});

Deno.test("a slow server is not given up as long as it sends bytes", async () => {
  await using distribution = await serveDistribution(EGGS);
  const sent = Promise.withResolvers<ReadableStreamDefaultController<Uint8Array>>();
  let data = new Uint8Array();
  distribution.answerWith((_, bytes) => {
    data = bytes;
    return new Response(new ReadableStream({ start: (controller) => sent.resolve(controller) }));
  });
  const clock = new ListenedClock();
  const { find } = await openTest(distribution, { clock });
  const finding = find("shells");
  const controller = await sent.promise;
  for (const part of [data.subarray(0, 1), data.subarray(1, 2), data.subarray(2)]) {
    clock.advance(WHEEL_STALL_MS * 0.9);
    const isHeard = clock.nextTimer();
    controller.enqueue(part);
    await isHeard;
  }
  controller.close();
  assert.equal((await finding).reason, undefined);
});

Deno.test("an unreachable server is reported without waiting", async () => {
  const distribution = await serveDistribution(EGGS);
  const { lock, cacheDir } = distribution;
  const closed = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = closed.addr;
  closed.close();
  const { find } = await openTest({ ...distribution, lock, cacheDir, url: `http://127.0.0.1:${port}/` });
  assert.match(
    (await find("eggs")).reason!,
    new RegExp(`because 127\\.0\\.0\\.1:${port} cannot be reached\\. Connect`),
  );
  await distribution[Symbol.asyncDispose]();
});

Deno.test("an aborted caller stops waiting, and the next caller gets the wheel", async () => {
  await using distribution = await serveDistribution(EGGS);
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  distribution.answerWith(async (_, bytes) => {
    await released;
    return new Response(bytes);
  });
  const { find } = await openTest(distribution);
  const interrupted = new AbortController();
  const finding = find("shells", { signal: interrupted.signal });
  await distribution.nextRequest();
  interrupted.abort(new Error("Ctrl-C"));
  await assert.rejects(finding, /Ctrl-C/);
  release();
  assert.deepEqual(names(await find("shells")), EGG_FILES.slice(0, 1));
  assert.equal(distribution.fetched.length, 1);
});

Deno.test("a cached wheel that has changed is fetched again", async () => {
  await using distribution = await serveDistribution(EGGS);
  const { find } = await openTest(distribution);
  const { wheels: [{ bytes }] } = await find("shells");
  const path = `${distribution.cacheDir}/${distribution.hash("shells")}`;
  await Deno.writeTextFile(path, "broken");
  assert.deepEqual((await find("shells")).wheels[0].bytes, bytes);
  assert.deepEqual(await Deno.readFile(path), bytes);
  assert.equal(distribution.fetched.length, 2);
});

Deno.test("wheels of another version and abandoned drafts are removed from the cache", async () => {
  await using distribution = await serveDistribution(EGGS);
  const other = "0".repeat(64);
  const [draft, fresh] = [1, 2].map((digit) => `${other}.${crypto.randomUUID().replace(/^./, `${digit}`)}`);
  await Deno.mkdir(distribution.cacheDir);
  for (const name of [other, draft, fresh, "notes.txt"]) {
    await Deno.writeTextFile(`${distribution.cacheDir}/${name}`, "");
  }
  await Deno.utime(`${distribution.cacheDir}/${draft}`, 0, 0);
  await Deno.utime(`${distribution.cacheDir}/${fresh}`, 7200, 7200);
  const { find } = await openTest(distribution, { clock: new ManualClock(new Date(7_200_000)) });
  await find("shells");
  assert.deepEqual(await kept(distribution), [fresh, distribution.hash("shells"), "notes.txt"].sort());
});

Deno.test("a wheel that cannot be cached is used anyway, with a warning", async () => {
  await using distribution = await serveDistribution(EGGS);
  await Deno.writeTextFile(distribution.cacheDir, "not a folder");
  const warnings: string[] = [];
  const { find } = await openTest(distribution, { logger: { ...silentLogger, warn: (text) => warnings.push(text) } });
  assert.deepEqual(names(await find("shells")), EGG_FILES.slice(0, 1));
  assert.deepEqual(warnings, ["a package could not be kept on disk"]);
});

Deno.test("no wheel is fetched when packages are off", async (t) => {
  await using distribution = await serveDistribution(EGGS);
  const STANDARD_ONLY = "the offline model has Python's standard library only";
  await t.step("the reason names --no-packages when that flag switches packages off", async () => {
    const { find } = await openTest(distribution, { state: "off" });
    const reason =
      `${STANDARD_ONLY}, as it was started with --no-packages. Start it without that flag, and it fetches eggs`;
    assert.deepEqual(await find("eggs"), { isKnown: true, reason, wheels: [] });
    assert.deepEqual(await find("torch"), { isKnown: false, reason: STANDARD_ONLY, wheels: [] });
  });
  await t.step("the reason mentions only the standard library when packages have no option", async () => {
    const { find } = await openTest(distribution, { state: "none" });
    assert.deepEqual(await find("eggs"), { isKnown: true, reason: STANDARD_ONLY, wheels: [] });
  });
  assert.deepEqual(distribution.fetched, []);
});
