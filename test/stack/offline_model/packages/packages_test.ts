import assert from "node:assert/strict";
import { FAILURE_MEMORY_MS } from "../../../../stack/offline_model/packages/packages.ts";
import { serveDistribution } from "./distribution.ts";
import { EGG_FILES, EGGS, kept, names, openTest } from "./opened_packages.ts";

Deno.test("Packages.find() fetches a module's wheels with dependencies once and caches them on disk", async () => {
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

Deno.test("Packages.find() returns only the wheels that are not loaded yet", async () => {
  await using distribution = await serveDistribution(EGGS);
  const { find } = await openTest(distribution);
  assert.deepEqual(names(await find("eggs", { loaded: EGG_FILES.slice(0, 1) })), EGG_FILES.slice(1));
  assert.deepEqual(await find("eggs", { loaded: EGG_FILES }), { isKnown: true, wheels: [] });
});

Deno.test("Packages.find() fetches a wheel once for two simultaneous callers", async () => {
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

Deno.test("Packages.find() explains a failed download, does not cache it, and waits before it tries again", async (t) => {
  const STANDARD_ONLY = "the offline model has Python's standard library only: shells could not be fetched, because";
  const FAULTS: [string, (host: string) => string, (request: Request, bytes: Uint8Array<ArrayBuffer>) => Response][] = [
    ["answers 404", (host) => `${host} answers 404 for ${EGG_FILES[0]}`, () => new Response(null, { status: 404 })],
    [
      "sends other bytes",
      (host) => `what ${host} sends as ${EGG_FILES[0]} has another SHA-256 than Pyodide's lock says`,
      () => new Response("<!doctype html>"),
    ],
    [
      "sends only a part",
      (host) => `what ${host} sends as ${EGG_FILES[0]} has another SHA-256 than Pyodide's lock says`,
      (_, bytes) => new Response(bytes.slice(0, 20)),
    ],
    [
      "redirects to another host",
      (host) => `${host} redirects to http://localhost:9 for ${EGG_FILES[0]}`,
      () => new Response(null, { status: 302, headers: { location: "http://localhost:9/a?b=c" } }),
    ],
  ];
  for (const [what, why, answer] of FAULTS) {
    await t.step(`a download fails when the server ${what}`, async () => {
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
