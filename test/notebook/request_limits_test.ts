import assert from "node:assert/strict";
import { RequestLimits } from "../../src/notebook/request_limits.ts";
import { ManualClock } from "../support/manual_clock.ts";

const everybody: string[] = [];
const clock = new ManualClock();

Deno.test("RequestLimits admits every request when there are no limits", () => {
  const limits = new RequestLimits({ maxCellsPerMinute: 0, allowUsers: everybody, clock });
  for (let i = 0; i < 1000; i++) assert.equal(limits.admit(`user ${i}`), undefined);
});

Deno.test("RequestLimits admits maxCellsPerMinute requests in any sixty seconds, and reports the delay to the others", () => {
  const clock = new ManualClock();
  const limits = new RequestLimits({ maxCellsPerMinute: 2, allowUsers: everybody, clock });
  assert.equal(limits.admit("ada"), undefined);
  clock.advance(40_000);
  assert.equal(limits.admit("ada"), undefined);
  clock.advance(19_999);
  assert.match(limits.admit("ada")!, /at most 2 cells a minute.*again in 1 s; --max-cells-per-minute/);
  clock.advance(1);
  assert.equal(limits.admit("ada"), undefined, "the first request is a minute old");
  assert.match(limits.admit("grace")!, /again in 40 s/, "the limit is the notebook's, not a user's");
});

Deno.test("RequestLimits does not count refused requests", () => {
  const clock = new ManualClock();
  const limits = new RequestLimits({ maxCellsPerMinute: 1, allowUsers: ["ada"], clock });
  limits.admit("mallory");
  assert.equal(limits.admit("ada"), undefined);
  for (; clock.now() < 60_000; clock.advance(1_000)) assert.notEqual(limits.admit("ada"), undefined);
  assert.equal(limits.admit("ada"), undefined);
});

Deno.test("RequestLimits refuses users who are not on the list, and shortens long user ids", () => {
  const limits = new RequestLimits({ maxCellsPerMinute: 0, allowUsers: ["ada", "grace"], clock });
  assert.equal(limits.admit("grace"), undefined);
  for (const id of ["mallory", "ADA", "ada ", "", "__proto__"]) {
    assert.match(limits.admit(id)!, /does not run cells for the user ".*--allow-user \(AIPYTHON_ALLOW_USERS\)/, id);
  }
  assert.ok(limits.admit("m".repeat(1_000_000))!.length < 400);
});
