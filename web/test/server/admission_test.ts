/**
 * The checks of requests to the page's server: host, origin, cookie and token.
 *
 * @module
 */

import assert from "node:assert/strict";
import { Admission } from "../../server/admission.ts";

const admission = new Admission({ port: 8765, pageToken: "secret" });

/** Makes a request with these headers. Default `host`: the server's own. */
function request(headers: Record<string, string>, method = "GET"): Request {
  return new Request("http://localhost:8765/", { method, headers: { host: "localhost:8765", ...headers } });
}

const status = (headers: Record<string, string>, method?: string) =>
  admission.checkOrigin(request(headers, method))?.status;

Deno.test("the page may be opened as localhost and as 127.0.0.1", () => {
  assert.equal(status({}), undefined);
  assert.equal(status({ host: "127.0.0.1:8765", origin: "http://127.0.0.1:8765" }), undefined);
  assert.equal(status({ origin: "http://localhost:8765", "sec-fetch-site": "same-origin" }, "POST"), undefined);
});

Deno.test("a request with an unknown host name is refused", () => {
  for (const host of ["evil.example:8765", "localhost", "localhost:8766", "127.0.0.1.evil.example:8765", ""]) {
    assert.equal(status({ host }), 421, host);
  }
});

Deno.test("a request from another origin is refused, even if it is on this machine", () => {
  const others = [
    "http://evil.example",
    "http://localhost:3000",
    "null",
    "http://127.0.0.1:8765",
    "https://localhost:8765",
  ];
  for (const origin of others) assert.equal(status({ origin }), 403, origin);
});

Deno.test("requests without an Origin header are refused if another site's page made them", () => {
  for (const site of ["same-site", "cross-site"]) {
    assert.equal(status({ "sec-fetch-site": site, "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image" }), 403);
    assert.equal(status({ "sec-fetch-site": site, "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe" }), 403);
  }
});

Deno.test("a link on another site's page may lead to the notebook page", () => {
  const link = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };
  assert.equal(status(link), undefined);
  assert.equal(status(link, "POST"), 403);
});

Deno.test("hasCookie() accepts only the cookie that the server set", () => {
  const check = (cookie: string) => admission.hasCookie(request({ cookie }));
  assert.ok(check("aipython_8765=secret"));
  assert.ok(check("other=1; aipython_8765=secret; more=2"));
  for (const wrong of ["", "aipython_8765=", "aipython_8765=secreT", "aipython_8766=secret", "secret"]) {
    assert.ok(!check(wrong), wrong);
  }
  assert.equal(admission.setCookie, "aipython_8765=secret; Path=/; HttpOnly; SameSite=Lax");
});

Deno.test("isToken() accepts only the complete token", () => {
  assert.ok(admission.isToken("secret"));
  for (const wrong of ["", "secre", "secrets", "Secret", "secret "]) assert.ok(!admission.isToken(wrong), wrong);
});
