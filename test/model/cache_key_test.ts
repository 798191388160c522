/**
 * The key of the prompt cache has a length that OpenAI accepts.
 *
 * @module
 */

import assert from "node:assert/strict";
import { fitCacheKey } from "../../src/model/cache_key.ts";
import { apiAdapters } from "../../src/model/api_adapter.ts";
import { DEFAULT_FORM } from "../../src/model/request_form.ts";
import { modelRequest } from "../support/model_requests.ts";

Deno.test("fitCacheKey() keeps a key of up to 64 characters", () => {
  assert.equal(fitCacheKey("lesson-1"), "lesson-1");
  assert.equal(fitCacheKey("x".repeat(64)), "x".repeat(64));
});

Deno.test("fitCacheKey() replaces a longer key with a hash that is stable and distinct", () => {
  const [one, other] = ["a", "b"].map((end) => "x".repeat(64) + end);
  assert.match(fitCacheKey(one), /^[0-9a-f]{64}$/);
  assert.equal(fitCacheKey(one), fitCacheKey(one));
  assert.notEqual(fitCacheKey(one), fitCacheKey(other));
});

for (const api of ["chat", "responses"] as const) {
  Deno.test(`a request through the interface "${api}" has a shortened cache key`, () => {
    const request = modelRequest({ cacheKey: "n".repeat(100) });
    const body = apiAdapters[api].toBody("gpt-test", request, { ...DEFAULT_FORM, api });
    assert.equal((body as { prompt_cache_key: string }).prompt_cache_key.length, 64);
  });
}
