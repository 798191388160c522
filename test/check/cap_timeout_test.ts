import assert from "node:assert/strict";
import { capModelTimeout, capTimeout } from "../../src/check/cap_timeout.ts";

Deno.test("capTimeout() limits a timeout to 15 s", () => {
  assert.deepEqual([undefined, 0.2, 15, 600].map(capTimeout), [15, 0.2, 15, 15]);
});

Deno.test("capModelTimeout() keeps a timeout that is longer than the default for hosted models", () => {
  assert.deepEqual([0.2, 30, 60, 120, 600].map(capModelTimeout), [0.2, 15, 15, 120, 600]);
});
