import assert from "node:assert/strict";
import { holesIn, isServersLoss, judgeHoles } from "../../soak/holes.ts";

const numbered = (...seqNums: number[]) => seqNums.map((seqNum) => ({ seqNum }));
const verdict = { requests: 3, lost: ["a"], doubled: ["b"], stuck: ["c"] };
const holes = [{ first: 4, last: 5 }];

Deno.test("holesIn() finds the missing numbers of a log", () => {
  assert.deepEqual(holesIn(numbered(1, 2, 3)), []);
  assert.deepEqual(holesIn(numbered(1, 2, 3, 6, 7, 9)), [{ first: 4, last: 5 }, { first: 8, last: 8 }]);
  assert.deepEqual(holesIn(numbered(2)), [{ first: 1, last: 1 }]);
});

const clean = { requests: 3, lost: [], doubled: [], stuck: [] };

Deno.test("judgeHoles() counts a hole as a loss unless the server was killed", () => {
  assert.deepEqual(judgeHoles(verdict, [], true), verdict);
  assert.deepEqual(judgeHoles(verdict, holes, true), { requests: 3, lost: [], doubled: [], stuck: [] });
  assert.deepEqual(judgeHoles(verdict, holes, false).lost, ["a", "the log lacks the events 4 to 5"]);
  assert.deepEqual(judgeHoles(clean, holes, true), clean);
  assert.deepEqual(judgeHoles(verdict, [], false), verdict);
});

Deno.test("isServersLoss() is true only if a promise is broken, the log has holes, and the server was killed", () => {
  assert.equal(isServersLoss(verdict, holes, true), true);
  assert.equal(isServersLoss(clean, holes, true), false);
  assert.equal(isServersLoss(verdict, [], true), false);
  assert.equal(isServersLoss(verdict, holes, false), false);
});
