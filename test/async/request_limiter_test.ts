import assert from "node:assert/strict";
import fc from "fast-check";
import { RequestLimiter, type RequestPermit } from "../../src/async/request_limiter.ts";
import { ConfigurationError } from "../../src/errors.ts";

const { signal } = new AbortController();

/** A request that asks for a permit, with the permit once it is granted. */
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

/** Shows which requests have a permit, once all granted permits have arrived: `x` for a request that has one, `.` for others. */
async function show(requests: Request[]): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve));
  return requests.map(({ permit }) => permit === undefined ? "." : "x").join("");
}

Deno.test("RequestLimiter grants permits up to its limit, then one for each release in the order of arrival", async () => {
  const limiter = new RequestLimiter(2);
  const requests = [1, 2, 3, 4].map(() => new Request(limiter));
  assert.deepEqual([await show(requests), limiter.waiting], ["xx..", 2]);
  requests[1].end();
  assert.deepEqual([await show(requests), limiter.waiting], ["xxx.", 1]);
  requests[0].end();
  requests[2].end();
  assert.deepEqual([await show(requests), limiter.waiting], ["xxxx", 0]);
});

Deno.test("RequestLimiter puts a request that comes again at the end of the queue", async () => {
  const limiter = new RequestLimiter(1);
  const [first, second] = [new Request(limiter), new Request(limiter)];
  await first.acquired;
  first.end();
  const again = new Request(limiter);
  assert.equal(await show([second, again]), "x.");
});

Deno.test("RequestPermit.release() makes room for only one request, even if it is called twice", async () => {
  const limiter = new RequestLimiter(1);
  const [first, ...others] = [1, 2, 3].map(() => new Request(limiter));
  await first.acquired;
  first.end();
  first.end();
  assert.equal(await show(others), "x.");
});

Deno.test("RequestLimiter removes a request from the queue when its signal is aborted, and rejects with the reason", async () => {
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

Deno.test("RequestLimiter keeps a granted permit until its release even if the signal is aborted", async () => {
  const limiter = new RequestLimiter(1);
  const controller = new AbortController();
  const [running, waiting] = [controller.signal, signal].map((each) => new Request(limiter, each));
  await running.acquired;
  controller.abort();
  assert.equal(await show([running, waiting]), "x.");
  running.end();
  assert.equal(await show([running, waiting]), "xx");
});

Deno.test("RequestLimiter with the limit 0 grants any number of permits", async () => {
  const limiter = new RequestLimiter(0);
  assert.equal(await show(Array.from({ length: 100 }, () => new Request(limiter))), "x".repeat(100));
});

Deno.test("RequestLimiter throws ConfigurationError unless the limit is a whole number, 0 or more", () => {
  for (const limit of [-1, 1.5, NaN, Infinity]) {
    assert.throws(
      () => new RequestLimiter(limit),
      (error) =>
        error instanceof ConfigurationError && error.message.includes(`${limit}: expected a whole number, 0 or more`),
    );
  }
});

Deno.test("RequestLimiter always uses its whole limit in the order of arrival, even if requests end or are aborted", async () => {
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
        // An abort ends a waiting request, a release ends a running one.
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
