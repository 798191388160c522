import assert from "node:assert/strict";
import { watchParent } from "../../../src/cli/kernel/parent_watch.ts";
import { ManualClock } from "../../support/manual_clock.ts";

/** Watches a parent process with the given ids, one per second. Returns the second in which it was found to have ended. */
function goneAfter(ids: number[], environment: Record<string, string> = {}): number | undefined {
  const clock = new ManualClock();
  let goneAt: number | undefined;
  const parentId = () => ids.length > 1 ? ids.shift()! : ids[0];
  const end = watchParent({ parentId, environment, clock }, () => goneAt ??= clock.now() / 1_000);
  clock.advance(10_000);
  end();
  return goneAt;
}

Deno.test("watchParent() reports that the parent has ended when the parent id changes", () => {
  assert.equal(goneAfter([70, 70, 70, 1]), 2);
  assert.equal(goneAfter([70, 70, 70, 4_711]), 2, "in a container or under systemd the new parent may not be init");
  assert.equal(goneAfter([70]), undefined);
});

Deno.test("watchParent() immediately reports a parent in JPY_PARENT_PID that ended before the start", () => {
  assert.equal(goneAfter([1], { JPY_PARENT_PID: "70" }), 0);
  assert.equal(goneAfter([1], { JPY_PARENT_PID: "1" }), undefined, "in a container Jupyter may have the process id 1");
  assert.equal(goneAfter([1]), undefined);
  assert.equal(goneAfter([70], { JPY_PARENT_PID: "60" }), undefined, "a wrapper may be between Jupyter and the kernel");
});
