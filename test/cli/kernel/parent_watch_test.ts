import assert from "node:assert/strict";
import { watchParent } from "../../../src/cli/kernel/parent_watch.ts";
import { ManualClock } from "../../support/manual_clock.ts";

/** Watches a parent whose ids are these, one a second; returns after how many seconds it has gone. */
function goneAfter(ids: number[], environment: Record<string, string> = {}): number | undefined {
  const clock = new ManualClock();
  let goneAt: number | undefined;
  const parentId = () => ids.length > 1 ? ids.shift()! : ids[0];
  const end = watchParent({ parentId, environment, clock }, () => goneAt ??= clock.now() / 1_000);
  clock.advance(10_000);
  end();
  return goneAt;
}

Deno.test("a parent has gone when the process is given another one", () => {
  assert.equal(goneAfter([70, 70, 70, 1]), 2);
  assert.equal(goneAfter([70, 70, 70, 4_711]), 2, "in a container or under systemd it need not be init");
  assert.equal(goneAfter([70]), undefined);
});

Deno.test("a parent that Jupyter has named and that had gone before the start is noticed at once", () => {
  assert.equal(goneAfter([1], { JPY_PARENT_PID: "70" }), 0);
  assert.equal(goneAfter([1], { JPY_PARENT_PID: "1" }), undefined, "in a container Jupyter may be the first process");
  assert.equal(goneAfter([1]), undefined);
  assert.equal(goneAfter([70], { JPY_PARENT_PID: "60" }), undefined, "a wrapper stands between them");
});
