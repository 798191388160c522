import assert from "node:assert/strict";
import fc from "fast-check";
import { ConfigurationError } from "../../src/errors.ts";
import { RequestLimiter } from "../../src/async/request_limiter.ts";

const { signal } = new AbortController();

/** Which of them are under way: `x` for one, `.` for another. */
function show(places: { isUnderWay: boolean }[]): string {
  return places.map(({ isUnderWay }) => isUnderWay ? "x" : ".").join("");
}

Deno.test("RequestLimiter lets its number of requests begin, and the others as there is room, the first that came first", async () => {
  const limiter = new RequestLimiter(2);
  const places = [1, 2, 3, 4].map(() => limiter.join(signal));
  assert.deepEqual([show(places), limiter.waiting], ["xx..", 2]);
  places[1].leave();
  await places[2].turn;
  assert.deepEqual([show(places), limiter.waiting], ["x.x.", 1]);
  places[0].leave();
  places[2].leave();
  await places[3].turn;
  assert.deepEqual([show(places), limiter.waiting], ["...x", 0]);
});

Deno.test("RequestLimiter puts a request that comes again behind those that wait", () => {
  const limiter = new RequestLimiter(1);
  const [first, second] = [limiter.join(signal), limiter.join(signal)];
  first.leave();
  const again = limiter.join(signal);
  assert.equal(show([second, again]), "x.");
});

Deno.test("RequestLimiter gives one place back, however often it is left", () => {
  const limiter = new RequestLimiter(1);
  const [first, ...others] = [1, 2, 3].map(() => limiter.join(signal));
  first.leave();
  first.leave();
  assert.equal(show(others), "x.");
});

Deno.test("RequestLimiter takes a request out of the line when its signal is aborted, and says why", async () => {
  const limiter = new RequestLimiter(1);
  const controller = new AbortController();
  const [running, waiting, behind] = [signal, controller.signal, signal].map((each) => limiter.join(each));
  controller.abort(new Error("cancelled"));
  await assert.rejects(waiting.turn, /cancelled/);
  assert.equal(limiter.waiting, 1);
  running.leave();
  assert.equal(show([waiting, behind]), ".x");
  await assert.rejects(limiter.join(controller.signal).turn, /cancelled/);
  assert.equal(limiter.waiting, 0);
});

Deno.test("RequestLimiter leaves a request that is under way its place until it leaves, although its signal is aborted", () => {
  const limiter = new RequestLimiter(1);
  const controller = new AbortController();
  const [running, waiting] = [controller.signal, signal].map((each) => limiter.join(each));
  controller.abort();
  assert.equal(show([running, waiting]), "x.");
  running.leave();
  assert.equal(show([running, waiting]), ".x");
});

Deno.test("RequestLimiter with 0 lets any number begin", () => {
  const limiter = new RequestLimiter(0);
  assert.equal(show(Array.from({ length: 100 }, () => limiter.join(signal))), "x".repeat(100));
});

Deno.test("RequestLimiter takes whole numbers from 0", () => {
  for (const limit of [-1, 1.5, NaN, Infinity]) {
    assert.throws(
      () => new RequestLimiter(limit),
      (error) =>
        error instanceof ConfigurationError && error.message.includes(`${limit}: expected a whole number, 0 or more`),
    );
  }
});

Deno.test("RequestLimiter uses all of its room and no more, in the order of arrival, whoever leaves or gives up", () => {
  const action = fc.record({ type: fc.constantFrom("join", "leave", "abort"), whom: fc.nat() });
  fc.assert(fc.property(fc.integer({ min: 1, max: 4 }), fc.array(action), (limit, actions) => {
    const limiter = new RequestLimiter(limit);
    let here: { controller: AbortController; place: ReturnType<RequestLimiter["join"]> }[] = [];
    for (const { type, whom } of actions) {
      if (type === "join") {
        const controller = new AbortController();
        here.push({ controller, place: limiter.join(controller.signal) });
      } else if (here.length > 0) {
        const one = here[whom % here.length];
        // Only those that wait are gone by an abort.
        if (type === "abort" && one.place.isUnderWay) continue;
        if (type === "abort") one.controller.abort();
        else one.place.leave();
        here = here.filter((each) => each !== one);
      }
      const expected = here.map((_, index) => index < limit ? "x" : ".").join("");
      assert.equal(show(here.map(({ place }) => place)), expected);
      assert.equal(limiter.waiting, Math.max(0, here.length - limit));
    }
  }));
});
