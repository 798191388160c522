/**
 * Which requests the page's server answers.
 *
 * @module
 */

import assert from "node:assert/strict";
import { Admission } from "../../server/admission.ts";

const admission = new Admission({ port: 8765, pageToken: "secret" });

/** Makes a request with these headers. Default of `host`: ours. */
function request(headers: Record<string, string>, method = "GET"): Request {
  return new Request("http://localhost:8765/", { method, headers: { host: "localhost:8765", ...headers } });
}

const status = (headers: Record<string, string>, method?: string) =>
  admission.checkOrigin(request(headers, method))?.status;

Deno.test("the page is admitted under both of its host names", () => {
  assert.equal(status({}), undefined);
  assert.equal(status({ host: "127.0.0.1:8765", origin: "http://127.0.0.1:8765" }), undefined);
  assert.equal(status({ origin: "http://localhost:8765", "sec-fetch-site": "same-origin" }, "POST"), undefined);
});

Deno.test("another name for this machine is refused, because anybody may have chosen it", () => {
  for (const host of ["evil.example:8765", "localhost", "localhost:8766", "127.0.0.1.evil.example:8765", ""]) {
    assert.equal(status({ host }), 421, host);
  }
});

Deno.test("another origin is refused, even on this machine or under our other name", () => {
  const others = [
    "http://evil.example",
    "http://localhost:3000",
    "null",
    "http://127.0.0.1:8765",
    "https://localhost:8765",
  ];
  for (const origin of others) assert.equal(status({ origin }), 403, origin);
});

Deno.test("requests of another origin's page without an Origin header are refused", () => {
  for (const site of ["same-site", "cross-site"]) {
    assert.equal(status({ "sec-fetch-site": site, "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image" }), 403);
    assert.equal(status({ "sec-fetch-site": site, "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe" }), 403);
  }
});

Deno.test("a link from another page may be followed", () => {
  const link = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };
  assert.equal(status(link), undefined);
  assert.equal(status(link, "POST"), 403);
});

Deno.test("the cookie must be the one that was set", () => {
  const check = (cookie: string) => admission.hasCookie(request({ cookie }));
  assert.ok(check("aipython_8765=secret"));
  assert.ok(check("other=1; aipython_8765=secret; more=2"));
  for (const wrong of ["", "aipython_8765=", "aipython_8765=secreT", "aipython_8766=secret", "secret"]) {
    assert.ok(!check(wrong), wrong);
  }
  assert.equal(admission.setCookie, "aipython_8765=secret; Path=/; HttpOnly; SameSite=Lax");
});

Deno.test("the token must be complete", () => {
  assert.ok(admission.isToken("secret"));
  for (const wrong of ["", "secre", "secrets", "Secret", "secret "]) assert.ok(!admission.isToken(wrong), wrong);
});
