/**
 * Tests of the lifecycle of an agent, with a service that ends on demand.
 *
 * @module
 */

import assert from "node:assert/strict";
import { Lifecycle, type Service } from "../../src/agent/lifecycle.ts";
import { DisplacedError, ShutdownError, StoreFailedError } from "../../mod.ts";

/** Returns a service and the means to end it. */
function makeService() {
  const ended = Promise.withResolvers<void>();
  let isServing = true;
  const service: Service = {
    ended: ended.promise,
    get isServing() {
      return isServing;
    },
    shutdown() {
      isServing = false;
      ended.resolve();
      return Promise.resolve();
    },
    finish: () => Promise.resolve(),
  };
  return { service, stopServing: () => isServing = false, end: ended };
}

function live(begin: (signal: AbortSignal) => Promise<Service>, signal?: AbortSignal): Lifecycle {
  return new Lifecycle({ begin, signal, onLeaveError: (error) => assert.fail(String(error)) });
}

Deno.test("Lifecycle.start() waits for the end of a service that has stopped serving, and rejects with its error", async () => {
  const { service, stopServing, end } = makeService();
  const life = live(() => Promise.resolve(service));
  await life.start();
  stopServing();
  const again = life.start().catch((error) => error);
  const displaced = new DisplacedError("n", "another runtime has taken over");
  end.reject(displaced);
  assert.equal(await again, displaced);
  assert.equal(await life.start().catch((error) => error), displaced);
});

Deno.test("Lifecycle.start() does not restart an agent that has failed while it served", async () => {
  const { service, end } = makeService();
  let attempts = 0;
  const life = live(() => (attempts++, Promise.resolve(service)));
  await life.start();
  const failed = new StoreFailedError("the store failed");
  end.reject(failed);
  assert.equal(await life.end().catch((error) => error), failed);
  assert.equal(await life.start().catch((error) => error), failed);
  assert.equal(attempts, 1);
});

Deno.test("Lifecycle.start() does not restart an agent that was displaced while it started", async () => {
  const displaced = new DisplacedError("n", "another runtime has taken over");
  let attempts = 0;
  const life = live(() => (attempts++, Promise.reject(displaced)));
  for (let i = 0; i < 2; i++) assert.equal(await life.start().catch((error) => error), displaced);
  assert.equal(attempts, 1);
});

Deno.test("Lifecycle.start() shuts down a service that was aborted while it started, and rejects", async () => {
  for (const how of ["signal", "shutdown"]) {
    const { service } = makeService();
    const controller = new AbortController();
    const life = live(() => {
      if (how === "signal") controller.abort();
      else void life.shutdown();
      return Promise.resolve(service);
    }, controller.signal);
    const error = await life.start().catch((error) => error);
    assert.equal(error.name, how === "signal" ? "AbortError" : "ShutdownError");
    assert.equal(service.isServing, false);
  }
});

Deno.test("Lifecycle.shutdown() waits for the attempt that is in progress", async () => {
  const begun = Promise.withResolvers<Service>();
  const { service } = makeService();
  const life = live(() => begun.promise);
  const started = life.start().catch((error) => error);
  const down = life.shutdown();
  begun.resolve(service);
  await down;
  assert.equal(service.isServing, false);
  assert.ok(await started instanceof ShutdownError);
  await life.end();
});
