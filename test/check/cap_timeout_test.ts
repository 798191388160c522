import assert from "node:assert/strict";
import { capModelTimeout, capTimeout } from "../../src/check/cap_timeout.ts";

Deno.test("capTimeout() lets nobody wait for longer than 15 s", () => {
  assert.deepEqual([undefined, 0.2, 15, 600].map(capTimeout), [15, 0.2, 15, 15]);
});

Deno.test("capModelTimeout() gives a model the time that it is given beyond that of hosted ones", () => {
  assert.deepEqual([0.2, 30, 60, 120, 600].map(capModelTimeout), [0.2, 15, 15, 120, 600]);
});
