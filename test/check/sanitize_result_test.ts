import assert from "node:assert/strict";
import { ok, warn } from "../../src/check/check_result.ts";
import { createSanitizer } from "../../src/check/sanitize_result.ts";

Deno.test("quote() hides secrets and returns a short text on one line", () => {
  const { quote } = createSanitizer(["sk-secret-123"]);
  assert.equal(quote("bad key\n  sk-secret-123\x1b]0;title\x07!"), "bad key [hidden]!");
  assert.equal(quote("see http://me:pass@host/x?key=1 there"), "see http://[hidden]@host/x?[hidden] there");
  assert.equal(quote("x".repeat(300)), `${"x".repeat(200)}...`);
});

Deno.test("sanitize() hides long secrets everywhere in a result", () => {
  const { sanitize } = createSanitizer(["sk-secret-123"]);
  const found = warn("model", "a sk-secret-123", "b sk-secret-123", { list: [{ deep: "c sk-secret-123" }], n: 1 });
  assert.deepEqual(
    sanitize(found),
    warn("model", "a [hidden]", "b [hidden]", { list: [{ deep: "c [hidden]" }], n: 1 }),
  );
});

Deno.test("sanitize() keeps a common word that is also the key, but quote() hides it", () => {
  const { sanitize, quote } = createSanitizer(["none"]);
  assert.equal(sanitize(ok("runtime", "none is attached")).message, "none is attached");
  assert.equal(quote("key none is wrong"), "key [hidden] is wrong");
});
