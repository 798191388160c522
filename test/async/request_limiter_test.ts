import assert from "node:assert/strict";
import fc from "fast-check";
import { RequestLimiter, type RequestPermit } from "../../src/async/request_limiter.ts";
import { ConfigurationError } from "../../src/errors.ts";

const { signal } = new AbortController();

/** A request that asks for a permit, and the permit once it has it. */
class Request {
  readonly acquired: Promise<RequestPermit>;
  permit: RequestPermit | undefined;

  constructor(limiter: RequestLimiter, until: AbortSignal = signal) {
    this.acquired = limiter.acquire(until);
    this.acquired.then((permit) => this.permit = permit, () => {});
  }

  end(): void {
    this.permit!.release();
  }
}

/** Which of them are under way, once every permit that was granted has arrived: `x` for one, `.` for another. */
async function show(requests: Request[]): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve));
  return requests.map(({ permit }) => permit === undefined ? "." : "x").join("");
}

Deno.test("RequestLimiter grants as many permits as its limit, and the others as they are released, in the order of arrival", async () => {
  const limiter = new RequestLimiter(2);
  const requests = [1, 2, 3, 4].map(() => new Request(limiter));
  assert.deepEqual([await show(requests), limiter.waiting], ["xx..", 2]);
  requests[1].end();
  assert.deepEqual([await show(requests), limiter.waiting], ["xxx.", 1]);
  requests[0].end();
  requests[2].end();
  assert.deepEqual([await show(requests), limiter.waiting], ["xxxx", 0]);
});

Deno.test("RequestLimiter puts a request that comes again behind those that wait", async () => {
  const limiter = new RequestLimiter(1);
  const [first, second] = [new Request(limiter), new Request(limiter)];
  await first.acquired;
  first.end();
  const again = new Request(limiter);
  assert.equal(await show([second, again]), "x.");
});

Deno.test("RequestPermit.release() makes room for one request, however often it is called", async () => {
  const limiter = new RequestLimiter(1);
  const [first, ...others] = [1, 2, 3].map(() => new Request(limiter));
  await first.acquired;
  first.end();
  first.end();
  assert.equal(await show(others), "x.");
});

Deno.test("RequestLimiter takes a request out of the line when its signal is aborted, and rejects with the reason", async () => {
  const limiter = new RequestLimiter(1);
  const controller = new AbortController();
  const [running, waiting, behind] = [signal, controller.signal, signal].map((each) => new Request(limiter, each));
  controller.abort(new Error("cancelled"));
  await assert.rejects(waiting.acquired, /cancelled/);
  assert.equal(limiter.waiting, 1);
  running.end();
  assert.equal(await show([waiting, behind]), ".x");
  await assert.rejects(limiter.acquire(controller.signal), /cancelled/);
  assert.equal(limiter.waiting, 0);
});

Deno.test("RequestLimiter leaves a request that is under way its permit until that is released, although its signal is aborted", async () => {
  const limiter = new RequestLimiter(1);
  const controller = new AbortController();
  const [running, waiting] = [controller.signal, signal].map((each) => new Request(limiter, each));
  await running.acquired;
  controller.abort();
  assert.equal(await show([running, waiting]), "x.");
  running.end();
  assert.equal(await show([running, waiting]), "xx");
});

Deno.test("RequestLimiter with 0 grants any number of permits", async () => {
  const limiter = new RequestLimiter(0);
  assert.equal(await show(Array.from({ length: 100 }, () => new Request(limiter))), "x".repeat(100));
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

Deno.test("RequestLimiter uses all of its limit and no more, in the order of arrival, even if requests end or are aborted", async () => {
  const action = fc.record({ type: fc.constantFrom("acquire", "release", "abort"), whom: fc.nat() });
  await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.array(action), async (limit, actions) => {
    const limiter = new RequestLimiter(limit);
    let here: { controller: AbortController; request: Request }[] = [];
    for (const { type, whom } of actions) {
      if (type === "acquire") {
        const controller = new AbortController();
        here.push({ controller, request: new Request(limiter, controller.signal) });
      } else if (here.length > 0) {
        const one = here[whom % here.length];
        // An abort ends those that wait, a release those that are under way.
        if ((type === "abort") !== (one.request.permit === undefined)) continue;
        if (type === "abort") one.controller.abort();
        else one.request.end();
        here = here.filter((each) => each !== one);
      }
      const expected = here.map((_, index) => index < limit ? "x" : ".").join("");
      assert.equal(await show(here.map(({ request }) => request)), expected);
      assert.equal(limiter.waiting, Math.max(0, here.length - limit));
    }
  }));
});
